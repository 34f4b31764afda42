"""Whether a matter may be shown publicly, and what became of it, as its requester sees it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from dandang.interfaces.shared.words.cases import WITHHELD_BECAUSE, word
from dandang.lifecycle.casework.queries import CaseView
from dandang.lifecycle.casework.rules.agreement import Publishing
from dandang.publication.cases.numbers import public_number


@dataclass(frozen=True, slots=True)
class Publicity:
    """Where it stands, in words. `number` is that of the public page, "" where there is none.

    `answer` is what the requester said last: "yes", "no", or "" where nobody was asked.
    """

    words: str = ""
    number: str = ""
    answer: str = ""


def publicity(view: CaseView, cause: str) -> Publicity:
    """Return where the matter stands to the public. `cause` is why an officer showed nothing."""
    case = view.state
    if view.request_number not in case.agreed:
        return Publicity(_("Not shown publicly."), answer="no")
    if case.publishing == Publishing.PUBLISHED:
        words = _("Shown publicly, without your name and number.")
        return Publicity(words, public_number(view.stream), "yes")
    if case.publishing == Publishing.WITHHELD:
        why = {"cause": word(WITHHELD_BECAUSE, cause)}
        return Publicity(
            _("You agreed. An officer decided to show nothing of it: %(cause)s.") % why, "", "yes"
        )
    return Publicity(
        _("You agreed. An officer reads it first and takes out what names people."), "", "yes"
    )
