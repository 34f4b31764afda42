"""Stories of a small city under generic-311 with a computed calendar, through the real actions."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dandang.lifecycle.casework.queries import CaseView, find
from dandang.lifecycle.intake.actions import open_request
from dandang.lifecycle.intake.rules import Contact, Open
from dandang.lifecycle.perform import perform
from dandang.lifecycle.replay import replay
from dandang.lifecycle.states import State
from dandang.terms import Actor, Code, Refusal
from tests import riverton
from tests.riverton import ANN_MORGAN, EVE_STONE, TOM_PRICE, TUESDAY

pytestmark = pytest.mark.django_db
MRS_BAKER = Actor.requester(1)


class Matter:
    """One request of Mrs Baker and what becomes of it. `now` moves only when told to."""

    def __init__(self, category: str, *, now: datetime = TUESDAY, **more: object) -> None:
        self.now = now
        wish = Open(
            title="Please look",
            text="Please look at this",
            channel="web",
            category=category,
            contact=Contact(email="baker@example.org"),
            **more,
        )
        self.reference = open_request(wish, by=MRS_BAKER, now=now).reference

    @property
    def view(self) -> CaseView:
        return find(self.reference)

    def due(self, clock: str = "total") -> str:
        """Return when the clock is due, in the city's time."""
        return self.view.state.clocks[clock].at.astimezone(self.now.tzinfo).strftime("%a %d %H:%M")

    def does(self, verb: str, by: str | Actor, **values: object) -> "Matter":
        self.now += timedelta(hours=1)
        actor = Actor.officer(by) if isinstance(by, str) else by
        perform(verb, self.reference, values, by=actor, now=self.now)
        return self


def test_a_pothole_goes_to_public_works_is_repaired_and_closed_by_whoever_reported_it():
    riverton.build()
    matter = Matter("potholes")
    state = matter.view.state
    assert (state.state, state.holder, state.case_class) == (
        State.ASSIGNED, "works-duty", "quick",
    )  # fmt: skip
    assert matter.due() == "Mon 30 17:00"  # Wednesday, Friday, Monday: Thursday is Thanksgiving
    matter.does("accept", TOM_PRICE)
    matter.does("propose", TOM_PRICE, outcome="resolved", text="Filled", contacted_by="Tom Price")
    matter.does("judge", MRS_BAKER, verdict="solved")
    assert matter.view.state.state is State.SOLVED
    assert set(matter.view.state.clocks) == {"look_back"}
    result = replay()
    assert (result.cases, result.differing) == (1, 0)


@pytest.mark.parametrize(
    ("country", "zone", "due"),
    [
        ("US", "America/New_York", "Tue 29 17:00"),  # 25 December is a holiday
        ("GB", "Europe/London", "Wed 30 17:00"),  # and in place of the 26th, a Saturday, the 28th
        ("DE", "Europe/Berlin", "Tue 29 17:00"),  # Germany gives none in its place
        ("CN", "Asia/Shanghai", "Mon 28 17:00"),
    ],
)
def test_working_days_are_those_of_the_country(country, zone, due):
    now = datetime(2026, 12, 23, 10, 0, tzinfo=ZoneInfo(zone))
    riverton.build(country, zone, now)
    assert Matter("missed_collection", now=now).due() == due


def test_a_loud_party_now_counts_in_hours_and_goes_straight_to_the_police():
    riverton.build()
    night = datetime(2026, 11, 28, 23, 30, tzinfo=TUESDAY.tzinfo)
    matter = Matter("noise_residential", now=night, happening_now=True)
    assert (matter.view.state.case_class, matter.view.state.holder) == (
        "happening_now", "police-duty",
    )  # fmt: skip
    assert matter.due() == "Sun 29 07:30"
    assert matter.due("accept") == "Sun 29 00:00"


def test_what_the_caller_could_not_name_is_dispatched_and_gets_the_class_of_its_kind():
    riverton.build()
    matter = Matter("")
    assert matter.view.state.holder == "intake"
    matter.does("assign", ANN_MORGAN, to_post="works-duty", category="street_lights")
    state = matter.view.state
    assert (state.holder, state.case_class) == ("works-duty", "standard")


def test_a_case_is_handed_over_for_a_reason_of_this_policy_and_of_no_other():
    riverton.build()
    matter = Matter("graffiti").does("accept", TOM_PRICE)
    values = {"to_post": "police-duty", "text": "On a patrol car", "basis": "City code section 31"}
    with pytest.raises(Refusal) as caught:
        matter.does("hand-over", TOM_PRICE, reason="other_area", **values)
    assert caught.value.code is Code.UNKNOWN_REASON
    matter.does("hand-over", TOM_PRICE, reason="other_owner", **values)
    assert matter.view.state.holder == "police-duty"
    matter.does("accept", EVE_STONE)
    assert matter.view.state.state is State.IN_PROGRESS


def test_what_nobody_answers_for_goes_to_the_coordination_desk():
    riverton.build()
    assert Matter("property_tax").view.state.holder == "coordination"
