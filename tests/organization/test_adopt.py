"""Stories of adopting policies and calendar notices, and what the ledger says of them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from dandang.ledger.queries import events_of
from dandang.organization.actions.adopt import adopt_notice, adopt_policy
from dandang.organization.actions.load import load_organization
from dandang.organization.events import BODY_EVENTS
from dandang.organization.models import AdoptedPolicy
from dandang.organization.queries import (
    body_stream,
    current_policy,
    policy_by_hash,
    work_calendar,
)
from dandang.policy import parse_policy, ready_policy
from dandang.terms import Actor, Code, Refusal
from dandang.workdays import Notice
from tests.organization.jiangcheng import files

pytestmark = pytest.mark.django_db
CHEN_HUI = Actor.officer("S-001")
NOW = datetime(2026, 11, 5, 2, tzinfo=UTC)
NOTICE = Notice(
    source="国办发明电〔2026〕9号",
    published=date(2026, 11, 4),
    first=date(2027, 1, 1),
    last=date(2027, 12, 31),
    working=frozenset({date(2027, 1, 3)}),
    rest=frozenset({date(2027, 1, 1), date(2027, 1, 2)}),
)


@pytest.fixture
def city():
    load_organization(files(), by=Actor.system(), now=NOW)


def county():
    return ready_policy("cn-county")


def next_version():
    text = county().text
    assert "\nversion = 1\n" in text
    return parse_policy(text.replace("\nversion = 1\n", "\nversion = 2\n"), "next.toml")


def ledger():
    """Return what was adopted; that files were loaded before is told elsewhere."""
    return [event for event in events_of(body_stream()) if event.type != "register_loaded"]


def refusal_of(act):
    with pytest.raises(Refusal) as refused:
        act()
    return refused.value


def test_nothing_can_be_adopted_before_there_is_a_body():
    assert (
        refusal_of(lambda: adopt_policy(county(), by=CHEN_HUI, now=NOW)).code
        is Code.NO_ORGANIZATION
    )
    assert (
        refusal_of(lambda: adopt_notice(NOTICE, by=CHEN_HUI, now=NOW)).code is Code.NO_ORGANIZATION
    )
    assert refusal_of(body_stream).code is Code.NO_ORGANIZATION
    assert refusal_of(current_policy).code is Code.NO_ORGANIZATION
    assert refusal_of(work_calendar).code is Code.NO_ORGANIZATION


def test_a_body_without_a_policy_has_none(city):
    assert refusal_of(current_policy).code is Code.NO_POLICY
    assert refusal_of(lambda: policy_by_hash("0" * 64)).code is Code.NO_POLICY


def test_an_adopted_policy_is_in_force_and_in_the_ledger(city):
    assert adopt_policy(county(), by=CHEN_HUI, now=NOW)
    assert current_policy() == county()
    (event,) = ledger()
    assert event.type == "policy_adopted"
    assert event.actor == CHEN_HUI
    assert event.occurred_at == NOW
    assert event.fields == {"policy": "cn-county", "version": 1, "hash": county().hash}


def test_adopting_what_is_in_force_writes_nothing(city):
    adopt_policy(county(), by=CHEN_HUI, now=NOW)
    assert not adopt_policy(county(), by=CHEN_HUI, now=NOW + timedelta(days=1))
    assert len(ledger()) == 1
    assert AdoptedPolicy.objects.count() == 1


def test_a_running_clock_finds_the_policy_it_started_under(city):
    adopt_policy(county(), by=CHEN_HUI, now=NOW)
    adopt_policy(next_version(), by=CHEN_HUI, now=NOW)
    assert current_policy().version == 2
    assert policy_by_hash(county().hash).version == 1


def test_going_back_to_an_earlier_policy_is_an_adoption_too(city):
    for policy in (county(), next_version(), county()):
        assert adopt_policy(policy, by=CHEN_HUI, now=NOW)
    assert current_policy().version == 1
    assert [event.fields["version"] for event in ledger()] == [1, 2, 1]


def test_a_stored_policy_that_was_tampered_with_is_not_used(city):
    policy_by_hash.cache_clear()
    adopt_policy(county(), by=CHEN_HUI, now=NOW)
    AdoptedPolicy.objects.update(text=next_version().text)
    with pytest.raises(ValueError, match="does not have the hash"):
        current_policy()


def test_an_adopted_notice_changes_the_calendar_and_stands_in_the_ledger(city):
    sunday = NOTICE.first + timedelta(days=2)
    assert not work_calendar().covers(sunday)
    assert adopt_notice(NOTICE, by=CHEN_HUI, now=NOW)
    assert work_calendar().is_working_day(sunday)
    assert work_calendar().horizon == date(2027, 12, 31)
    (event,) = ledger()
    assert event.type == "notice_adopted"
    assert event.fields == {
        "source": NOTICE.source,
        "published": "2026-11-04",
        "first": "2027-01-01",
        "last": "2027-12-31",
        "working": ["2027-01-03"],
        "rest": ["2027-01-01", "2027-01-02"],
    }


def test_adopting_the_same_notice_again_writes_nothing(city):
    adopt_notice(NOTICE, by=CHEN_HUI, now=NOW)
    assert not adopt_notice(NOTICE, by=CHEN_HUI, now=NOW)
    assert len(ledger()) == 1


def test_an_amended_notice_goes_on_top(city):
    adopt_notice(NOTICE, by=CHEN_HUI, now=NOW)
    amended = replace(NOTICE, published=date(2026, 11, 5), working=frozenset())
    assert adopt_notice(amended, by=CHEN_HUI, now=NOW)
    assert not work_calendar().is_working_day(date(2027, 1, 3))


@pytest.mark.parametrize(
    ("notice", "code"),
    [
        (replace(NOTICE, published=date(2026, 11, 6)), Code.IN_THE_FUTURE),
        (
            replace(
                NOTICE,
                first=date(2199, 1, 1),
                last=date(2199, 1, 2),
                working=frozenset(),
                rest=frozenset(),
            ),
            Code.VALUE_INVALID,
        ),
    ],
)
def test_a_notice_that_cannot_be_is_refused_and_nothing_is_written(city, notice, code):
    assert refusal_of(lambda: adopt_notice(notice, by=CHEN_HUI, now=NOW)).code is code
    assert ledger() == []
    assert work_calendar().horizon == date(2026, 12, 31)


def test_a_body_elsewhere_has_the_computed_calendar_of_its_country():
    elsewhere = files()
    for old, new in (
        (b'"CN"', b'"US"'),
        (b'"china"', b'"computed"'),
        (b"Asia/Shanghai", b"America/New_York"),
    ):
        elsewhere["organization.toml"] = elsewhere["organization.toml"].replace(old, new)
    load_organization(elsewhere, by=Actor.system(), now=NOW)
    assert work_calendar().name == "us"
    assert str(work_calendar().time_zone) == "America/New_York"
    assert not work_calendar().is_working_day(date(2026, 7, 3))


def test_policy_and_calendar_cost_one_query_each_once_they_are_known(
    city, django_assert_num_queries
):
    adopt_policy(county(), by=CHEN_HUI, now=NOW)
    current_policy()
    work_calendar()
    with django_assert_num_queries(2):
        assert current_policy() is policy_by_hash(county().hash)
        work_calendar()


def test_the_events_of_the_body_come_back_from_the_ledger(city):
    adopt_policy(county(), by=CHEN_HUI, now=NOW)
    adopt_notice(NOTICE, by=CHEN_HUI, now=NOW)
    types = {kind.type_name(): kind for kind in BODY_EVENTS}
    policy, notice = (types[event.type].from_fields(event.fields) for event in ledger())
    assert (policy.policy, policy.hash) == ("cn-county", county().hash)
    assert (notice.first, notice.working) == (date(2027, 1, 1), ("2027-01-03",))
