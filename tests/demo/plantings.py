"""What the ledger shows of every planted trouble, as its record says."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from dandang.demo.building import NOW
from dandang.demo.planted import record
from dandang.demo.plantings.planting import KINDS
from dandang.demo.simulation import Simulation
from dandang.ledger.queries import StoredEvent, events_of
from dandang.lifecycle.casework.queries import find
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.lifecycle.states import OPEN, State
from dandang.organization.queries import work_calendar
from dandang.terms import ActorKind

Record = Mapping[str, Any]
FEW_DAYS = timedelta(days=4)


def case(reference: str) -> CaseState:
    return find(reference, follow=False).state


def events(reference: str) -> list[StoredEvent]:
    happened = events_of(find(reference, follow=False).stream)
    # Which cases a second reader has read is drawn by lot.
    return [event for event in happened if event.type != "sample_judged"]


def types(reference: str) -> list[str]:
    return [event.type for event in events(reference)]


def working_days(since: datetime, until: datetime) -> float:
    return work_calendar().working_time_between(since, until) / timedelta(hours=8)


def back_and_forth(planting: Record) -> None:
    for one in planting["cases"]:
        happened = types(one["reference"])
        moves = [type_ for type_ in happened if type_ in {"handed_over", "returned"}]
        assert moves == ["handed_over", "returned", "handed_over"]
        assert "dispute_raised" in happened
        assert set(case(one["reference"]).returns) == {"cityman|environment"}


def no_progress(planting: Record) -> None:
    for one in planting["cases"]:
        standing = case(one["reference"])
        assert (standing.state, standing.holder_unit) == (State.IN_PROGRESS, "transport")
        assert standing.total is not None
        assert standing.total.at is not None
        assert standing.total.at < NOW
        assert standing.last_entry_at is not None
        assert working_days(standing.last_entry_at, NOW) > 5
        assert {"called_upon", "acted_on_call"} <= set(types(one["reference"]))


def returned_unworked(planting: Record) -> None:
    (unit,) = planting["units"]
    for one in planting["cases"]:
        happened = events(one["reference"])
        returned = next(event for event in happened if event.type == "returned")
        assert returned.fields["from_unit"] == unit
        assert not {event.type for event in happened if event.seq < returned.seq} & {
            "accepted",
            "requester_contacted",
            "reply_sent",
        }


def neglected(planting: Record) -> None:
    for one in planting["cases"]:
        opened, *_ = happened = events(one["reference"])
        assert opened.fields["channel"] == "phone"
        accepted = next(event for event in happened if event.type == "accepted")
        assert working_days(opened.occurred_at, accepted.occurred_at) > 2


def dispute_decided(planting: Record) -> None:
    for one in planting["cases"]:
        happened = events(one["reference"])
        raised = next(event for event in happened if event.type == "dispute_raised")
        decided = next(event for event in happened if event.type == "dispute_decided")
        assert raised.fields["wanted_unit"] == planting["units"][1]
        assert decided.fields["to_unit"] == planting["parameters"]["decided_for"]
        assert decided.post == "supervision-desk"


def outage(planting: Record) -> None:
    (one,) = planting["cases"]
    standing = case(one["reference"])
    assert len(standing.requests) == planting["parameters"]["requests"] == 60
    assert standing.state is State.SOLVED
    (child,) = one["parts"]
    assert types(child).count("premature_close") == planting["parameters"]["refused"] == 1
    attached = [event for event in events(one["reference"]) if event.type == "request_attached"]
    assert attached[-1].occurred_at - attached[0].occurred_at < timedelta(hours=1)


def merged_burst(planting: Record) -> None:
    first, *others = planting["cases"]
    assert len(case(first["reference"]).requests) == len(planting["cases"]) == 9
    assert all(case(one["reference"]).state is State.MERGED for one in others)
    sent = [datetime.fromisoformat(one["sent_at"]) for one in planting["cases"]]
    assert max(sent) - min(sent) <= timedelta(minutes=30)


def recurring_noise(planting: Record) -> None:
    first, *others = planting["cases"]
    assert len(others) == planting["parameters"]["recurrences"] == 2
    assert all("recurred" in types(one["reference"]) for one in others)
    causes = [event.fields["cause"] for event in events(first["reference"]) if is_reopened(event)]
    assert causes == ["recurred", "recurred"]


def is_reopened(event: StoredEvent) -> bool:
    return event.type == "reopened"


def packages(planting: Record) -> None:
    (one,) = planting["cases"]
    parameters = planting["parameters"]
    due = datetime.fromisoformat(parameters["due_by"])
    parts = [case(part) for part in one["parts"]]
    assert case(one["reference"]).kind == "decision"
    assert len(parts) == parameters["schools"] == 12
    assert {part.holder_unit for part in parts} == set(planting["units"])
    assert sum(part.state in OPEN for part in parts) == parameters["open"] == 1
    ended = [part.ended_at for part in parts if part.ended_at]
    assert sum(at > due for at in ended) == parameters["late"] == 3
    assert case(one["reference"]).state in OPEN


def legal_route(planting: Record) -> None:
    (one,) = planting["cases"]
    standing, happened = case(one["reference"]), events(one["reference"])
    assert standing.state is State.ON_LEGAL_ROUTE
    assert len(standing.requests) == planting["parameters"]["requests"] == 30
    assert standing.total is not None
    assert standing.total.at == datetime.fromisoformat(planting["parameters"]["due_at"])
    entered = next(event for event in happened if event.type == "legal_route_entered")
    told = [event.occurred_at for event in happened if event.type == "legal_route_updated"]
    gaps = [working_days(*pair) for pair in pairwise([entered.occurred_at, *told])]
    assert sum(gap > 6 for gap in gaps) == planting["parameters"]["late_updates"] == 1


def twelve_years(planting: Record) -> None:
    first, *calls = planting["cases"]
    assert len(calls) == planting["parameters"]["calls"] == 3
    opened, *_ = events(first["reference"])
    assert NOW.year - case(first["reference"]).sent_at.year == 12
    assert opened.actor.kind is ActorKind.IMPORT
    for one in planting["cases"]:
        assert case(one["reference"]).state is State.CONCLUDED_BY_LAW
        concluded = events(one["reference"])[-1]
        assert concluded.fields["review_number"] == planting["parameters"]["review_number"]


def mistake_corrected(planting: Record) -> None:
    for one in planting["cases"]:
        happened = events(one["reference"])
        corrected = next(event for event in happened if event.type == "corrected")
        wrong = happened[int(str(corrected.fields["corrects_seq"]))]
        assert wrong.type == planting["parameters"]["corrected"]
        assert wrong.actor == corrected.actor


def of_type(reference: str, name: str) -> list[StoredEvent]:
    return [event for event in events(reference) if event.type == name]


def targets(reference: str) -> list[str]:
    return [str(event.fields["target"]) for event in of_type(reference, "called_upon")]


def silences(reference: str) -> list[StoredEvent]:
    missed = of_type(reference, "deadline_missed")
    return [event for event in missed if event.fields["clock"] == "call"]


def call_answered(planting: Record) -> None:
    for one in planting["cases"]:
        called = of_type(one["reference"], "called_upon")[0]
        acted = of_type(one["reference"], "acted_on_call")[0]
        assert (called.fields["target"], acted.fields["call"]) == ("unit_head", called.seq)
        assert acted.post == called.fields["called_post"] == "cityman-head"
        assert acted.occurred_at < datetime.fromisoformat(str(called.fields["due_at"]))
        assert silences(one["reference"]) == []
        proposed = of_type(one["reference"], "resolution_proposed")
        assert [event.seq > acted.seq for event in proposed] == [True]
        assert "act-on-call" in {act["verb"] for act in one["acts"]}


def call_passed(planting: Record) -> None:
    for one in planting["cases"]:
        first, second = of_type(one["reference"], "called_upon")[:2]
        silent = silences(one["reference"])[0]
        acted = of_type(one["reference"], "acted_on_call")[0]
        assert targets(one["reference"])[:2] == ["unit_head", "supervision"]
        assert silent.occurred_at == datetime.fromisoformat(str(first.fields["due_at"]))
        assert first.seq < silent.seq < second.seq < acted.seq
        assert acted.post == "supervision-desk"
        assert "resolution_proposed" in types(one["reference"])


def sponsor_named(planting: Record) -> None:
    (one,) = planting["cases"]
    standing = case(one["reference"])
    assert (standing.state, standing.sponsor) == (State.IN_PROGRESS, "vice-mayor")
    (named,) = of_type(one["reference"], "sponsor_named")
    days = planting["parameters"]["sponsored_at_days"]
    assert timedelta(0) <= named.occurred_at - standing.sent_at - timedelta(days=days) < FEW_DAYS
    assert named.post == "supervision-desk"


def leaders_list(planting: Record) -> None:
    (one,) = planting["cases"]
    standing = case(one["reference"])
    assert standing.is_open
    assert standing.listed_at is not None
    assert "acted_on_call" not in types(one["reference"])
    assert targets(one["reference"])[:4] == ["unit_head", "supervision", "leader", "leader"]


def published(planting: Record) -> None:
    (one,) = planting["cases"]
    standing = case(one["reference"])
    assert standing.is_open
    assert standing.published_at is not None
    assert standing.listed_at is None
    assert "acted_on_call" in types(one["reference"])


def promise_broken(planting: Record) -> None:
    (one,) = planting["cases"]
    (made,) = of_type(one["reference"], "promise_made")
    (broken,) = of_type(one["reference"], "promise_broken")
    assert broken.actor.kind is ActorKind.SYSTEM
    assert broken.occurred_at == datetime.fromisoformat(str(made.fields["promised_for"]))
    called = of_type(one["reference"], "called_upon")
    assert "promise" in {event.fields["step"] for event in called}


def pause_checked(planting: Record) -> None:
    (one,) = planting["cases"]
    (paused,) = of_type(one["reference"], "paused")
    (resumed,) = of_type(one["reference"], "resumed")
    assert resumed.actor.kind is ActorKind.SYSTEM
    assert resumed.occurred_at == datetime.fromisoformat(str(paused.fields["check_at"]))


SHOWN: Mapping[str, Callable[[Record], None]] = {
    "back_and_forth": back_and_forth,
    "no_progress": no_progress,
    "returned_unworked": returned_unworked,
    "neglected": neglected,
    "dispute_decided": dispute_decided,
    "outage": outage,
    "merged_burst": merged_burst,
    "recurring_noise": recurring_noise,
    "packages": packages,
    "legal_route": legal_route,
    "twelve_years": twelve_years,
    "mistake_corrected": mistake_corrected,
    "call_answered": call_answered,
    "call_passed": call_passed,
    "sponsor_named": sponsor_named,
    "leaders_list": leaders_list,
    "published": published,
    "promise_broken": promise_broken,
    "pause_checked": pause_checked,
}


def shown_as_told(city: Simulation) -> None:
    """Say whether the ledger of a city shows everything that was planted in it."""
    told = record(city, NOW)
    assert [planting["kind"] for planting in told["plantings"]] == list(KINDS) == list(SHOWN)
    for planting in told["plantings"]:
        assert planting["cases"]
        SHOWN[planting["kind"]](planting)
        for act in (act for one in planting["cases"] for act in one["acts"]):
            (event,) = [event for event in events(act["case"]) if event.seq == act["seq"]]
            assert event.occurred_at == datetime.fromisoformat(act["at"])
            assert str(event.actor) == act["by"]
