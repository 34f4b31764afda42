"""Every verb that officers have, each done once as it should be, on a case that waits for it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from dandang.interfaces.shared import clock
from dandang.lifecycle.casework.queries import find
from dandang.lifecycle.intake.actions import open_request
from dandang.lifecycle.intake.rules import Open
from dandang.lifecycle.perform import perform
from dandang.lifecycle.verbs import READY
from dandang.lifecycle.work import fire_until
from dandang.terms import Actor
from tests import town
from tests.interfaces.desk.office import (
    NOT_OURS,
    asked,
    assigned,
    disputed,
    in_progress,
    noise,
    proposed,
    proposed_to_decline,
    proposed_to_explain,
    received,
    solved,
)
from tests.interfaces.stories import later, officer, wait_until

RECEIPTS = frozenset({"attach", "replace-code"})
"""Verbs that answer with a receipt at once instead of leading to another page."""

THURSDAY = "2026-10-15T17:00"
FROST = {
    "reason": "bad_weather",
    "condition": "The ground is free of frost",
    "check_at": THURSDAY,
    "text": "Nothing can be dug up in this frost",
}
COURT = {
    "article": "Water act, article 12",
    "body": "Court of Jiangcheng",
    "acceptance_number": "2026-118",
    "due_at": "2026-12-11T17:00",
    "text": "The court has to say whose pipe it is",
}
MORE_TIME = {
    "reason": "construction_time",
    "condition": "The new pump is delivered",
    "working_days": "3",
    "text": "The pump comes on Friday",
}
NOT_LAWFUL = {
    "reason": "cannot_lawfully",
    "basis": "Water act, article 12",
    "text": "The law does not allow it",
    "alternative": "The court of Jiangcheng",
    "second_reader": town.WANG_QIANG,
}
LAMPS = {"to_post": "cityman-duty", "title": "The lamps", "text": "The lamps are out, too"}


def looked_back() -> str:
    """Mrs Liu confirmed it thirty days ago; now she is asked whether it still holds."""
    reference = solved()
    at = find(reference).state.clocks["look_back"].at
    wait_until(at)
    fire_until(at)
    return reference


def agreed() -> str:
    """Open Mrs Liu's case, whose sender agreed that it is shown."""
    reference = in_progress()
    perform("allow-publishing", reference, {"allowed": "yes"}, by=Actor.requester(1), now=later())
    return reference


def found_by_office() -> str:
    """Open what supervision found, at the water bureau."""
    return open_request(
        Open(
            title="A hydrant leaks",
            text="It has leaked since Monday",
            channel="counter",
            category="water_supply",
            kind="finding",
        ),
        by=Actor.officer(town.CHEN_HUI),
        now=later(),
    ).reference


def standing_still() -> str:
    """Open a case in which nothing was done for so long that its ladder asks why."""
    reference = noise()
    officer("accept", reference, town.WANG_QIANG, at=clock.now())
    at = clock.now() + timedelta(days=8)
    wait_until(at)
    fire_until(at)
    return reference


def support_asked() -> str:
    reference = standing_still()
    why = {"obstacle": "overloaded", "text": "Forty cases are open"}
    officer("explain-stall", reference, town.WANG_QIANG, at=clock.now(), **why)
    return reference


def split_asked() -> str:
    reference = in_progress()
    officer("ask-split", reference, town.LI_NA, text="The lamps are another matter")
    return reference


def merged() -> str:
    """A second report of the same outage that Zhao Min has joined to the first."""
    reference = in_progress(text="Still no water")
    officer("merge", reference, town.ZHAO_MIN, into=assigned(), text="The same outage")
    return reference


def assist_asked() -> str:
    reference = in_progress()
    officer("request-assist", reference, town.LI_NA, of_post="housing-duty", text="Open the cellar")
    return reference


def paused() -> str:
    reference = in_progress()
    officer("pause", reference, town.SUN_TAO, **{**FROST, "check_at": f"{THURSDAY}+08:00"})
    return reference


def route_asked() -> str:
    reference = in_progress()
    due_at = f"{COURT['due_at']}+08:00"
    officer("ask-legal-route", reference, town.LI_NA, **{**COURT, "due_at": due_at})
    return reference


def on_legal_route() -> str:
    reference = route_asked()
    officer("enter-legal-route", reference, town.CHEN_HUI, text="The court decides")
    return reference


def more_time_asked() -> str:
    reference = in_progress()
    officer("ask-extension", reference, town.LI_NA, **MORE_TIME)
    return reference


def objected() -> str:
    reference = in_progress()
    officer(
        "object", reference, town.LI_NA, to_post="supervision-desk", text="This pump is not safe"
    )
    return reference


def refused_twice() -> str:
    """Mrs Liu has said no twice: the case is before the supervision office."""
    reference = proposed()
    no = {"verdict": "no"}
    perform("judge", reference, no, by=Actor.requester(1), now=town.MONDAY)
    officer("propose", reference, town.LI_NA, outcome="resolved", text="Repaired again")
    perform("judge", reference, no, by=Actor.requester(1), now=town.MONDAY)
    return reference


def declined() -> str:
    """Return a case that Zhao Min has declined."""
    reference = proposed_to_decline()
    officer("decline", reference, town.ZHAO_MIN, **NOT_LAWFUL)
    return reference


def appealed() -> str:
    """Zhao Min has declined it; Mrs Liu appeals."""
    reference = declined()
    perform("appeal", reference, {"text": "It can"}, by=Actor.requester(1), now=town.MONDAY)
    return reference


def called() -> str:
    """Nobody spoke with Mrs Liu within two hours: Sun Tao, the head of the bureau, is called."""
    reference = in_progress()
    fire_until(later(hours=2, minutes=5))
    return reference


def erasure_asked() -> str:
    reference = solved()
    officer("ask-erase", reference, town.ZHAO_MIN, basis="Data protection act, article 47")
    return reference


def unmasking_asked() -> str:
    """The mayor wants to know who wrote."""
    reference = in_progress()
    officer("ask-unmask", reference, town.MA_LIN, purpose="complaint_handling")
    return reference


@dataclass(frozen=True)
class Example:
    """A verb as somebody does it: `case` makes the case, `by` does it, `values` are typed."""

    case: Callable[[], str]
    by: str
    typed: Mapping[str, object] = field(default_factory=dict)

    @property
    def values(self) -> dict[str, object]:
        """What is typed; a case that is named is made now."""
        return {name: value() if callable(value) else value for name, value in self.typed.items()}


_ONLY = {"request": "1"}
ALL = {
    "attach": Example(
        in_progress, town.ZHAO_MIN, {"text": "No water either", "phone": "13800000001"}
    ),
    "assign": Example(
        received, town.ZHAO_MIN, {"to_post": "cityman-duty", "category": "city_appearance"}
    ),
    "accept": Example(assigned, town.LI_NA),
    "hand-over": Example(in_progress, town.LI_NA, {"to_post": "housing-duty", **NOT_OURS}),
    "return": Example(noise, town.WANG_QIANG, NOT_OURS),
    "dispute": Example(noise, town.WANG_QIANG, {"to_post": "qingshan-duty", **NOT_OURS}),
    "decide-dispute": Example(
        disputed,
        town.CHEN_HUI,
        {"to_post": "housing-duty", "basis": "List no. 11", "text": "Housing leads"},
    ),
    "ask": Example(in_progress, town.LI_NA, {"missing": "Floor", "text": "Which floor is it?"}),
    "answer": Example(
        asked, town.ZHAO_MIN, {"text": "The fifth", "channel": "phone", "request": "1"}
    ),
    "contacted": Example(in_progress, town.LI_NA, {"how": "phone", "text": "We come at ten"}),
    "note": Example(in_progress, town.LI_NA, {"text": "Pump 3 again", "internal": "on"}),
    "reply": Example(in_progress, town.LI_NA, {"text": "Pump 3 is being repaired"}),
    "resume": Example(asked, town.LI_NA),
    "propose": Example(in_progress, town.LI_NA, {"outcome": "resolved", "text": "Repaired"}),
    "reject-proposal": Example(
        proposed, town.CHEN_HUI, {"reason": "work_not_done", "text": "Floor 5 is still dry"}
    ),
    "judge": Example(proposed, town.ZHAO_MIN, {"verdict": "solved", "request": "1"}),
    "rate": Example(solved, town.ZHAO_MIN, {"stars": "4", "request": "1"}),
    "look-back": Example(looked_back, town.ZHAO_MIN, {"holds": "yes", "request": "1"}),
    "change-contact": Example(
        in_progress, town.ZHAO_MIN, {"phone": "13800000003", "checked": "Called back", **_ONLY}
    ),
    "replace-code": Example(in_progress, town.ZHAO_MIN, {"checked": "Identity card", **_ONLY}),
    "explain": Example(
        proposed_to_explain,
        town.CHEN_HUI,
        {"reason": "permit_valid", "basis": "Permit 2026-31", "text": "The permit is in order"},
    ),
    "decline": Example(proposed_to_decline, town.CHEN_HUI, NOT_LAWFUL),
    "reopen": Example(solved, town.CHEN_HUI, {"text": "It broke again the same night"}),
    "change-category": Example(
        in_progress, town.ZHAO_MIN, {"category": "city_appearance", "text": "It is the street"}
    ),
    "name-subject": Example(
        in_progress, town.ZHAO_MIN, {"unit": "cityman", "text": "It is about their officers"}
    ),
    "link-external": Example(
        in_progress,
        town.ZHAO_MIN,
        {"external_ref": "12345-77", "external_due": "2026-10-13T17:00"},
    ),
    "ask-split": Example(in_progress, town.LI_NA, {"text": "The lamps are another matter"}),
    "refuse-split": Example(split_asked, town.ZHAO_MIN, {"text": "It is one matter"}),
    "split": Example(split_asked, town.ZHAO_MIN, LAMPS),
    "merge": Example(in_progress, town.ZHAO_MIN, {"into": assigned, "text": "The same outage"}),
    "unmerge": Example(merged, town.ZHAO_MIN, {"text": "Another pipe after all"}),
    "declare-conflict": Example(in_progress, town.LI_NA, {"text": "It is my own house"}),
    "request-assist": Example(
        in_progress, town.LI_NA, {"of_post": "housing-duty", "text": "Open the cellar"}
    ),
    "give-assist": Example(assist_asked, town.WANG_QIANG, {"text": "The cellar is open"}),
    "pause": Example(in_progress, town.SUN_TAO, FROST),
    "check-condition": Example(
        paused, town.SUN_TAO, {"holds": "no", "text": "It thaws", "check_at": ""}
    ),
    "ask-other": Example(
        in_progress,
        town.LI_NA,
        {
            "body": "Grid company",
            "asked_at": "2026-10-12T08:30",
            "expected_at": THURSDAY,
            "text": "When does the pump get its power back?",
        },
    ),
    "ask-legal-route": Example(in_progress, town.LI_NA, COURT),
    "enter-legal-route": Example(route_asked, town.CHEN_HUI, {"text": "The court decides"}),
    "refuse-legal-route": Example(route_asked, town.CHEN_HUI, {"text": "Repair it first"}),
    "update-legal-route": Example(on_legal_route, town.LI_NA, {"text": "Heard on Friday"}),
    "leave-legal-route": Example(on_legal_route, town.LI_NA, {"text": "The court decided"}),
    "ask-extension": Example(in_progress, town.LI_NA, MORE_TIME),
    "decide-extension": Example(
        more_time_asked, town.CHEN_HUI, {"decision": "granted", "text": "Until the pump is there"}
    ),
    "promise": Example(
        in_progress, town.LI_NA, {"promised_for": "2026-10-12T15:00", "text": "Water at three"}
    ),
    "correct": Example(
        in_progress,
        town.LI_NA,
        {"corrects_seq": "2", "wrong": "The wrong building", "text": "It is number 5"},
    ),
    "object": Example(
        in_progress, town.LI_NA, {"to_post": "supervision-desk", "text": "It is not safe"}
    ),
    "answer-objection": Example(
        objected, town.CHEN_HUI, {"objection_seq": "3", "text": "It will be looked at"}
    ),
    "conclude": Example(
        noise,
        town.CHEN_HUI,
        {
            "reason": "final_review_given",
            "review_number": "2026-3",
            "reviewed_at": "2026-09-01T09:00",
            "text": "The review of September stands",
        },
    ),
    "close-not-solved": Example(
        refused_twice,
        town.ZHAO_MIN,
        {"reason": "means_exhausted", "text": "Nothing more can be done"},
    ),
    "appeal": Example(
        declined, town.ZHAO_MIN, {"text": "It can be done", "request": "1", "channel": "phone"}
    ),
    "decide-appeal": Example(
        appealed, town.CHEN_HUI, {"decision": "granted", "text": "There is one more pump"}
    ),
    "act-on-call": Example(
        called,
        town.SUN_TAO,
        {
            "act": "instructed",
            "who": "water-duty",
            "due_at": "2026-10-12T15:00",
            "text": "Call Mrs Liu and say when the pump is there",
        },
    ),
    "name-sponsor": Example(
        in_progress, town.CHEN_HUI, {"to_post": "water-head", "text": "Every week anew"}
    ),
    "allow-publishing": Example(found_by_office, town.CHEN_HUI, {"allowed": "yes"}),
    "publish-text": Example(
        agreed, town.ZHAO_MIN, {"title": "No water", "text": "Since this morning there is none"}
    ),
    "withhold-text": Example(agreed, town.CHEN_HUI, {"cause": "third_party"}),
    "see-earlier": Example(in_progress, town.LI_NA, {"purpose": "same_matter", **_ONLY}),
    "unmask": Example(in_progress, town.LI_NA, {"purpose": "to_call", **_ONLY}),
    "ask-unmask": Example(in_progress, town.MA_LIN, {"purpose": "complaint_handling", **_ONLY}),
    "allow-unmask": Example(unmasking_asked, town.CHEN_HUI, {"asked_seq": "3"}),
    "refuse-unmask": Example(
        unmasking_asked, town.CHEN_HUI, {"asked_seq": "3", "text": "The officer in charge calls"}
    ),
    "ask-erase": Example(solved, town.ZHAO_MIN, {"basis": "Data protection act, article 47"}),
    "erase": Example(erasure_asked, town.CHEN_HUI),
    "explain-stall": Example(
        standing_still,
        town.WANG_QIANG,
        {"obstacle": "no_authority", "text": "The road is not ours"},
    ),
    "decide-support": Example(
        support_asked,
        town.CHEN_HUI,
        {"decision": "granted", "text": "They have time", "to_post": "cityman-duty"},
    ),
}
"""Every verb that officers have, each done once as it should be."""

NOT_AT_THE_DESK = {"ask-escalation", "lapse", "withdraw", "erase-contact"}
"""Verbs of the requester and of the system."""

EXAMPLES = {verb: example for verb, example in ALL.items() if verb in READY}
