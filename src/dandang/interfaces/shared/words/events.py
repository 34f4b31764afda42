"""One line for every event of a case, as it stands in a timeline."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dandang.interfaces.shared.words.cases import (
    CHANNELS,
    CLOCKS,
    CONTACT_WAYS,
    DISPUTE_GROUNDS,
    ENDED_BECAUSE,
    OUTCOMES,
    REOPENED_BECAUSE,
    RESUMED_BECAUSE,
    ROUTING,
    STATES,
    VERDICTS,
    word,
)
from dandang.interfaces.shared.words.names import Names

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
        "conflict_declared": _("An officer declared a conflict of interest"),
        "recused": _("Passed to the substitute: %(to_unit)s, %(to_post)s"),
        "post_inherited": _("A new officer took over the post"),
        "substituted": _("A substitute acts for the post"),
        "reopened": _("Taken up again by %(to_unit)s: %(cause)s"),
        "assist_requested": _("Assistance asked of %(of_post)s"),
        "assist_given": _("Assistance given by %(by_post)s"),
        "question_asked": _("The unit asked for something that is missing"),
        "question_answered": _("The requester answered the question"),
        "requester_contacted": _("The unit spoke with the requester (%(how)s)"),
        "note_added": _("Note added"),
        "reply_sent": _("The unit replied"),
        "paused": _("A clock of the unit was paused: %(condition)s"),
        "resumed": _("Work goes on: %(cause)s"),
        "condition_checked": _("A condition was checked: %(condition)s"),
        "legal_route_entered": _("On the legal route: %(body)s, no. %(acceptance_number)s"),
        "legal_route_updated": _("News from the legal route"),
        "extension_requested": _("More time asked for: %(working_days)s working days"),
        "extension_decided": _("Decided on more time: %(decision)s"),
        "promise_made": _("The unit promised a date"),
        "promise_kept": _("The promise was kept"),
        "promise_broken": _("The promise was not kept"),
        "corrected": _("Correction of entry no. %(corrects_seq)s"),
        "objection_filed": _("An officer objected in writing"),
        "objection_answered": _("The objection was answered"),
        "split_requested": _("The unit asked to split the matter"),
        "split": _("The matter was split into parts"),
        "child_ended": _("A part of the matter ended: %(end)s"),
        "merged": _("Merged into another case"),
        "unmerged": _("The merge was undone"),
        "resolution_proposed": _("The unit proposes to close: %(outcome)s"),
        "proposal_rejected": _("The proposal was sent back to the unit"),
        "explained": _("Explained: lawful and in order"),
        "declined": _("Declined"),
        "concluded": _("Concluded by law: review no. %(review_number)s"),
        "withdrawn": _("Withdrawn by the requester"),
        "appeal_opened": _("The requester appealed"),
        "appeal_decided": _("The appeal was decided: %(decision)s"),
        "deadline_missed": _("A deadline passed: %(clock)s"),
        "reminded": _("The unit was reminded: %(clock)s"),
        "escalated": _("Went up to the office above"),
        "called_upon": _("%(called_post)s was called to act"),
        "acted_on_call": _("The called office acted"),
        "sponsor_named": _("%(sponsor_post)s sponsors this case"),
        "judged": _("The requester says: %(verdict)s"),
        "rated": _("The requester rated the service: %(stars)s of 5"),
        "judgement_lapsed": _("Closed without an answer of the requester: %(cause)s"),
        "premature_close": _("Closing had been proposed too early"),
        "looked_back": _("Looked at again after some time"),
        "recurred": _("The same matter came back"),
        "imported": _("Taken over from another system (%(source)s)"),
        "identity_unmasked": _("The identity of a protected requester was looked at"),
        "erased": _("Personal data were erased by law"),
    }
)

_CAUSES = {**REOPENED_BECAUSE, **RESUMED_BECAUSE, **ENDED_BECAUSE}
_DECISIONS = {"granted": _("granted"), "refused": _("refused")}

_CODES: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        "cause": lambda code: word(_CAUSES, code),
        "channel": lambda code: word(CHANNELS, code),
        "clock": lambda code: word(CLOCKS, code),
        "decision": lambda code: word(_DECISIONS, code),
        "end": lambda code: word(STATES, code),
        "ground": lambda code: word(DISPUTE_GROUNDS, code),
        "how": lambda code: word(CONTACT_WAYS, code),
        "outcome": lambda code: word(OUTCOMES, code),
        "verdict": lambda code: word(VERDICTS, code),
        "why": lambda code: word(ROUTING, code),
    }
)


def event_line(event_type: str, fields: Mapping[str, object], names: Names) -> str:
    """Return one line for an event; it names units and posts, never people.

    `fields` are the event's fields as the ledger holds them. An unknown type stands for itself.
    """
    words = EVENTS.get(event_type)
    if words is None:
        return event_type
    return str(words) % _Values(fields, names)


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
        if key in _CODES:
            return _CODES[key](code)
        if key.endswith("_unit"):
            return self._names.unit(code)
        if key.endswith("_category"):
            return self._names.category(code)
        if key in {"to_post", "from_post", "wanted_post"}:
            return self._names.post(code)
        return self._names.post_with_unit(code) if key.endswith("_post") else code
