"""Stories of requests that come in, and of those that cannot."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dandang.lifecycle.casework.events.custody import CaseOpened
from dandang.lifecycle.intake.rules import Open, Origin, open_case
from dandang.terms import Code, Refusal
from tests import town

WISH = Open(title="No water", text="No water since six", channel="web", category="water_supply")
ORIGIN = Origin("old", "1", town.MONDAY - timedelta(days=3))


def opening(wish: Open) -> CaseOpened:
    return open_case(wish, directory=town.directory(), policy=town.policy(), now=town.MONDAY)


def code_of(wish: Open) -> Code:
    with pytest.raises(Refusal) as caught:
        opening(wish)
    return caught.value.code


def test_what_came_in_is_held_by_the_intake_post_under_the_policy_of_the_moment() -> None:
    event = opening(WISH)
    assert (event.to_post, event.to_unit) == ("hotline-intake", "hotline")
    assert event.policy == town.policy().hash
    assert event.sent_at == event.counts_from == town.MONDAY


def test_who_can_follow_on_the_web_can_be_asked_without_leaving_a_number() -> None:
    assert not opening(WISH).reachable
    assert opening(replace(WISH, can_follow=True)).reachable


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"channel": "pigeon"}, Code.VALUE_INVALID),
        ({"kind": "wish"}, Code.VALUE_INVALID),
        ({"category": "moon"}, Code.UNKNOWN_CATEGORY),
        ({"area": "moon"}, Code.UNKNOWN_AREA),
        ({"origin": replace(ORIGIN, sent_at=town.MONDAY + timedelta(days=1))}, Code.IN_THE_FUTURE),
        ({"origin": replace(ORIGIN, ended_at=town.MONDAY + timedelta(1))}, Code.IN_THE_FUTURE),
    ],
    ids=["channel", "kind", "category", "area", "sent later", "ended later"],
)
def test_what_cannot_be_is_refused(change: dict[str, object], code: Code) -> None:
    assert code_of(replace(WISH, **change)) is code
