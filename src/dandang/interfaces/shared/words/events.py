"""One line for every event of a case, as it stands in a timeline."""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dandang.interfaces.shared.words.calls import (
    ACTED_TO_REQUESTER,
    CALLED_TO_REQUESTER,
    occasion,
)
from dandang.interfaces.shared.words.cases import (
    CALL_ANSWERS,
    CHANNELS,
    CLOCKS,
    CONTACT_WAYS,
    DECISIONS,
    DISPUTE_GROUNDS,
    ENDED_BECAUSE,
    OBSTACLES,
    OUTCOMES,
    PURPOSES,
    RECUSED_BECAUSE,
    REMEDIES,
    REOPENED_BECAUSE,
    RESUMED_BECAUSE,
    ROUTING,
    SPLIT_BECAUSE,
    STATES,
    TOTAL_MOVED_BECAUSE,
    VERDICTS,
    WITHHELD_BECAUSE,
    word,
)
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import stamp

EVENTS: Mapping[str, str | Promise] = MappingProxyType(
    {
        "case_opened": _("Request received (%(channel)s); %(to_unit)s holds it"),
        "request_attached": _("Another request about the same matter joined (%(channel)s)"),
        "assigned": _("Assigned to %(to_unit)s, %(to_post)s: %(why)s"),
        "accepted": _("Accepted by the unit"),
        "handed_over": _("Handed over from %(from_unit)s to %(to_unit)s, %(to_post)s"),
        "returned": _("Returned by %(from_unit)s to %(to_unit)s, %(to_post)s"),
        "dispute_raised": _(
            "Put before the deciding office (%(ground)s): should %(wanted_unit)s hold it?"
        ),
        "dispute_decided": _("Decided bindingly: %(to_unit)s, %(to_post)s holds it"),
        "category_changed": _("Category corrected: %(to_category)s"),
        "subject_named": _(
            "The complaint is about %(unit)s: it can neither hold the case nor see the requester"
        ),
        "external_linked": _("Number in the system above: %(external_ref)s"),
        "total_moved": _("To be finished by %(due_by)s: %(cause)s"),
        "conflict_declared": _("An officer declared a conflict of interest"),
        "recused": _("Passed to %(to_unit)s, %(to_post)s: %(cause)s"),
        "post_inherited": _("A new officer took over the post"),
        "substituted": _("A substitute acts for the post"),
        "reopened": _("Taken up again by %(to_unit)s: %(cause)s"),
        "assist_requested": _("Assistance asked of %(of_post)s, by %(due_at)s"),
        "assist_given": _("Assistance given by %(by_post)s"),
        "question_asked": _("The unit asked for something that is missing"),
        "question_answered": _("The requester answered the question"),
        "requester_contacted": _("The unit spoke with the requester (%(how)s)"),
        "note_added": _("Note added"),
        "reply_sent": _("The unit replied"),
        "other_body_asked": _(
            "%(body)s was asked on %(asked_at)s; an answer is expected by %(expected_at)s"
        ),
        "paused": _("The unit's own clock was paused until a check on %(check_at)s"),
        "resumed": _("Work goes on: %(cause)s"),
        "condition_checked": _("The condition was checked: %(holds)s"),
        "legal_route_requested": _("The unit asked for the legal route: %(body)s, %(article)s"),
        "legal_route_refused": _("The legal route was refused"),
        "legal_route_entered": _(
            "On the legal route: %(body)s, no. %(acceptance_number)s, decision due by %(due_at)s"
        ),
        "legal_route_updated": _("News from the legal route"),
        "extension_requested": _("More time asked for: %(working_days)s working days"),
        "extension_decided": _("Decided on more time: %(decision)s"),
        "stall_explained": _("The holder said what keeps the case from going on: %(obstacle)s"),
        "support_requested": _("The holder asked for %(remedy)s"),
        "support_decided": _("The request for %(remedy)s was answered: %(decision)s"),
        "promise_made": _("The unit promised: %(promised_for)s"),
        "promise_kept": _("The promise was kept"),
        "promise_broken": _("The promise was not kept"),
        "corrected": _("Correction of entry no. %(corrects_seq)s"),
        "objection_filed": _("Objection in writing, to %(to_unit)s, %(to_post)s"),
        "objection_answered": _("The objection in entry no. %(objection_seq)s was answered"),
        "split_requested": _("The unit asked to split the matter"),
        "split_refused": _("The split was refused"),
        "split": _("A part goes on as a case of its own: %(cause)s"),
        "child_ended": _("A part of the matter ended: %(end)s"),
        "child_reopened": _("A part of the matter is worked on again"),
        "request_detached": _("A request left the case again: the merge was undone"),
        "merged": _("Merged into another case"),
        "unmerged": _("The merge was undone; %(to_unit)s, %(to_post)s holds it"),
        "resolution_proposed": _("The unit proposes to close: %(outcome)s"),
        "proposal_rejected": _("The proposal was sent back to the unit"),
        "explained": _("Explained: lawful and in order"),
        "declined": _("Declined"),
        "concluded": _("Concluded by law: review no. %(review_number)s"),
        "withdrawn": _("Withdrawn by the requester"),
        "sample_judged": _("A second reader looked at how the case ended (sample %(draw)s)"),
        "appeal_opened": _("The requester appealed"),
        "appeal_decided": _("The appeal was decided: %(decision)s"),
        "deadline_missed": _("A deadline passed: %(clock)s"),
        "reminded": _("Reminded: %(step)s"),
        "escalated": _("The next step was reached: %(step)s"),
        "called_upon": _("%(called_post)s was called to act by %(due_at)s: %(step)s"),
        "acted_on_call": _("Acted on the call: %(act)s"),
        "due_times_settled": _("Deadlines set for good by the calendar notice: %(notice)s"),
        "sponsor_named": _("%(sponsor_post)s sponsors this case"),
        "judged": _("The requester says: %(verdict)s"),
        "rated": _("The requester rated the service: %(stars)s of 5"),
        "judgement_lapsed": _("Closed without an answer of the requester: %(cause)s"),
        "premature_close": _("Closing had been proposed too early"),
        "look_back_asked": _("Looking back: the requesters are asked whether it is still solved"),
        "looked_back": _("The requester says: it is still solved"),
        "escalation_asked": _("The requester asked the office above to act"),
        "recurred": _("The same matter came back"),
        "imported": _("Taken over from another system (%(source)s)"),
        "identity_unmasked": _("Looked at who sent request %(request)s: %(purpose)s"),
        "earlier_requests_seen": _(
            "Looked at what the sender of request %(request)s sent before: %(purpose)s"
        ),
        "unmasking_requested": _("Asked to see who sent request %(request)s: %(purpose)s"),
        "unmasking_allowed": _(
            "Another officer was allowed to see who sent request %(request)s, until %(until)s"
        ),
        "unmasking_refused": _("Another officer was refused to see who sent request %(request)s"),
        "contact_changed": _("The contact details of request %(request)s were corrected"),
        "contact_erased": _("The contact details of request %(request)s were erased"),
        "access_code_replaced": _(
            "Request %(request)s got a new access code, by a one-time code to its requester"
        ),
        "publishing_allowed": _("The requester agreed that the matter is shown publicly"),
        "text_published": _("A text of the matter was published, without names and numbers"),
        "text_withheld": _("Nothing of the matter is published: %(cause)s"),
        "erasure_requested": _("Asked for the erasure of personal data (%(basis)s)"),
        "erased": _("Personal data were erased by law"),
    }
)

_CAUSES = {
    **REOPENED_BECAUSE,
    **RESUMED_BECAUSE,
    **ENDED_BECAUSE,
    **SPLIT_BECAUSE,
    **RECUSED_BECAUSE,
    **TOTAL_MOVED_BECAUSE,
    **WITHHELD_BECAUSE,
}
_TAKEN_DOWN = ("phone", "counter", "letter")
_HOLDS = {"True": _("it still holds"), "False": _("it no longer holds")}

_VARIANTS: Mapping[tuple[str, str, str], str | Promise] = MappingProxyType(
    {
        ("access_code_replaced", "how", "officer"): _(
            "Request %(request)s got a new access code, from an officer"
        ),
        ("case_opened", "channel", "system"): _("Found by the system; %(to_unit)s holds it"),
        ("case_opened", "kind", "decision"): _("Decision set; %(to_unit)s holds it"),
        ("case_opened", "kind", "finding"): _("Found by an officer; %(to_unit)s holds it"),
        ("declined", "results_in", "not_solved"): _("Closed although not solved, by decision"),
        ("deadline_missed", "clock", "call"): _("The call was not answered in time"),
        ("escalated", "step", "leaders_list"): _(
            "On the leader's list: everybody who was called stayed silent"
        ),
        ("escalated", "step", "took_over"): _("%(to_unit)s, %(to_post)s took the case over"),
        ("escalated", "step", "second_no"): _(
            "The second “not solved”: %(to_unit)s, %(to_post)s decides now"
        ),
        ("extension_decided", "decision", "granted"): _(
            "More time granted: %(working_days)s working days"
        ),
        ("publishing_allowed", "allowed", "False"): _(
            "The requester does not want the matter to be shown publicly"
        ),
        ("reminded", "clock", "judgement_window"): _("The requester was reminded of the question"),
        **{
            ("note_added", "channel", channel): _("The requester added details (%(channel)s)")
            for channel in _TAKEN_DOWN
        },
        **{
            ("appeal_opened", "channel", channel): _("The requester appealed (%(channel)s)")
            for channel in _TAKEN_DOWN
        },
        **{
            ("question_answered", "channel", channel): _(
                "The requester answered the question (%(channel)s)"
            )
            for channel in _TAKEN_DOWN
        },
        ("judged", "collected", "setter"): _("The post that set this says: %(verdict)s"),
        ("look_back_asked", "drawn", "False"): _("Not among the cases drawn for looking back"),
        ("looked_back", "holds", "False"): _("The requester says: it is not solved any more"),
        ("legal_route_updated", "left", "True"): _("Back from the legal route"),
        ("split", "cause", "judged_no"): _("One request goes on in a case of its own: %(cause)s"),
        ("split", "cause", "judged_partly"): _(
            "One request goes on in a case of its own: %(cause)s"
        ),
    }
)
"""Other words for an event of which a field says this."""

TO_REQUESTER: Mapping[str, str | Promise] = MappingProxyType(
    {
        "acted_on_call": _("The office that was asked to act has acted"),
        "called_upon": _("The office above was asked to act"),
        "corrected": _("An earlier entry was corrected"),
        "look_back_asked": _("You were asked whether it is still solved"),
        "escalation_asked": _("The office above was asked for help"),
        "merged": _("Joined with the same matter, which is worked on already"),
        "objection_answered": _("Your objection was answered"),
        "reminded": _("Those who are responsible were reminded"),
        "objection_filed": _("You objected in writing"),
        "subject_named": _(
            "It is a complaint about an office: this office neither holds it nor sees who sent it"
        ),
        "unmerged": _("Worked on separately again, by %(to_unit)s, %(to_post)s"),
    }
)
"""Words of their own for requesters."""

_OF_THEIR_OWN: Mapping[str, str | Promise] = MappingProxyType(
    {
        "access_code_replaced": _("Your request got a new access code; the old one opens nothing"),
        "contact_changed": _("Your contact details were corrected"),
        "contact_erased": _("Your contact details were erased"),
        "escalation_asked": _("Asked the office above to act"),
        "earlier_requests_seen": _("Looked at what you sent before: %(purpose)s"),
        "identity_unmasked": _("Looked at who you are and how to reach you: %(purpose)s"),
        "looked_back": _("Said that it is still solved"),
        "rated": _("Rated the service: %(stars)s of 5"),
        "request_attached": _("Your request joined this matter"),
        "request_detached": _("Your request left this matter again"),
        "split": _("Your request goes on in a case of its own: %(cause)s"),
    }
)
_OF_ANOTHER: Mapping[str, str | Promise] = MappingProxyType(
    {
        "request_detached": _("Another request left this matter again"),
        "split": _("A part goes on as a case of its own"),
    }
)

_VARIANTS_TO_REQUESTER: Mapping[tuple[str, str], Mapping[str, str | Promise]] = MappingProxyType(
    {
        ("called_upon", "target"): CALLED_TO_REQUESTER,
        ("acted_on_call", "act"): ACTED_TO_REQUESTER,
        ("deadline_missed", "clock"): {"call": _("Whoever was asked to act did not in time")},
        ("escalated", "step"): {"leaders_list": _("The matter is on the list of the leaders")},
        ("reminded", "clock"): {
            "judgement_window": _("You were reminded of the question whether it is solved")
        },
    }
)
"""Other words for requesters where a field of an event says this."""

_INSTANTS = frozenset(
    {
        *("asked_at", "check_at", "due_at", "expected_at", "reviewed_at", "inherited_at"),
        *("due_by", "external_due", "promised_for", "confirm_not_before", "until"),
    }
)

_CODES: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        "act": lambda code: word(CALL_ANSWERS, code),
        "cause": lambda code: word(_CAUSES, code),
        "channel": lambda code: word(CHANNELS, code),
        "clock": lambda code: word(CLOCKS, code),
        "decision": lambda code: word(DECISIONS, code),
        "end": lambda code: word(STATES, code),
        "ground": lambda code: word(DISPUTE_GROUNDS, code),
        "holds": lambda code: word(_HOLDS, code),
        "how": lambda code: word(CONTACT_WAYS, code),
        "outcome": lambda code: word(OUTCOMES, code),
        "obstacle": lambda code: word(OBSTACLES, code),
        "purpose": lambda code: word(PURPOSES, code),
        "remedy": lambda code: word(REMEDIES, code),
        "verdict": lambda code: word(VERDICTS, code),
        "why": lambda code: word(ROUTING, code),
    }
)


def event_line(event_type: str, fields: Mapping[str, object], names: Names) -> str:
    """Return one line for an event; it names units and posts, never people.

    `fields` are the event's fields as the ledger holds them. An unknown type stands for itself.
    """
    words = _words(event_type, fields)
    if words is None:
        return event_type
    return str(words) % _Values(fields, names)


def line_to_requester(
    event_type: str, fields: Mapping[str, object], names: Names, *, is_own: bool
) -> str:
    """Return one line for an event in words to a requester; `is_own`: it is about their request."""
    if event_type == "looked_back" and not fields.get("holds"):
        return event_line(event_type, fields, names)
    about = _OF_THEIR_OWN if is_own else _OF_ANOTHER
    words = (
        about.get(event_type)
        or _variant_to_requester(event_type, fields)
        or TO_REQUESTER.get(event_type)
    )
    if words is None:
        return event_line(event_type, fields, names)
    return str(words) % _Values(fields, names)


def _variant_to_requester(event_type: str, fields: Mapping[str, object]) -> str | Promise | None:
    for (kind, field), variants in _VARIANTS_TO_REQUESTER.items():
        if kind == event_type:
            return variants.get(str(fields.get(field)))
    return None


def _words(event_type: str, fields: Mapping[str, object]) -> str | Promise | None:
    for (kind, field, value), words in _VARIANTS.items():
        if kind == event_type and str(fields.get(field)) == value:
            return words
    return EVENTS.get(event_type)


class _Values(dict[str, str]):
    """The values of a line, looked up only when the words ask for them."""

    def __init__(self, fields: Mapping[str, object], names: Names) -> None:
        super().__init__()
        self._fields = fields
        self._names = names

    def __missing__(self, key: str) -> str:
        value = self._fields.get(key)
        if value is None:
            return ""
        code = str(value)
        if key in _INSTANTS:
            return stamp(datetime.fromisoformat(code))
        if key in _CODES:
            return _CODES[key](code)
        return self._named(key, code)

    def _named(self, key: str, code: str) -> str:
        if key == "step":
            return occasion(code, self._names)
        if key == "unit" or key.endswith("_unit"):
            return self._names.unit(code)
        if key.endswith("_category"):
            return self._names.category(code)
        if key in {"to_post", "from_post", "wanted_post"}:
            return self._names.post(code)
        return self._names.post_with_unit(code) if key.endswith("_post") else code
