"""Who acts, in the ledger's form and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dandang.terms import Actor, ActorKind

actors = st.builds(Actor, st.sampled_from(ActorKind), st.text())


@given(actors)
def test_an_actor_comes_back_as_it_was(actor):
    assert Actor.parse(str(actor)) == actor


@given(actors, actors)
def test_two_actors_never_look_the_same_in_the_ledger(one, other):
    assert (str(one) == str(other)) == (one == other)


@pytest.mark.parametrize(
    ("actor", "text"),
    [
        (Actor.officer("W-017"), "officer:W-017"),
        (Actor.requester(2), "requester:2"),
        (Actor.importer("nyc311"), "import:nyc311"),
        (Actor.system(), "system"),
    ],
)
def test_each_kind_has_its_form(actor, text):
    assert str(actor) == text
    assert Actor.parse(text) == actor


@pytest.mark.parametrize("text", ["", "mayor:1", "OFFICER:1", ":W-017"])
def test_an_unknown_kind_is_no_actor(text):
    with pytest.raises(ValueError, match="ActorKind"):
        Actor.parse(text)
