"""What the requester's acts are called on their own pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class ActWords:
    """`title` heads the page, `submit` stands on the button, `done` says that it happened."""

    title: str | Promise
    submit: str | Promise
    done: str | Promise


ACT_WORDS: Mapping[str, ActWords] = MappingProxyType(
    {
        "judge": ActWords(
            _("Your answer: is it solved?"),
            _("Send this answer"),
            _("Your answer was recorded. You can still change it for some time."),
        ),
        "answer": ActWords(
            _("Answer the unit's question"),
            _("Send the answer"),
            _("Your answer was sent to the unit."),
        ),
        "note": ActWords(
            _("Add details"),
            _("Add it"),
            _("It was added; the unit sees it."),
        ),
        "reopen": ActWords(
            _("Ask for it to be taken up again"),
            _("Ask for it"),
            _("The matter is being worked on again."),
        ),
        "object": ActWords(
            _("Object to this explanation"),
            _("Send the objection"),
            _("Your objection was sent to an office outside the unit, which answers in writing."),
        ),
        "appeal": ActWords(
            _("Appeal against this end"),
            _("Send the appeal"),
            _("Your appeal was sent. Somebody decides it who has decided nothing here before."),
        ),
        "withdraw": ActWords(
            _("Withdraw the request"),
            _("Withdraw the request"),
            _("Your request was withdrawn."),
        ),
    }
)
