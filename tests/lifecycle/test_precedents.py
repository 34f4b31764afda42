"""Decided disputes become precedents, found again by whoever writes on the same ground."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from dandang.lifecycle.casework.models import Case, Precedent
from dandang.lifecycle.casework.queries import find, history
from dandang.lifecycle.casework.rules.precedents import Decision
from dandang.lifecycle.replay import compare_precedents, replay
from dandang.terms import Code, Refusal
from tests import town
from tests.lifecycle.disputes import HOUSING_LEADS, NOT_OURS, decided, disputed, does, opened


@pytest.fixture
def city(db: None) -> None:
    town.build()


def kept() -> Decision:
    return Precedent.objects.get().facts()


# what is kept


def test_a_decision_becomes_a_precedent_with_what_the_dispute_was_about(city: None) -> None:
    reference = decided()
    (event,) = [
        event for event, _ in history(find(reference).stream) if event.type == "dispute_decided"
    ]
    assert kept() == Decision(
        event_id=event.event_id,
        decided_at=town.MONDAY + timedelta(hours=2),
        category="water_supply",
        area="hudong",
        reason="not_our_duty",
        ground="by_holder",
        from_unit="water",
        wanted_unit="housing",
        to_unit="housing",
        to_post="housing-duty",
        basis="Property rules, article 9",
    )
    assert Precedent.objects.get().case.reference == reference
    assert str(Precedent.objects.get()) == f"precedent {event.event_id}"


def test_a_dispute_that_is_raised_or_refused_leaves_no_precedent(city: None) -> None:
    reference = disputed()
    with pytest.raises(Refusal) as caught:
        does("decide-dispute", reference, town.LI_NA, **HOUSING_LEADS)
    assert caught.value.code is Code.NOT_THE_DECIDING_OFFICE
    assert not Precedent.objects.exists()


def test_a_category_corrected_later_does_not_change_what_was_decided(city: None) -> None:
    reference = decided()
    does("assign", reference, town.ZHAO_MIN, 3, to_post="cityman-duty", category="city_appearance")
    assert find(reference).state.category == "city_appearance"
    assert kept().category == "water_supply"
    assert replay().differences == ()


def test_the_limit_of_hand_overs_is_kept_as_the_ground(city: None) -> None:
    reference = opened()
    officers = [
        (town.LI_NA, "housing-duty"),
        (town.WANG_QIANG, "cityman-duty"),
        (town.CAO_LEI, "qingshan-duty"),
    ]
    for officer, post in officers:
        does("contacted", reference, officer, how="phone", text="We look into it")
        does("hand-over", reference, officer, to_post=post, **NOT_OURS | {"reason": "other_area"})
    does("decide-dispute", reference, town.ZHAO_MIN, **HOUSING_LEADS)
    assert (kept().ground, kept().reason) == ("third_hand_over", "other_area")
    assert (kept().from_unit, kept().wanted_unit) == ("cityman", "qingshan")
    assert replay().differences == ()


def test_a_precedent_holds_no_word_of_people(city: None) -> None:
    decided()
    values = str(Precedent.objects.values().get())
    for word in ("Behind the meter", "inside the house", "Hubin", "刘女士", "13900000000"):
        assert word not in values


# replay


def test_replay_agrees_and_names_a_precedent_that_is_missing(city: None) -> None:
    decided(), disputed(), decided(area="qingshan")
    assert replay().differences == ()
    Precedent.objects.filter(area="hudong").delete()
    (found,) = replay().differences
    assert (found.column, found.in_row) == ("precedent", "")
    assert "Property rules, article 9" in found.in_ledger


@pytest.mark.parametrize(
    "change", [{"basis": "Another rule"}, {"to_unit": "water"}, {"area": None}, {"reason": ""}]
)
def test_replay_names_a_precedent_that_somebody_changed(city: None, change: dict[str, Any]) -> None:
    decided()
    Precedent.objects.update(**change)
    (found,) = replay().differences
    assert found.column == "precedent"
    assert found.in_ledger != found.in_row


def test_replay_names_a_precedent_that_no_decision_made(city: None) -> None:
    decided()
    invented = replace(kept(), event_id=kept().event_id + 1000)
    (found,) = compare_precedents("case", [kept()], [kept(), invented])
    assert (found.in_ledger, found.in_row) == ("", str(invented))
    Precedent.objects.create(
        case=Case.objects.get(),
        **{name: getattr(invented, name) for name in Decision.__dataclass_fields__},
    )
    assert replay().differing == 1
