"""What one case contributes, by the definitions that are shown beside the figures."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dandang.lifecycle.states import ENDS, State
from dandang.publication.figures.rules.contribution import (
    ASKED,
    BEGINNING,
    NOTHING,
    CaseFacts,
    History,
    Places,
    Voice,
    after,
    contributes,
)
from dandang.publication.figures.rules.ground import ground_of
from dandang.publication.figures.rules.kept import from_json, to_json
from dandang.terms import Due
from tests.publication.city import later

PLACES = Places(
    areas={"city": ("city",), "hudong": ("city", "hudong")},
    categories={"water": ("water",), "leaks": ("water", "leaks")},
    zone=ZoneInfo("Asia/Shanghai"),
)
DUE = later(days=2)
ASKED_FOR_ONE = History(0, DUE)


def case(**changes) -> CaseFacts:
    """Return Mrs Liu's case of a leak, open and due in 15 days, but for what is said."""
    usual = {
        "state": State.IN_PROGRESS,
        "unit": "water",
        "area": "hudong",
        "category": "leaks",
        "case_class": "ordinary",
        "channel": "web",
        "sent_at": later(),
        "total_due_at": later(days=15),
    }
    return CaseFacts(**{**usual, **changes})


def ended(state: State, **changes) -> CaseFacts:
    return case(**{"state": state, "ended_at": later(days=10), "end_cause": "judged", **changes})


def received(one: CaseFacts, history: History = BEGINNING, now: datetime | None = None) -> set[str]:
    return set(contributes(one, history, PLACES, now or later()).received)


def test_a_case_counts_in_its_area_and_category_and_all_above_and_with_its_unit():
    found = contributes(case(), BEGINNING, PLACES, later())
    assert found.slices == (
        ("all", ""),
        ("area", "city"),
        ("area", "hudong"),
        ("category", "water"),
        ("category", "leaks"),
        ("unit", "water"),
    )


def test_what_nobody_knows_is_counted_apart_and_what_is_gone_by_itself():
    found = contributes(case(area=None, category="old"), BEGINNING, PLACES, later())
    assert ("area", "") in found.slices
    assert ("category", "old") in found.slices


def test_the_day_is_that_of_the_body():
    late = datetime.fromisoformat("2026-10-31T16:30:00+00:00")  # half past midnight in the city
    found = contributes(case(sent_at=late), BEGINNING, PLACES, late)
    assert found.received_on == date(2026, 11, 1)


def test_a_part_counts_with_the_case_it_was_split_from():
    assert contributes(case(parent="abc"), BEGINNING, PLACES, later()) is NOTHING


@pytest.mark.parametrize(
    ("response", "now", "counts"),
    [
        ({}, DUE, {"response:undecided"}),
        ({}, DUE + timedelta(seconds=1), {"response:late", "response:none"}),
        ({"first_response_at": DUE}, later(days=5), {"response:in_time"}),
        ({"first_response_at": later(days=3)}, later(days=5), {"response:late"}),
    ],
)
def test_a_response_is_in_time_until_its_deadline(response, now, counts):
    found = received(case(**response), ASKED_FOR_ONE, now)
    assert {one for one in found if one.startswith("response")} == counts


def test_a_case_that_ended_before_a_response_was_due_needed_none():
    withdrawn = ended(State.WITHDRAWN, ended_at=later(days=1))
    assert "response:unneeded" in received(withdrawn, ASKED_FOR_ONE, later(days=9))


def test_a_case_that_ended_after_its_deadline_without_a_response_is_late():
    assert "response:none" in received(ended(State.DECLINED), ASKED_FOR_ONE, later(days=20))


def test_a_class_without_that_clock_is_in_no_response_rate():
    assert received(case(first_response_at=later())) == {"received", "open"}


def test_a_case_is_overdue_only_after_its_time_and_grows_older():
    def overdue(now: datetime) -> str:
        return next((one for one in received(case(), now=now) if "overdue" in one), "")

    assert overdue(later(days=15)) == ""
    assert overdue(later(days=15, seconds=1)) == "overdue:0"
    assert overdue(later(days=22)) == "overdue:0"
    assert overdue(later(days=22, seconds=1)) == "overdue:1"
    assert overdue(later(days=15 + 31)) == "overdue:2"
    assert overdue(later(days=15 + 91)) == "overdue:3"
    assert overdue(later(days=15 + 366)) == "overdue:4"


def test_an_ended_case_is_not_overdue_and_one_without_a_date_never_is():
    assert received(ended(State.SOLVED), now=later(days=99)) == {"received"}
    assert received(case(total_due_at=None), now=later(days=99)) == {"received", "open"}


def test_it_is_said_when_time_alone_changes_something():
    def until(now: datetime) -> datetime | None:
        return contributes(case(), ASKED_FOR_ONE, PLACES, now).until

    assert until(later()) == DUE
    assert until(later(days=3)) == later(days=15)
    assert until(later(days=16)) == later(days=22)
    assert until(later(days=999)) is None


@pytest.mark.parametrize("state", sorted(ENDS))
def test_every_end_is_a_count_of_its_own_by_the_day_of_the_end(state):
    found = contributes(ended(state), BEGINNING, PLACES, later(days=20))
    assert found.ended[f"end:{state}"] == 1
    assert found.ended_on == date(2026, 10, 22)
    assert sum(number for name, number in found.ended.items() if name.startswith("end")) == 1


def test_what_ended_elsewhere_is_apart_from_every_end():
    found = contributes(
        ended(State.SOLVED, end_cause="imported", voices=(Voice(5, later()),)),
        BEGINNING,
        PLACES,
        later(days=20),
    )
    assert found.ended == {"imported_end": 1}


def test_waits_count_from_sending_by_class_and_channel():
    found = contributes(ended(State.DECLINED), BEGINNING, PLACES, later(days=20)).ended
    assert found["wait:class:ordinary:8"] == found["wait:channel:web:8"] == 1


@pytest.mark.parametrize("state", [State.MERGED, State.WITHDRAWN])
def test_nobody_waited_for_what_was_merged_or_withdrawn(state):
    found = contributes(ended(state), BEGINNING, PLACES, later(days=20)).ended
    assert found == {f"end:{state}": 1}


def rated(state: State, now: datetime) -> dict[str, int]:
    voices = (Voice(5, later(days=25)), Voice(3, later(days=26)), Voice(None, later(days=27)))
    found = contributes(ended(state, voices=voices), BEGINNING, PLACES, now)
    return {name: number for name, number in found.ended.items() if name.startswith("rating")}


def test_a_rating_counts_once_it_cannot_be_changed_any_more():
    assert rated(State.SOLVED, later(days=25)) == {}
    assert rated(State.SOLVED, later(days=26)) == {"rating:high": 1}
    assert rated(State.SOLVED, later(days=27)) == {"rating:high": 1, "rating:low": 1}
    assert rated(State.SOLVED, later(days=28)) == {
        "rating:high": 1,
        "rating:low": 1,
        "rating:none": 1,
    }


@pytest.mark.parametrize("state", sorted(ENDS - ASKED))
def test_nobody_is_asked_for_a_rating_where_nobody_was_asked_for_a_judgement(state):
    assert rated(state, later(days=28)) == {}


def test_a_later_deadline_for_the_response_counts_and_a_stopped_clock_changes_nothing():
    history = after(BEGINNING, 0, "case_opened", {}, [Due("first_response", DUE)])
    history = after(history, 1, "due_times_settled", {}, [Due("first_response", later(days=3))])
    history = after(history, 2, "unmerged", {}, [Due("first_response", None), Due("total", DUE)])
    assert history == History(2, later(days=3))


def test_an_event_that_was_read_before_changes_nothing():
    history = History(5, DUE)
    assert after(history, 5, "reopened", {"cause": "relapse"}, []) is history
    assert after(history, 4, "case_opened", {}, [Due("first_response", later())]) is history
    assert after(history, 6, "note_added", {}, []) == History(6, DUE)


@pytest.mark.parametrize(
    ("cause", "relapsed"), [("requester", False), ("relapse", True), ("recurred", True)]
)
def test_taken_up_again_is_told_from_what_came_back(cause, relapsed):
    history = after(BEGINNING, 3, "reopened", {"cause": cause}, [])
    history = after(history, 4, "reopened", {"cause": "appeal"}, [])
    assert (history.reopened, history.relapsed) == (True, relapsed)
    assert {"reopened", "relapsed"} & received(case(), history) == (
        {"reopened", "relapsed"} if relapsed else {"reopened"}
    )


@pytest.mark.parametrize("one", [case(), case(parent="abc"), ended(State.SOLVED)])
def test_a_contribution_is_kept_as_it_is(one):
    found = contributes(one, ASKED_FOR_ONE, PLACES, later(days=20))
    assert from_json(to_json(found)) == found


def test_another_tree_or_zone_is_another_ground():
    moved = Places({**PLACES.areas, "hudong": ("hudong",)}, PLACES.categories, PLACES.zone)
    abroad = Places(PLACES.areas, PLACES.categories, ZoneInfo("America/New_York"))
    split = Places(PLACES.areas, {**PLACES.categories, "leaks": ("leaks",)}, PLACES.zone)
    assert len({ground_of(one) for one in (PLACES, moved, abroad, split)}) == 4
    assert ground_of(PLACES) == ground_of(Places(PLACES.areas, PLACES.categories, PLACES.zone))
