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
            _("Your answer was recorded."),
        ),
        "rate": ActWords(
            _("How was your matter handled?"),
            _("Send the rating"),
            _("Your rating was recorded."),
        ),
        "look-back": ActWords(
            _("Is it still solved?"),
            _("Send this answer"),
            _("Your answer was recorded."),
        ),
        "ask-escalation": ActWords(
            _("Ask the office above to act"),
            _("Ask the office above to act"),
            _("The office above was asked. Below stands who has to act, and by when."),
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
        "allow-publishing": ActWords(
            _("May others see this matter?"),
            _("Keep this answer"),
            _("Your answer was kept."),
        ),
        "withdraw": ActWords(
            _("Withdraw the request"),
            _("Withdraw the request"),
            _("Your request was withdrawn."),
        ),
    }
)
