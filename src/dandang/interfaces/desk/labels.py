"""What stands at a field of a verb at the desk: its label, and a sentence under it."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dandang.interfaces.shared.words.fields import field as plain_label

_BASIS = _("The rule or the line of the duty list. Needed where the reason says so.")
_DECISION_BASIS = _("The rule or the line of the duty list on which the decision rests.")
_SEEN = _("The requester reads this.")
_CHECKED = _(
    "For example: shown an identity card, called back under the number left. Write down no numbers."
)
_NOT_FOR_SCOPE = _("Not needed when it is out of scope.")

_LABELS: Mapping[tuple[str, str], str | Promise] = MappingProxyType(
    {
        ("act-on-call", "text"): _("What you order or decide, and why"),
        ("act-on-call", "due_at"): _("Until when"),
        ("name-sponsor", "to_post"): _("Post that answers for the case"),
        ("name-sponsor", "text"): _("Why this one"),
        ("attach", "text"): _("What the requester says"),
        ("attach", "name"): _("Name of the requester"),
        ("answer", "text"): _("What the requester answers"),
        ("answer", "request"): _("Whose answer is it?"),
        ("appeal", "text"): _("What the requester says against the end"),
        ("appeal", "request"): _("Whose appeal is it?"),
        ("note", "request"): _("Whose words are they?"),
        ("decline", "text"): _("Why, in words the requester understands"),
        ("decline", "second_reader"): _("Second reader"),
        ("dispute", "text"): _("Why another post should hold it"),
        ("explain", "text"): _("What was found, and why it is in order"),
        ("judge", "text"): _("What the requester says about it"),
        ("judge", "request"): _("Whose answer is it?"),
        ("look-back", "holds"): _("Is it still solved?"),
        ("look-back", "text"): _("What the requester says about it"),
        ("look-back", "request"): _("Whose answer is it?"),
        ("rate", "text"): _("What the requester says about the service"),
        ("rate", "request"): _("Whose rating is it?"),
        ("merge", "text"): _("Why it is the same matter"),
        ("unmerge", "text"): _("Why they are two matters"),
        ("split", "to_post"): _("Post that holds the part"),
        ("split", "title"): _("What the part is about"),
        ("split", "text"): _("What is to be done"),
        ("ask-split", "text"): _("Which part another post should work on"),
        ("refuse-split", "text"): _("Reasons"),
        ("request-assist", "text"): _("What you need from them"),
        ("give-assist", "text"): _("What was done or found"),
        ("pause", "text"): _("Why the work stands still"),
        ("explain-stall", "text"): _("What is missing, and what you have tried"),
        ("explain-stall", "of_post"): _("Whose help"),
        ("decide-support", "text"): _("What you decide or give, and why"),
        ("decide-support", "to_post"): _("Post that takes the case"),
        ("check-condition", "text"): _("What was found"),
        ("check-condition", "check_at"): _("When it is checked again"),
        ("ask-other", "body"): _("Which body was asked"),
        ("ask-other", "text"): _("What it was asked"),
        ("ask-legal-route", "due_at"): _("It has to decide by"),
        ("ask-legal-route", "text"): _("Why it has to be decided there"),
        ("enter-legal-route", "text"): _("Reasons"),
        ("refuse-legal-route", "text"): _("Reasons"),
        ("update-legal-route", "text"): _("What is new"),
        ("leave-legal-route", "text"): _("What was decided there"),
        ("ask-extension", "text"): _("Why the time is not enough"),
        ("decide-extension", "working_days"): _("Working days granted"),
        ("decide-extension", "text"): _("Reasons"),
        ("promise", "text"): _("What will be done by then"),
        ("correct", "corrects_seq"): _("Which entry is wrong?"),
        ("correct", "text"): _("What is right"),
        ("object", "to_post"): _("Who has to answer"),
        ("object", "text"): _("What you object to, and why"),
        ("answer-objection", "objection_seq"): _("Which objection?"),
        ("answer-objection", "text"): _("The answer"),
        ("change-category", "text"): _("Why the category was wrong"),
        ("name-subject", "text"): _("What the complaint says about it"),
        ("declare-conflict", "text"): _("What connects you with the case"),
        ("conclude", "text"): _("What the requester is told"),
        ("change-contact", "request"): _("Whose contact details?"),
        ("replace-code", "request"): _("Whose access code?"),
        ("close-not-solved", "text"): _("Why it ends although it is not solved"),
        ("decide-appeal", "text"): _("Reasons"),
        ("reject-proposal", "text"): _("What is still to be done"),
        ("reopen", "text"): _("Why it is taken up again"),
        ("see-earlier", "request"): _("Which requester?"),
        ("unmask", "request"): _("Which requester?"),
        ("ask-unmask", "request"): _("Which requester?"),
        ("allow-unmask", "asked_seq"): _("Who asked, and why"),
        ("refuse-unmask", "asked_seq"): _("Who asked, and why"),
        ("refuse-unmask", "text"): _("Reasons"),
    }
)
_PURPOSE = _("Needed with “for something else”.")
_HINTS: Mapping[tuple[str, str], str | Promise] = MappingProxyType(
    {
        ("act-on-call", "who"): _("Only with an instruction. Without a name it is the holder."),
        ("act-on-call", "due_at"): _(
            "With an instruction or a decision. If nothing shows by then, the next above is called."
        ),
        ("ask", "missing"): _("Exactly what is needed, in a few words."),
        ("assign", "category"): _("The arrow shows who leads such matters in this area."),
        ("assign", "text"): _("The requester does not see it."),
        ("attach", "phone"): _("A phone number or an e-mail address, to ask for an answer."),
        ("change-contact", "name"): _("What you leave empty is not known any more."),
        ("change-contact", "checked"): _CHECKED,
        ("replace-code", "checked"): _CHECKED,
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
        ("look-back", "holds"): _("Ask in these words. Silence changes nothing."),
        ("rate", "stars"): _(
            "From 1, very discontent, to 5, very content. Only if the requester wants to."
        ),
        ("note", "internal"): _("Officers who may open the case still read it."),
        ("propose", "text"): _("What was done, where and when. The requester reads this."),
        ("propose", "contacted_by"): _("Who spoke with the requester about the result, and how."),
        ("propose", "reason"): _("Only to explain or to decline."),
        ("propose", "basis"): _("Only to explain or to decline: the rule it rests on."),
        ("split", "due_by"): _("Without one the part is due with the whole case."),
        ("promise", "text"): _SEEN,
        ("ask-other", "text"): _SEEN,
        ("update-legal-route", "text"): _SEEN,
        ("leave-legal-route", "text"): _SEEN,
        ("conclude", "text"): _SEEN,
        ("close-not-solved", "text"): _SEEN,
        ("decide-appeal", "text"): _SEEN,
        ("pause", "condition"): _("Something that anybody can look at: a delivery, a reading."),
        ("ask-extension", "condition"): _(
            "Something that anybody can look at afterwards: a delivery, a reading."
        ),
        ("check-condition", "check_at"): _("Needed where the condition of a pause still holds."),
        ("propose", "confirm_not_before"): _(
            "Only where it takes some time, as with noise at night: nobody is asked before."
        ),
        ("decide-extension", "working_days"): _("Without a number, what was asked for."),
        ("reopen", "text"): _SEEN,
        ("return", "basis"): _BASIS,
        ("see-earlier", "text"): _PURPOSE,
        ("explain-stall", "remedy"): _("Without a choice, what usually helps against it."),
        ("explain-stall", "of_post"): _("Only for help from another post."),
        ("decide-support", "to_post"): _("Only where the case is given away."),
        ("unmask", "text"): _PURPOSE,
        ("ask-unmask", "text"): _PURPOSE,
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
