"""Stories of what no single case tells: a class that starves, a night without anybody, a surge."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from dandang.ledger.queries import personal_of
from dandang.lifecycle.casework.models import Case
from dandang.lifecycle.casework.queries import find
from dandang.lifecycle.intake.actions import open_request
from dandang.lifecycle.intake.rules import Contact, Open
from dandang.lifecycle.perform import perform
from dandang.lifecycle.replay import replay
from dandang.lifecycle.states import State
from dandang.lifecycle.watching.actions import findings
from dandang.lifecycle.watching.actions.look import look, next_look_at
from dandang.lifecycle.watching.models import Reported, Watch
from dandang.organization.actions.adopt import adopt_policy
from dandang.organization.actions.load import load_organization
from dandang.policy import parse_policy
from dandang.terms import Actor, Code, Refusal
from tests import town
from tests.town import CHEN_HUI, LI_NA, MONDAY

pytestmark = pytest.mark.django_db
MRS_LIU = Actor.requester(1)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NIGHT = MONDAY + timedelta(hours=11)
"""20:00 in Jiangcheng."""
STAFFED = "".join(
    f"{officer},{post},2026-01-01,\n"
    for officer, post in (
        ("W-017", "water-night"),
        ("H-009", "housing-head"),
        ("L-001", "sites-duty"),
    )
)
ROSTERS = "post,officer,starts_at,ends_at\n"


def load(files: dict[str, bytes], now: datetime = MONDAY) -> None:
    load_organization(files, by=Actor.system(), now=now)


def staffed(*, rosters: str = "", without: tuple[str, ...] = ()) -> dict[str, bytes]:
    """Return the city with somebody in every post, but for some, and with rosters."""
    files = town.files()
    more = "".join(line + "\n" for line in STAFFED.split() if line.split(",")[1] not in without)
    if b",mayor," not in files["appointments.csv"]:
        more += "S-001,mayor,2026-01-01,\n"
    files["appointments.csv"] += more.encode()
    files["rosters.csv"] = (ROSTERS + rosters).encode()
    return files


def city(files: dict[str, bytes], *changes: tuple[str, str]) -> None:
    """Put the city into the database under its policy, with changes to its text."""
    load(files)
    text = town.policy().text
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    adopt_policy(parse_policy(text, "cn-county.toml"), by=Actor.system(), now=MONDAY)


def ask(
    at: datetime,
    *,
    category: str = "water_supply",
    area: str = "hudong",
    channel: str = "web",
    about: tuple[str, ...] = (),
) -> str:
    """Let Mrs Liu send a request; return its reference."""
    wish = Open(
        title="No water",
        text="No water since this morning",
        channel=channel,
        category=category,
        area=area,
        contact=Contact(phone="13900000000"),
        subject_units=about,
    )
    return open_request(wish, by=MRS_LIU, now=at).reference


def title_of(reference: str) -> str:
    event = find(reference).opening_event
    return str(personal_of([event], ["title"])[event]["title"])


def text_of(reference: str) -> str:
    event = find(reference).opening_event
    return str(personal_of([event], ["text"])[event]["text"])


# small matters


def test_consultations_that_nobody_looks_at_become_a_finding_of_the_supervision_office() -> None:
    city(staffed())
    for _ in range(5):
        ask(MONDAY, category="how_to_apply")
    assert look(MONDAY + HOUR).findings == []
    late = MONDAY + 3 * DAY
    (reference,) = look(late).findings
    found = find(reference).state
    assert (found.kind, found.channel, found.state) == ("finding", "system", State.ASSIGNED)
    assert (found.holder, found.set_by, found.area) == ("supervision-desk", "mayor", "hudong")
    assert found.requests[0].reachable is False
    assert title_of(reference) == "等候过久：咨询求助，湖东街道，网页"
    assert "5件" in text_of(reference)


def test_chen_hui_accepts_the_finding_like_any_case() -> None:
    city(staffed())
    for _ in range(5):
        ask(MONDAY, category="how_to_apply")
    (reference,) = look(MONDAY + 3 * DAY).findings
    perform("accept", reference, {}, by=Actor.officer(CHEN_HUI), now=MONDAY + 3 * DAY + HOUR)
    assert find(reference).state.state is State.IN_PROGRESS
    assert replay().differing == 0


def test_a_group_has_one_finding_until_that_is_closed() -> None:
    city(staffed())
    for _ in range(5):
        ask(MONDAY, category="how_to_apply")
    (first,) = look(MONDAY + 3 * DAY).findings
    assert look(MONDAY + 4 * DAY).findings == []
    Case.objects.filter(reference=first).update(ended_at=MONDAY + 4 * DAY, state="solved")
    (second,) = look(MONDAY + 5 * DAY).findings
    assert second != first
    assert Reported.objects.get().case.reference == second


def test_an_english_body_reads_english_and_a_place_that_is_not_known_is_called_so(
    settings: Any,
) -> None:
    settings.LANGUAGE_CODE = "en"
    city(staffed())
    for _ in range(5):
        ask(MONDAY, category="how_to_apply", area="")
    (reference,) = look(MONDAY + 3 * DAY).findings
    assert title_of(reference) == "Waiting too long: Question or help, no area, web"


def test_four_late_cases_and_five_in_time_are_no_finding() -> None:
    city(staffed())
    for _ in range(4):
        ask(MONDAY, category="how_to_apply")
    for _ in range(5):
        ask(MONDAY + 2 * DAY, category="lifts")
    assert look(MONDAY + 3 * DAY).findings == []


def test_one_late_case_among_many_does_not_make_a_group_starve() -> None:
    city(staffed())
    ask(MONDAY, category="how_to_apply")
    for _ in range(24):
        ask(MONDAY + 3 * DAY, category="how_to_apply")
    assert look(MONDAY + 3 * DAY + HOUR).findings == []


def test_groups_are_told_apart_by_class_area_and_channel_and_what_has_ended_does_not_wait() -> None:
    city(staffed())
    for number in range(5):
        ask(MONDAY, category="how_to_apply", channel="phone")
        ask(MONDAY, category="how_to_apply", area="qingshan")
        ask(MONDAY, category="how_to_apply", area="hudong" if number else "city")
    Case.objects.filter(area="qingshan").update(ended_at=MONDAY)
    late = MONDAY + 3 * DAY
    (reference,) = look(late).findings
    assert title_of(reference) == "等候过久：咨询求助，湖东街道，电话"


def test_what_waits_for_its_requester_does_not_starve() -> None:
    city(staffed())
    for _ in range(5):
        ask(MONDAY, category="how_to_apply")
    Case.objects.update(state="proposed")
    assert look(MONDAY + 3 * DAY).findings == []


def test_a_body_decides_how_long_is_too_long() -> None:
    city(staffed(), ("starving_share = 100", "starving_share = 400"))
    for _ in range(5):
        ask(MONDAY, category="how_to_apply")
    assert look(MONDAY + 3 * DAY).findings == []


def test_what_is_left_over_the_most_waits_for_the_next_look(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(findings, "MOST_FINDINGS", 1)
    city(staffed())
    for _ in range(5):
        ask(MONDAY, category="how_to_apply")
        ask(MONDAY, category="gas_leak")
    looked = look(MONDAY + 3 * DAY)
    assert (len(looked.findings), looked.left_out) == (1, 1)
    # The emergency has waited for many times its promise, so it is told first.
    assert "紧急" in title_of(looked.findings[0])
    assert len(look(MONDAY + 4 * DAY).findings) == 1


# rosters


def test_a_night_without_anybody_is_found_a_week_before() -> None:
    days = [MONDAY + n * DAY for n in range(12)]
    rosters = "".join(
        f"water-night,W-017,{day:%Y-%m-%d}T00:00,{day + DAY:%Y-%m-%d}T00:00\n"
        for day in days
        if day.day != 20
    )
    city(staffed(rosters=rosters, without=("water-night",)))
    assert look(MONDAY).findings == []
    assert look(MONDAY + 14 * HOUR).findings == []
    (reference,) = look(MONDAY + 15 * HOUR).findings
    assert title_of(reference) == "无人在岗：水务局，夜班岗，2026-10-20 00:00起"
    found = find(reference).state
    assert found.holder == "supervision-desk"
    assert found.total is not None
    assert found.total.at == datetime(2026, 10, 19, 16, tzinfo=UTC)
    for hours in range(16, 80):
        assert look(MONDAY + hours * HOUR).findings == []


def test_a_post_that_stays_empty_is_one_finding_however_many_days_pass() -> None:
    city(staffed(without=("housing-head",)))
    (reference,) = look(MONDAY).findings
    assert title_of(reference).startswith("无人在岗：住建局，局长")
    for day in range(1, 20):
        assert look(MONDAY + day * DAY).findings == []


def test_a_roster_that_loses_a_night_is_looked_at_again() -> None:
    city(staffed())
    assert look(MONDAY).findings == []
    load(staffed(without=("water-night",)), MONDAY + HOUR)
    assert len(look(MONDAY + HOUR).findings) == 1
    load(staffed(without=("housing-head",)), MONDAY + 2 * HOUR)
    (reference,) = look(MONDAY + 2 * HOUR).findings
    assert "局长" in title_of(reference)


def test_many_holes_are_told_bit_by_bit_and_none_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findings, "MOST_FINDINGS", 2)
    city(staffed(without=("housing-head", "water-night", "sites-duty")))
    first = look(MONDAY)
    assert (len(first.findings), first.left_out) == (2, 1)
    second = look(MONDAY + HOUR)
    assert (len(second.findings), second.left_out) == (1, 0)
    assert look(MONDAY + 2 * HOUR).findings == []


# surges


def test_five_requests_of_one_kind_and_area_within_half_an_hour_call_the_duty_post() -> None:
    city(staffed())
    look(NIGHT - DAY)
    references = [ask(NIGHT + 5 * n * MINUTE) for n in range(5)]
    looked = look(NIGHT + 21 * MINUTE)
    assert looked.calls == [references[-1]]
    (call,) = find(references[-1]).state.calls
    assert (call.officer, call.post, call.step, call.target) == (
        LI_NA,
        "water-duty",
        "surge",
        "officer",
    )
    assert replay().differing == 0


def test_a_surge_calls_once_and_again_only_when_its_window_is_over() -> None:
    city(staffed())
    look(NIGHT - DAY)
    for n in range(40):
        ask(NIGHT + n * MINUTE)
    called = [len(look(NIGHT + n * MINUTE).calls) for n in range(5, 45)]
    assert [n for n, calls in enumerate(called, start=5) if calls] == [5, 35]


def test_other_areas_other_kinds_and_slow_trickles_are_no_surge() -> None:
    city(staffed())
    look(NIGHT - DAY)
    for n in range(4):
        ask(NIGHT + n * MINUTE)
        ask(NIGHT + n * MINUTE, area="qingshan")
        ask(NIGHT + n * MINUTE, category="lifts")
    assert look(NIGHT + 10 * MINUTE).calls == []
    for n in range(8):
        ask(NIGHT + HOUR + 8 * n * MINUTE, category="street_trading")
    assert look(NIGHT + 2 * HOUR + 5 * MINUTE).calls == []


def test_requests_that_join_a_case_count_like_those_that_open_one() -> None:
    city(staffed())
    look(NIGHT - DAY)
    reference = ask(NIGHT)
    for n in range(1, 5):
        values = {"text": "We have none either", "phone": f"1390000000{n}"}
        perform("attach", reference, values, by=MRS_LIU, now=NIGHT + n * MINUTE)
    assert look(NIGHT + 5 * MINUTE).calls == [reference]


def test_a_body_may_leave_surges_to_its_hotline() -> None:
    city(staffed(), ("surge_calls_duty = true", "surge_calls_duty = false"))
    for n in range(6):
        ask(NIGHT + n * MINUTE)
    assert look(NIGHT + 6 * MINUTE).calls == []


def test_where_nobody_is_at_the_duty_post_the_next_above_is_called() -> None:
    files = staffed()
    files["appointments.csv"] = files["appointments.csv"].replace(
        b"W-017,water-duty,2026-01-01,\n", b""
    )
    city(files)
    look(NIGHT - DAY)
    references = [ask(NIGHT + n * MINUTE) for n in range(5)]
    assert look(NIGHT + 5 * MINUTE).calls == references[-1:]
    (call,) = find(references[-1]).state.calls
    assert (call.post, call.target) == ("water-head", "unit_head")


def test_where_nobody_is_anywhere_nobody_is_called_and_it_is_tried_again() -> None:
    files = staffed()
    files["appointments.csv"] = b"officer,post,starts,ends\nQ-002,services-desk,2026-01-01,\n"
    city(files)
    look(NIGHT - DAY)
    for n in range(5):
        ask(NIGHT + n * MINUTE)
    assert look(NIGHT + 5 * MINUTE).calls == []
    assert not Reported.objects.filter(watch="surges").exists()


def test_a_unit_that_is_complained_about_is_not_called_about_it() -> None:
    city(staffed())
    look(NIGHT - DAY)
    references = [ask(NIGHT + n * MINUTE, about=("water",)) for n in range(5)]
    assert look(NIGHT + 5 * MINUTE).calls == references[-1:]
    (call,) = find(references[-1]).state.calls
    assert call.unit != "water"


# when


def test_before_a_body_is_set_up_there_is_nothing_to_look_for() -> None:
    assert look(MONDAY).findings == []
    assert next_look_at() is None
    load(staffed())
    look(MONDAY)
    assert next_look_at() is None


def test_each_thing_has_its_own_next_time_in_a_row() -> None:
    city(staffed())
    look(MONDAY)
    assert dict(Watch.objects.values_list("name", "due_at")) == {
        "surges": MONDAY + MINUTE,
        "rosters": MONDAY + HOUR,
        "starving": datetime(2026, 10, 13, 0, tzinfo=UTC),
    }
    assert next_look_at() == MONDAY + MINUTE


def test_what_fails_is_kept_and_the_rest_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    city(staffed(without=("housing-head",)))
    look_at = MONDAY + 3 * DAY
    for _ in range(5):
        ask(MONDAY, category="how_to_apply")

    def broken(*_args: object, **_more: object) -> None:
        raise ValueError("13900000000")

    monkeypatch.setattr(findings, "groups", broken)
    looked = look(look_at)
    assert (looked.failed, len(looked.findings)) == (["starving"], 1)
    row = Watch.objects.get(name="starving")
    assert row.due_at > look_at
    assert row.error.startswith("ValueError")
    assert "139" not in row.error
    monkeypatch.undo()
    assert look(look_at + DAY).failed == []
    assert Watch.objects.get(name="starving").error == ""


def test_only_the_system_places_a_finding() -> None:
    city(staffed())
    wish = Open("Nobody is there", "", "system", kind="finding", to_post="supervision-desk")
    with transaction.atomic(), pytest.raises(Refusal) as caught:
        open_request(wish, by=Actor.officer(LI_NA), now=MONDAY)
    assert caught.value.code is Code.NOT_PERMITTED
