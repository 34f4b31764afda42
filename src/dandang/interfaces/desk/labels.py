"""What stands at a field of a verb at the desk: its label, and a sentence under it."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dandang.interfaces.shared.words.fields import field as plain_label

_BASIS = _("The rule or the line of the duty list. Needed where the reason says so.")
_DECISION_BASIS = _("The rule or the line of the duty list on which the decision rests.")
_SEEN = _("The requester reads this.")
_NOT_FOR_SCOPE = _("Not needed when it is out of scope.")

_LABELS: Mapping[tuple[str, str], str | Promise] = MappingProxyType(
    {
        ("attach", "text"): _("What the requester says"),
        ("attach", "name"): _("Name of the requester"),
        ("decline", "text"): _("Why, in words the requester understands"),
        ("decline", "second_reader"): _("Second reader"),
        ("dispute", "text"): _("Why another post should hold it"),
        ("explain", "text"): _("What was found, and why it is in order"),
        ("judge", "text"): _("What the requester says about it"),
        ("judge", "request"): _("Whose answer is it?"),
        ("reject-proposal", "text"): _("What is still to be done"),
        ("reopen", "text"): _("Why it is taken up again"),
    }
)
_HINTS: Mapping[tuple[str, str], str | Promise] = MappingProxyType(
    {
        ("ask", "missing"): _("Exactly what is needed, in a few words."),
        ("assign", "category"): _("The arrow shows who leads such matters in this area."),
        ("assign", "text"): _("The requester does not see it."),
        ("attach", "phone"): _("A phone number or an e-mail address, to ask for an answer."),
        ("contacted", "text"): _SEEN,
        ("decide-dispute", "basis"): _DECISION_BASIS,
        ("decide-dispute", "text"): _SEEN,
        ("decline", "basis"): _("The article of the law or the rule."),
        ("decline", "second_reader"): _("An officer outside the unit who has read this decision."),
        ("dispute", "basis"): _BASIS,
        ("explain", "basis"): _DECISION_BASIS,
        ("explain", "text"): _SEEN,
        ("hand-over", "basis"): _BASIS,
        ("judge", "agreed"): _("Only with “partly solved”; without it the rest stays open."),
        ("judge", "was_contacted"): _("Ask in these words."),
        ("judge", "was_pressed"): _(
            "Ask in these words. The unit that holds the case does not see the answer."
        ),
        ("note", "internal"): _("Officers who may open the case still read it."),
        ("propose", "text"): _("What was done, where and when. The requester reads this."),
        ("propose", "contacted_by"): _("Who spoke with the requester about the result, and how."),
        ("propose", "reason"): _("Only to explain or to decline."),
        ("propose", "basis"): _("Only to explain or to decline: the rule it rests on."),
        ("reopen", "text"): _SEEN,
        ("return", "basis"): _BASIS,
    }
)
_NOT_ALWAYS = frozenset({("decline", "alternative"), ("decline", "second_reader")})


def label(verb: str, field: str) -> str:
    """Return the label of a field of a verb, in words for officers."""
    return str(_LABELS.get((verb, field)) or plain_label(field, verb))


def hint(verb: str, field: str, *, is_needed: bool) -> str:
    """Return the hint for a field of a verb; "" where the label says enough."""
    hints = [_HINTS.get((verb, field), "")]
    if (verb, field) in _NOT_ALWAYS and not is_needed:
        hints.append(_NOT_FOR_SCOPE)
    return " ".join(str(one) for one in hints if one)
