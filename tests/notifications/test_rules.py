"""Who is told what, rule by rule: without a database, in the fixed city."""

from datetime import timedelta

import pytest

from dandang.notifications.rules import officers, requesters
from dandang.notifications.rules.notices import (
    CaseFacts,
    Happened,
    Kind,
    Notice,
    Recipient,
    RequestFacts,
    Situation,
    Urgency,
    instant,
)
from dandang.notifications.words import TEMPLATES, TO_OFFICERS, TO_REQUESTERS
from dandang.terms import Actor, Due
from tests import town

LIU, ZHOU = "7K4M-9Q2X", "8L5N-2R3Y"
TOTAL = town.MONDAY + timedelta(days=5)
LI_NA = Actor.officer(town.LI_NA)
MRS_LIU = Actor.requester(1)
FULL = {
    "to_post": "water-duty",
    "outcome": "resolved",
    "clock": "judgement_window",
    "results_in": "solved",
    "decision": "granted",
    "request": 2,
    "officer": town.LI_NA,
    "of_post": "water-duty",
    "verdict": "no",
    "act": "instructed",
    "asked_for": True,
    "drawn": True,
}


ASKED = RequestFacts(number=1, reference=LIU, is_active=True, has_judged=True, asked_above=True)


def case(**more: object) -> CaseFacts:
    plain = {
        "reference": LIU,
        "kind": "request",
        "state": "in_progress",
        "holder": "water-duty",
        "holder_unit": "water",
        "is_urgent": False,
        "is_part": False,
        "is_open": True,
        "requests": (
            RequestFacts(number=1, reference=LIU, is_active=True, has_judged=False),
            RequestFacts(number=2, reference=ZHOU, is_active=True, has_judged=False),
        ),
        "due": {"total": TOTAL},
    }
    return CaseFacts(**{**plain, **more})


def looked_back() -> list[CaseFacts]:
    """Return a solved case of two requesters, and one that a dispatcher set."""
    solved = case(state="solved", is_open=False, requests=(ASKED, *case().requests[1:]))
    return [solved, case(state="solved", is_open=False, set_by="hotline-dispatch")]


def situation(
    event: str, by: Actor | None = None, of: CaseFacts | None = None, **fields: object
) -> Situation:
    happened = Happened(
        event_id=1,
        type=event,
        fields=fields,
        by=by or Actor.system(),
        occurred_at=town.MONDAY,
        dues=(Due("judgement_window", TOTAL),) if event == "resolution_proposed" else (),
    )
    return Situation(
        happened=happened, case=of or case(), directory=town.directory(), now=town.MONDAY
    )


def to_requesters(
    event: str, by: Actor | None = None, of: CaseFacts | None = None, **fields: object
) -> list[tuple[str, str]]:
    told = requesters.to_requesters(situation(event, by, of, **fields))
    return [(one.recipient.code, one.template) for one in told]


def to_officers(
    event: str, by: Actor | None = None, of: CaseFacts | None = None, **fields: object
) -> list[tuple[str, str]]:
    told = officers.to_officers(situation(event, by, of, **fields))
    return [(one.recipient.code, one.template) for one in told]


def notices(it: Situation) -> list[Notice]:
    return [*requesters.to_requesters(it), *officers.to_officers(it)]


@pytest.mark.parametrize("event", sorted({*requesters.RULES, *officers.RULES}))
def test_what_is_told_has_words_and_is_addressed_to_the_kind_it_is_for(event):
    for outcome in ("resolved", "explained"):
        for clock in ("judgement_window", "total"):
            fields = {**FULL, "outcome": outcome, "clock": clock}
            for notice in notices(situation(event, of=case(state="proposed"), **fields)):
                words = TEMPLATES[notice.template]
                assert words.kind is notice.recipient.kind
                assert notice.params["reference"]


def test_every_template_is_used_by_a_rule():
    used = set()
    for event in {*requesters.RULES, *officers.RULES}:
        for more in (
            *({}, {"outcome": "explained"}, {"clock": "total"}, {"step": "leaders_list"}),
            {"step": "quiet", "mark": "2026-10-12T01:00:00+00:00", "officer": town.SUN_TAO},
        ):
            fields = {**FULL, **more}
            quiet = case(quiet_steps=frozenset({"quiet"}))
            for of in (case(state="proposed"), case(), quiet, *looked_back()):
                used |= {one.template for one in notices(situation(event, of=of, **fields))}
    assert used == {*TO_REQUESTERS, *TO_OFFICERS}


def test_the_holder_is_asked_what_is_missing_only_because_nothing_was_done():
    quiet, silence = case(quiet_steps=frozenset({"quiet"})), {"step": "quiet", "mark": "x"}
    asked, full = (
        (town.LI_NA, "stalled"),
        {**FULL, "officer": town.SUN_TAO, "clock": "total", "to_post": ""},
    )
    for event in ("called_upon", "reminded", "escalated"):
        assert asked in to_officers(event, of=quiet, **full, **silence), event
        assert asked not in to_officers(event, of=quiet, **{**full, "step": "bounced", "mark": "x"})
        assert asked not in to_officers(event, of=case(), **full, **silence)


def test_each_requester_gets_their_own_reference():
    told = list(requesters.to_requesters(situation("reply_sent", LI_NA)))
    assert [(one.recipient.code, one.params["reference"]) for one in told] == [
        (LIU, LIU),
        (ZHOU, ZHOU),
    ]


@pytest.mark.parametrize("event", ["case_opened", "reply_sent", "assigned", "judged"])
def test_of_an_import_nobody_is_told(event):
    assert to_requesters(event, Actor.importer("generic"), **FULL) == []
    assert to_officers(event, Actor.importer("generic"), **FULL) == []


def test_a_receipt_goes_to_the_sender_alone_and_to_nobody_for_parts_and_decisions():
    assert to_requesters("case_opened", MRS_LIU) == [(LIU, "received")]
    assert to_requesters("case_opened", of=case(kind="decision")) == []
    assert to_requesters("case_opened", of=case(is_part=True)) == []
    assert to_requesters("request_attached", request=2) == [(ZHOU, "received")]
    assert to_requesters("request_attached", request=2, from_case="x") == []
    assert to_requesters("request_attached", request=3) == []
    gone = RequestFacts(number=1, reference=LIU, is_active=False, has_judged=False)
    assert to_requesters("case_opened", of=case(requests=(gone,))) == []


def test_only_who_has_not_answered_is_asked_and_only_while_it_is_proposed():
    answered = RequestFacts(number=1, reference=LIU, is_active=True, has_judged=True)
    silent = RequestFacts(number=2, reference=ZHOU, is_active=True, has_judged=False)
    proposed = case(state="proposed", requests=(answered, silent))
    assert to_requesters("resolution_proposed", of=proposed, outcome="resolved") == [
        (ZHOU, "proposed")
    ]
    assert to_requesters("reminded", of=proposed, clock="judgement_reminder") == [
        (ZHOU, "judge_reminder")
    ]
    assert to_requesters("reminded", of=proposed, clock="total") == []
    assert to_requesters("resolution_proposed", of=proposed, outcome="declined") == []
    assert to_requesters("resolution_proposed", outcome="resolved") == []


def test_a_proposal_says_until_when_it_is_answered():
    it = situation("resolution_proposed", of=case(state="proposed"), outcome="resolved")
    assert [one.params["until"] for one in requesters.to_requesters(it)] == [instant(TOTAL)] * 2


def test_an_end_is_told_to_all_but_the_one_who_made_it():
    assert to_requesters("judged", MRS_LIU, results_in="solved") == [(ZHOU, "ended")]
    assert to_requesters("judged", MRS_LIU, results_in="in_progress") == []
    assert to_requesters("declined", results_in="declined") == [(LIU, "ended"), (ZHOU, "ended")]
    assert to_requesters("explained") == [(LIU, "ended"), (ZHOU, "ended")]
    assert to_requesters("withdrawn", MRS_LIU, results_in="withdrawn") == [(ZHOU, "ended")]
    assert to_requesters("withdrawn", MRS_LIU, results_in="in_progress") == []
    assert to_requesters("child_ended", results_in="merged") == []


def test_only_more_time_that_was_granted_is_told():
    assert to_requesters("extension_decided", decision="refused") == []
    assert to_requesters("extension_decided", decision="granted")[0] == (LIU, "extended")


def test_what_nobody_needs_to_know_is_told_to_nobody():
    assert to_requesters("note_added") == to_officers("note_added") == []


def test_an_urgent_matter_is_told_at_once():
    urgent = case(is_urgent=True)
    told = notices(situation("assigned", of=urgent, to_post="water-duty"))
    assert [one.urgency for one in told] == [Urgency.AT_ONCE]
    told = notices(situation("case_opened", MRS_LIU, urgent))
    assert told[0].urgency is Urgency.AT_ONCE


def test_the_new_holder_is_told_and_one_it_has_left_again_is_not():
    assert to_officers("assigned", to_post="water-duty") == [(town.LI_NA, "to_hold")]
    assert to_officers("assigned", to_post="hotline-dispatch") == []
    assert to_officers("assigned", of=case(is_open=False), to_post="water-duty") == []
    assert to_officers("assigned", LI_NA, to_post="water-duty") == []
    assert to_officers("escalated", step="red", publishes=True) == []
    assert to_officers("escalated", step="took_over", to_post="water-duty") == [
        (town.LI_NA, "to_hold")
    ]


def test_what_is_reopened_by_an_answer_is_told_once():
    assert to_officers("judged", MRS_LIU, verdict="no") == [(town.LI_NA, "judged_no")]
    assert to_officers("judged", MRS_LIU, verdict="solved") == []
    assert to_officers("judged", MRS_LIU, of=case(is_open=False), verdict="no") == []
    assert to_officers("reopened", cause="judged_no", to_post="water-duty") == []
    assert to_officers("reopened", cause="appeal", to_post="water-duty") == [
        (town.LI_NA, "to_hold")
    ]


def test_a_reminder_goes_to_the_posts_it_names_else_to_the_holder():
    assert to_officers("reminded", clock="total", told=["water-head"]) == [
        (town.SUN_TAO, "reminded")
    ]
    assert to_officers("reminded", clock="total") == [(town.LI_NA, "reminded")]
    assert to_officers("reminded", clock="judgement_window") == []


def test_whoever_is_in_two_posts_that_are_reminded_is_told_once():
    posts = ["hotline-intake", "hotline-dispatch"]
    assert to_officers("reminded", clock="total", told=posts) == [(town.ZHAO_MIN, "reminded")]


def test_a_missed_call_is_not_the_holder_s_business():
    assert to_officers("deadline_missed", clock="total") == [(town.LI_NA, "deadline_missed")]
    assert to_officers("deadline_missed", clock="call") == []


def test_who_is_called_is_told_by_name_and_promptly():
    it = situation("called_upon", officer=town.SUN_TAO, due_at=instant(TOTAL))
    (notice,) = officers.to_officers(it)
    assert notice.recipient == Recipient(Kind.OFFICER, town.SUN_TAO)
    assert notice.urgency is Urgency.PROMPT
    (urgent,) = notices(situation("called_upon", of=case(is_urgent=True), officer=town.SUN_TAO))
    assert urgent.urgency is Urgency.AT_ONCE
    assert (
        to_officers("called_upon", of=case(conflicts=(town.SUN_TAO,)), officer=town.SUN_TAO) == []
    )
    assert to_officers("called_upon") == []


def test_a_sponsor_learns_of_it_unless_it_was_their_own_wish():
    assert to_officers("sponsor_named", officer=town.CHEN_HUI) == [(town.CHEN_HUI, "sponsor")]
    own = Actor.officer(town.CHEN_HUI)
    assert to_officers("sponsor_named", own, officer=town.CHEN_HUI) == []


def test_what_is_asked_goes_to_whoever_may_decide_it():
    assert to_officers("dispute_raised", LI_NA) == [(town.ZHAO_MIN, "to_decide_dispute")]
    assert to_officers("split_requested", LI_NA) == [(town.ZHAO_MIN, "to_decide")]
    for event in ("extension_requested", "legal_route_requested", "appeal_opened"):
        assert to_officers(event, LI_NA) == [(town.CHEN_HUI, "to_decide")]
    assert to_officers("resolution_proposed", LI_NA, outcome="declined") == [
        (town.CHEN_HUI, "to_decide")
    ]
    assert to_officers("resolution_proposed", LI_NA, outcome="resolved") == []


def test_support_is_asked_of_the_head_or_where_nobody_is_there_of_supervision():
    assert to_officers("support_requested", LI_NA) == [(town.SUN_TAO, "to_decide")]
    at_housing = case(holder="housing-duty", holder_unit="housing")
    assert to_officers("support_requested", of=at_housing) == [(town.CHEN_HUI, "to_decide")]
    the_heads_own = case(holder="water-head")
    assert to_officers("support_requested", of=the_heads_own) == [(town.CHEN_HUI, "to_decide")]


def test_supervision_hears_who_asks_to_look_and_who_asked_hears_the_answer():
    asked = Actor.officer(town.MA_LIN)
    assert to_officers("unmasking_requested", asked) == [(town.CHEN_HUI, "to_decide")]
    for event in ("unmasking_allowed", "unmasking_refused"):
        told = to_officers(event, Actor.officer(town.CHEN_HUI), officer=town.MA_LIN)
        assert told == [(town.MA_LIN, "decided")]
    involved = case(conflicts=(town.MA_LIN,))
    assert to_officers("unmasking_allowed", of=involved, officer=town.MA_LIN) == []
    assert to_officers("deadline_missed", clock="unmasking_decision") == []


def test_where_no_office_of_the_usual_kind_is_outside_another_decides():
    of_the_hotline = case(holder="hotline-dispatch", holder_unit="hotline")
    assert to_officers("split_requested", of=of_the_hotline) == [(town.CHEN_HUI, "to_decide")]


def test_nobody_with_a_conflict_and_nobody_of_a_unit_complained_about_is_told():
    assert to_officers("question_answered", of=case(conflicts=(town.LI_NA,))) == []
    assert to_officers("question_answered", of=case(subject_units=("water",))) == []
    assert to_officers("question_answered", of=case(subject_units=("gone", "housing"))) == [
        (town.LI_NA, "question_answered")
    ]


def test_a_post_that_is_gone_is_passed_over():
    assert to_officers("assist_requested", of_post="gone") == []
    assert to_officers("objection_filed", to_post="") == []


def test_a_recipient_is_kept_as_text_and_read_back():
    for kind in Kind:
        recipient = Recipient(kind, "7K4M-9Q2X")
        assert Recipient.parse(str(recipient)) == recipient
    with pytest.raises(ValueError, match="nobody"):
        Recipient.parse("nobody:x")


def test_fields_that_are_absent_are_empty():
    happened = situation("note_added").happened
    assert (happened.text("a"), happened.number("a"), happened.codes("a")) == ("", 0, ())
    assert happened.due("total") is None
    assert instant(None) == ""
    assert case().request(9) is None


def test_of_another_access_code_its_own_request_is_told_and_no_other():
    assert to_requesters("access_code_replaced", request=2) == [(ZHOU, "code_replaced")]
    assert to_requesters("access_code_replaced", request=9) == []


def test_when_it_is_time_to_look_back_every_requester_of_a_solved_case_is_asked():
    solved, _ = looked_back()
    asked = [(LIU, "look_back"), (ZHOU, "look_back")]
    assert to_requesters("look_back_asked", of=solved, drawn=True) == asked
    assert to_requesters("look_back_asked", of=solved, drawn=False) == []
    assert to_requesters("look_back_asked", of=case(), drawn=True) == []


def test_what_an_officer_set_is_asked_of_the_post_that_set_it():
    _, set_by = looked_back()
    assert to_requesters("look_back_asked", of=set_by, drawn=True) == []
    assert to_officers("look_back_asked", of=set_by, drawn=True) == [
        (town.ZHAO_MIN, "to_look_back")
    ]


def test_who_asked_the_office_above_is_told_its_answer_and_nobody_else():
    solved, _ = looked_back()
    by = Actor.officer(town.CHEN_HUI)
    told = to_requesters("acted_on_call", by, solved, act="instructed", asked_for=True)
    assert told == [(LIU, "answered_above")]
    assert to_requesters("acted_on_call", by, solved, act="instructed") == []


def test_of_a_relapse_the_holder_is_told():
    told = to_officers("reopened", MRS_LIU, to_post="water-duty", cause="relapse")
    assert told == [(town.LI_NA, "to_hold")]
