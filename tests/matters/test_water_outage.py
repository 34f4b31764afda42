"""A water outage with sixty calls: one case, sixty references, sixty judgements, one "no"."""

import pytest

from dandang.lifecycle.casework.models import Case
from dandang.lifecycle.casework.queries import find, history
from dandang.lifecycle.states import State, Verdict
from dandang.terms import Code, Due
from tests.matters.telling import (
    LI_NA,
    SUN_TAO,
    ZHAO_MIN,
    Tale,
    at,
    called,
    due,
    events,
    holders,
    in_order,
    nothing_differs,
    state,
)

pytestmark = pytest.mark.django_db
CALLS = 60
OPENED_AS_CASES = 5
OUTAGE = {
    "title": "No water",
    "text": "No water in the whole street",
    "category": "water_supply",
    "area": "hudong",
    "happening_now": True,
}
MEANS = {"reason": "means_exhausted", "text": "Nothing more can be done"}
REPAIRED = {"outcome": "resolved", "text": "The main is mended, pressure is back at 15:40"}


def sixty_calls(tale: Tale) -> list[str]:
    """Return the references of sixty callers in one case.

    The first five were taken down before anybody saw that it was one matter; the others are
    attached while they speak.
    """
    references = []
    for number in range(OPENED_AS_CASES):
        tale.goes_on(f"08:{10 + number}")
        contact = called(f"Caller {number + 1}")
        references.append(tale.opens(by=ZHAO_MIN, contact=contact, **OUTAGE))
    for number in range(1, OPENED_AS_CASES):
        tale.goes_on("08:20")
        tale.does(ZHAO_MIN, "merge", references[number], into=references[0], text="One main")
    for number in range(OPENED_AS_CASES, CALLS):
        tale.goes_on(f"08:{21 + number // 4}")
        receipt = tale.does(
            ZHAO_MIN,
            "attach",
            references[0],
            text=f"Caller {number + 1}: no water either",
            phone="13900000000",
            channel="phone",
        ).receipt
        assert receipt is not None
        references.append(receipt.reference)
    return references


def repair(tale: Tale, reference: str) -> None:
    tale.goes_on("08:45")
    tale.does(LI_NA, "accept", reference)
    tale.does(LI_NA, "contacted", reference, how="message", text="A burst main; water by 16:00")
    tale.does(LI_NA, "promise", reference, promised_for="2026-10-14T16:00+08:00", text="By 16:00")
    tale.goes_on("15:50")
    tale.does(LI_NA, "propose", reference, **REPAIRED)


def all_content_but(tale: Tale, references: list[str], doubter: str) -> None:
    tale.goes_on("17:00")
    for reference in references:
        if reference != doubter:
            tale.judges(reference, "solved", was_contacted=True)


def test_sixty_calls_are_one_piece_of_work_and_sixty_judgements() -> None:
    tale = Tale("2026-10-14 08:10")
    references = sixty_calls(tale)
    first, doubter = references[0], references[36]
    assert len(set(references)) == CALLS
    assert {find(reference).case_reference for reference in references} == {first}
    assert state(first).total == Due("total", at("2026-10-15 08:10"))
    assert [case.reference for case in Case.objects.exclude(state="merged")] == [first]

    repair(tale, first)
    assert in_order(events(first), ["promise_made", "promise_kept", "resolution_proposed"])
    assert due(first, "total") == at("2026-10-15 08:10")

    all_content_but(tale, references, doubter)
    assert state(first).state is State.PROPOSED
    (part,) = tale.judges(doubter, "no", text="Still dry on the sixth floor").done.children

    # Only the one goes on, with the same holder and the same deadline; the others stay as they are.
    assert find(doubter).reference == doubter
    assert find(doubter).case_reference == part
    assert (state(part).state, state(part).holder) == (State.IN_PROGRESS, "water-duty")
    assert due(part, "total") == due(first, "total")
    verdicts = [request.verdict for request in state(first).active]
    assert verdicts == [Verdict.SOLVED] * (CALLS - 1)
    assert state(first).state is State.PROPOSED
    nothing_differs(OPENED_AS_CASES + 1)

    tale.goes_on("18:30")
    tale.does(LI_NA, "contacted", part, how="visit", text="The pump of house 7 had tripped")
    tale.does(LI_NA, "propose", part, outcome="resolved", text="The pump runs")
    tale.goes_on("19:00")
    tale.judges(doubter, "solved")
    assert state(part).state is State.SOLVED
    assert (state(first).state, state(first).end_cause) == (State.SOLVED, "children")
    assert holders(first) == ["hotline-intake", "water-duty"]
    nothing_differs(OPENED_AS_CASES + 1)


def test_who_called_is_kept_as_a_caller_however_the_call_came_in() -> None:
    tale = Tale("2026-10-14 08:10")
    first = sixty_calls(tale)[0]
    told = [event.fields for event, _ in history(find(first).stream)]
    assert [one["channel"] for one in told if "channel" in one] == ["phone"] * CALLS
    nothing_differs(OPENED_AS_CASES)


def test_fifty_nine_voices_do_not_outvote_one_that_says_no_twice() -> None:
    tale = Tale("2026-10-14 08:10")
    references = sixty_calls(tale)
    first, doubter = references[0], references[36]
    repair(tale, first)
    all_content_but(tale, references, doubter)
    (part,) = tale.judges(doubter, "no").done.children
    tale.goes_on("18:00")
    tale.does(LI_NA, "propose", part, **REPAIRED)
    tale.goes_on("18:30")
    tale.judges(doubter, "no", text="Nothing has changed", was_contacted=False)
    assert (state(part).state, state(part).holder) == (State.IN_PROGRESS, "supervision-desk")
    assert state(part).refusals == 2
    assert events(part).count("premature_close") == 2
    # The unit's head cannot close it over the caller's head, nor can the case end without its part.
    tale.refused(Code.NOT_PERMITTED, SUN_TAO, "judge", doubter, verdict="solved", request=1)
    tale.goes_on("2026-10-30 09:00")
    tale.refused(Code.NOT_THE_DECIDING_OFFICE, LI_NA, "close-not-solved", part, **MEANS)
    assert state(first).is_open
    nothing_differs(OPENED_AS_CASES + 1)


def test_who_was_content_too_soon_says_so_and_gets_a_case_of_their_own() -> None:
    tale = Tale("2026-10-14 08:10")
    references = sixty_calls(tale)
    first, hasty = references[0], references[4]
    repair(tale, first)
    tale.goes_on("17:00")
    for reference in references:
        tale.judges(reference, "solved")
    assert state(first).state is State.SOLVED
    tale.goes_on("2026-10-20 09:00")
    (part,) = tale.judges(hasty, "no", text="It is dry again every evening").done.children
    assert find(hasty).case_reference == part
    assert (state(first).state, state(part).state) == (State.PROPOSED, State.IN_PROGRESS)
    tale.does(LI_NA, "propose", part, **REPAIRED)
    tale.judges(hasty, "solved")
    assert state(first).state is State.SOLVED
    nothing_differs(OPENED_AS_CASES + 1)


def test_silence_of_many_follows_those_who_answered_and_stays_visible_as_silence() -> None:
    tale = Tale("2026-10-14 08:10")
    references = sixty_calls(tale)
    first = references[0]
    repair(tale, first)
    for reference in references[:3]:
        tale.judges(reference, "solved")
    tale.goes_on("2026-10-22 09:00")
    assert (state(first).state, state(first).end_cause) == (State.SOLVED, "some_answered")
    assert sum(one.verdict is None for one in state(first).active) == CALLS - 3
    nothing_differs(OPENED_AS_CASES)


def test_a_call_put_in_by_mistake_comes_out_again_with_its_age() -> None:
    tale = Tale("2026-10-14 08:10")
    references = sixty_calls(tale)
    first, mistaken = references[0], references[2]
    tale.goes_on("09:00")
    tale.does(ZHAO_MIN, "unmerge", mistaken, text="Another district, another main")
    assert find(mistaken).case_reference == mistaken
    assert due(mistaken, "total") == at("2026-10-15 08:12")
    assert len(state(first).active) == CALLS - 1
    nothing_differs(OPENED_AS_CASES)
