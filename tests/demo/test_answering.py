"""How called people of the city answer: by the manner of a matter, in time, with what is asked."""

from datetime import datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dandang.demo.answering import Called, Manner, answer, answered_at, answers
from dandang.demo.building import ZONE
from dandang.demo.moments import Hours
from dandang.demo.texts import texts
from dandang.policy import CallTarget
from dandang.workdays import china

HOURS = Hours(china(), ())
MONDAY = datetime(2026, 10, 12, 9, 30, tzinfo=ZONE)
NIGHT = datetime(2026, 10, 12, 23, 10, tzinfo=ZONE)
USUAL = ("took_over", "instructed", "decided")


def call(
    target: CallTarget = CallTarget.UNIT_HEAD,
    *,
    at: datetime = MONDAY,
    due_at: datetime | None = None,
    wants: tuple[str, ...] = USUAL,
) -> Called:
    due = due_at or HOURS.office(at, 4)
    return Called("AAAA-2222", 3, "water-head", target, wants, at, due)


def share(target: CallTarget, manner: Manner) -> float:
    """Return how many of a thousand calls are answered, as a share."""
    drawn = (answers(call(target), manner, Random(number)) for number in range(1000))
    return sum(drawn) / 1000


def test_most_calls_are_answered_and_some_are_not() -> None:
    for target in CallTarget:
        assert 0.7 < share(target, Manner.USUAL) < 1


@pytest.mark.parametrize("target", CallTarget)
def test_a_planted_matter_is_answered_as_it_says(target: CallTarget) -> None:
    assert share(target, Manner.SILENT) == 0
    assert share(target, Manner.ANSWERED) == share(target, Manner.IDLE) == 1
    lower = target in {CallTarget.OFFICER, CallTarget.UNIT_HEAD}
    assert share(target, Manner.PASSED) == (0 if lower else 1)


@given(seed=st.integers(0, 10_000))
def test_an_answer_comes_in_working_hours_and_in_time(seed: int) -> None:
    one = call()
    at = answered_at(one, one.at, HOURS, Random(seed))
    assert one.at < at < one.due_at
    assert HOURS.is_working(at)


@given(seed=st.integers(0, 10_000))
def test_who_is_called_about_an_urgent_matter_answers_at_any_hour(seed: int) -> None:
    one = call(at=NIGHT, due_at=NIGHT + timedelta(minutes=15))
    assert one.at < answered_at(one, one.at, HOURS, Random(seed)) < one.due_at


def test_a_call_heard_of_too_late_is_answered_at_once() -> None:
    one = call(at=NIGHT, due_at=NIGHT + timedelta(minutes=15))
    assert answered_at(one, MONDAY + timedelta(days=1), HOURS, Random(1)) == (
        MONDAY + timedelta(days=1)
    )


@given(seed=st.integers(0, 10_000), target=st.sampled_from(CallTarget), may_take=st.booleans())
def test_orders_and_decisions_have_a_date_and_only_what_is_free_is_taken_over(
    seed: int, target: CallTarget, *, may_take: bool
) -> None:
    step = answer(call(target), texts("zh"), Random(seed), may_take=may_take)
    assert (step.who, step.verb, step.beside) == ("post:water-head", "act-on-call", True)
    assert step.values["text"]
    taken = step.values["act"] == "took_over"
    assert ("due_at" in step.values) is not taken
    assert may_take or not taken


def test_who_is_asked_for_a_sponsor_names_one() -> None:
    wanted = call(CallTarget.SUPERVISION, wants=("named_sponsor", "took_over"))
    step = answer(wanted, texts("en"), Random(1), may_take=True)
    assert (step.verb, step.values["to_post"]) == ("name-sponsor", "vice-mayor")
