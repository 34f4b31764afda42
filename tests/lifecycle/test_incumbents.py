"""Stories of posts that change hands: the case is inherited with its clocks, nothing is reset."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from dandang.ledger.queries import size
from dandang.lifecycle.casework.actions import incumbents as actions
from dandang.lifecycle.casework.actions.incumbents import TakenOver, take_posts_over
from dandang.lifecycle.casework.incumbents import Incumbent
from dandang.lifecycle.casework.queries import find, history
from dandang.lifecycle.casework.rules.incumbents import (
    Incumbency,
    TakingOver,
    incumbencies,
    seen,
    take_over,
    taking_over,
)
from dandang.lifecycle.intake.actions import open_request
from dandang.lifecycle.intake.rules import Open
from dandang.lifecycle.perform import perform
from dandang.lifecycle.replay import replay
from dandang.organization.actions.load import load_organization
from dandang.organization.directory import Appointment, Directory, Substitute
from dandang.terms import Actor, Code, Refusal
from tests import town
from tests.lifecycle.story import Story

LI_NA, SUN_TAO = (town.LI_NA,), (town.SUN_TAO,)
TUESDAY = datetime(2026, 10, 19, 16, 0, tzinfo=UTC)
"""Midnight of 20 October in Jiangcheng, when Sun Tao takes over the duty desk from Li Na."""
LATER = TUESDAY + timedelta(days=1)


def directory(*, appointments: str = "", substitutes: str = "") -> Directory:
    """Return the city with other appointments to the duty desk of the water bureau."""
    plain = town.directory().organization
    rest = tuple(one for one in plain.appointments if one.post != "water-duty")
    given = tuple(_appointment(line) for line in appointments.split())
    standing_in = tuple(_substitute(line) for line in substitutes.split())
    changed = replace(plain, appointments=(*rest, *given), substitutes=standing_in)
    return Directory(changed, version=2)


def _appointment(line: str) -> Appointment:
    officer, starts = line.split(",")
    return Appointment(officer, "water-duty", datetime.fromisoformat(starts).date())


def _substitute(line: str) -> Substitute:
    officer, post, absent, ends = line.split(",")
    day = datetime.fromisoformat(ends).date()
    return Substitute(officer, town.MONDAY.date(), day, post or None, absent or None)


def found(known: Directory, at: datetime = LATER) -> Incumbency:
    return incumbencies(known, at)["water-duty"]


# rules


def test_whoever_follows_an_officer_inherits_from_the_day_of_the_appointment() -> None:
    known = directory(appointments="W-004,2026-10-20")
    change = taking_over(known, "water-duty", Incumbency(LI_NA, LI_NA), found(known), LATER)
    assert change == TakingOver(heir=town.SUN_TAO, since=TUESDAY)


def test_who_joins_or_leaves_colleagues_and_who_comes_back_inherits_nothing() -> None:
    both = directory(appointments="W-017,2026-01-01 W-004,2026-10-20")
    alone, together = Incumbency(LI_NA, LI_NA), found(both)
    assert taking_over(both, "water-duty", alone, together, LATER) is None
    assert taking_over(both, "water-duty", together, alone, LATER) is None
    empty = found(directory())
    assert taking_over(both, "water-duty", alone, empty, LATER) is None
    assert seen(alone, empty) == Incumbency(LI_NA, ())
    assert taking_over(both, "water-duty", seen(alone, empty), alone, LATER) is None


@pytest.mark.parametrize(
    ("line", "until"),
    [
        ("W-004,water-duty,,2026-11-05", datetime(2026, 11, 5, 16, 0, tzinfo=UTC)),
        ("W-004,,W-017,2026-11-06", datetime(2026, 11, 6, 16, 0, tzinfo=UTC)),
    ],
)
def test_a_substitute_stands_in_until_the_register_says_otherwise(
    line: str, until: datetime
) -> None:
    known = directory(appointments="W-017,2026-01-01", substitutes=line)
    before = Incumbency(LI_NA, LI_NA)
    change = taking_over(known, "water-duty", before, found(known), LATER)
    assert change == TakingOver(substitute=town.SUN_TAO, until=until)
    assert taking_over(known, "water-duty", found(known), before, LATER) is None


def test_a_post_that_its_officer_left_goes_on_with_its_substitute() -> None:
    known = directory(substitutes="W-004,water-duty,,2026-11-05")
    change = taking_over(known, "water-duty", Incumbency(LI_NA, LI_NA), found(known), LATER)
    assert change == TakingOver(
        substitute=town.SUN_TAO, until=datetime(2026, 11, 5, 16, 0, tzinfo=UTC)
    )


def test_a_substitute_of_a_substitute_stands_in_without_an_end_of_its_own() -> None:
    lines = "W-004,,W-017,2026-11-06 H-009,,W-004,2026-11-06"
    known = directory(appointments="W-017,2026-01-01", substitutes=lines)
    change = taking_over(known, "water-duty", Incumbency(LI_NA, LI_NA), found(known), LATER)
    assert change == TakingOver(substitute=town.WANG_QIANG)


def test_a_substitute_beside_a_colleague_who_is_there_takes_nothing_over() -> None:
    appointments = "W-017,2026-01-01 H-009,2026-01-01"
    known = directory(appointments=appointments, substitutes="W-004,,W-017,2026-11-06")
    both = (town.WANG_QIANG, town.LI_NA)
    assert taking_over(known, "water-duty", Incumbency(both, both), found(known), LATER) is None


def test_what_came_after_the_heir_or_is_inherited_already_is_not_inherited_again() -> None:
    case = Story().opens().case
    change = TakingOver(heir=town.SUN_TAO, since=TUESDAY)
    (event,) = take_over(case, change)
    assert (event.officer, event.inherited_at) == (town.SUN_TAO, TUESDAY)
    assert take_over(replace(case, inherited_at=TUESDAY), change) == ()
    assert take_over(replace(case, held_since=LATER), change) == ()
    both = TakingOver(town.SUN_TAO, TUESDAY, town.WANG_QIANG, LATER)
    assert len(take_over(case, both)) == 2


# rows


def water(officer: str, *, since: str = "2026-10-20") -> dict[str, bytes]:
    """Return the files of the city with another officer at the duty desk of the water bureau."""
    files = town.files()
    lines = files["appointments.csv"].decode().replace("W-017,water-duty,2026-01-01,\n", "")
    return {**files, "appointments.csv": f"{lines}{officer},water-duty,{since},\n".encode()}


def opened(number: int) -> list[str]:
    wish = Open(title="No water", text="None", channel="web", category="water_supply")
    by = Actor.requester(1)
    return [open_request(wish, by=by, now=town.MONDAY).reference for _ in range(number)]


def run(**more: object) -> TakenOver:
    return take_posts_over(by=Actor.system(), now=LATER, **more)


@pytest.fixture
def city(db: None) -> None:
    town.build()
    take_posts_over(by=Actor.system(), now=town.MONDAY)


@pytest.mark.usefixtures("city")
def test_the_open_cases_of_a_post_that_changed_hands_are_inherited_once_with_their_clocks() -> None:
    ended, working, waiting = opened(3)
    perform("withdraw", ended, {}, by=Actor.requester(1), now=town.MONDAY)
    before = find(working).state
    assert run() == TakenOver(0, 0)
    load_organization(water("W-004"), by=Actor.system(), now=LATER)
    heard: list[int] = []
    assert run(progress=heard.append) == TakenOver(1, 2)
    assert heard == [2]
    after = find(working).state
    assert after.inherited_at == TUESDAY
    assert (after.holder, after.held_since, after.clocks) == (
        before.holder,
        before.held_since,
        before.clocks,
    )
    last, _ = history(find(waiting).stream)[-1]
    assert (last.type, last.fields["officer"]) == ("post_inherited", town.SUN_TAO)
    assert find(ended).state.inherited_at is None
    written = size()
    assert run() == TakenOver(0, 0)
    assert size() == written
    assert replay().differing == 0


@pytest.mark.usefixtures("city")
def test_a_case_that_came_after_the_new_officer_is_not_inherited() -> None:
    opened(1)
    wish = Open(title="No water", text="None", channel="web", category="water_supply")
    open_request(wish, by=Actor.requester(1), now=LATER)
    load_organization(water("W-004"), by=Actor.system(), now=LATER)
    assert run() == TakenOver(1, 1)


@pytest.mark.usefixtures("city")
def test_what_was_interrupted_goes_on_where_it_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    references = opened(5)
    load_organization(water("W-004"), by=Actor.system(), now=LATER)
    monkeypatch.setattr(actions, "BATCH", 2)
    stop = RuntimeError("the machine stopped")

    def stops(_told: int) -> None:
        raise stop

    with pytest.raises(RuntimeError):
        run(progress=stops)
    assert sum(find(one).state.inherited_at is not None for one in references) == 2
    assert run() == TakenOver(1, 3)
    assert all(find(one).state.inherited_at == TUESDAY for one in references)
    assert Incumbent.objects.get(post="water-duty").reached == 0


@pytest.mark.usefixtures("city")
def test_a_second_change_before_the_first_was_told_is_told_to_all() -> None:
    (reference,) = opened(1)
    Incumbent.objects.filter(post="water-duty").update(coming=[["X"], ["X"]], reached=10**9)
    load_organization(water("W-004"), by=Actor.system(), now=LATER)
    assert run(posts=["water-duty"]) == TakenOver(1, 1)
    assert find(reference).state.inherited_at == TUESDAY


@pytest.mark.usefixtures("city")
def test_cases_are_told_who_stands_in_for_their_holder() -> None:
    (reference,) = opened(1)
    absent = datetime(2026, 11, 3, 1, 0, tzinfo=UTC)
    assert take_posts_over(by=Actor.system(), now=absent) == TakenOver(1, 1)
    last, _ = history(find(reference).stream)[-1]
    assert (last.type, last.fields["officer"]) == ("substituted", town.SUN_TAO)
    assert find(reference).state.inherited_at is None
    back = datetime(2026, 11, 7, 1, 0, tzinfo=UTC)
    assert take_posts_over(by=Actor.system(), now=back) == TakenOver(0, 0)


@pytest.mark.usefixtures("city")
def test_an_empty_post_is_remembered_and_other_posts_are_left_alone() -> None:
    (reference,) = opened(1)
    load_organization(water("W-004"), by=Actor.system(), now=LATER)
    assert run(posts=["housing-duty"]) == TakenOver(0, 0)
    assert find(reference).state.inherited_at is None
    with pytest.raises(Refusal) as caught:
        run(posts=["nowhere"])
    assert caught.value.code is Code.UNKNOWN_POST
