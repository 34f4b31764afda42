"""What was found, in words: each case with the pieces of its texts in which the words stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from dandang.finding.queries import FoundCase
from dandang.finding.reading import Text
from dandang.finding.rules.snippets import Snippet, beginning, hits, marked, snippet
from dandang.interfaces.desk.access import Officer
from dandang.interfaces.desk.urgency import soon_until, urgency
from dandang.interfaces.shared.words.cases import CLOCKS, state_and_proposal, word
from dandang.interfaces.shared.words.fields import field
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import stamp

_MOST_PIECES = 3


@dataclass(frozen=True, slots=True)
class PieceLine:
    """A piece of a text with the hits marked. `label` says what is not plainly said or answered."""

    label: str
    pieces: Snippet
    is_internal: bool


@dataclass(frozen=True, slots=True)
class FoundLine:
    """A case that was found, in words. `title` is empty where it was erased.

    `contacts` are masked, of the requests of the person who was looked for.
    """

    reference: str
    title: Snippet
    where: str
    sent: str
    state: str
    holder: str
    due_at: datetime | None
    due_for: str
    urgency: str
    pieces: tuple[PieceLine, ...]
    contacts: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown of texts: pieces with these words; of internal ones only with `internal`."""

    words: Sequence[str]
    internal: bool


def lines_of(
    found: Iterable[FoundCase], officer: Officer, names: Names, shown: Shown
) -> list[FoundLine]:
    """Return cases in words."""
    soon = soon_until(officer.now, officer.calendar)
    return [_line(one, officer.now, soon, names, shown) for one in found]


def _line(one: FoundCase, now: datetime, soon: datetime, names: Names, shown: Shown) -> FoundLine:
    case = one.state
    where = [names.category(case.category), names.area(case.area)]
    due_at = one.due_at if case.is_open else None
    return FoundLine(
        reference=one.reference,
        title=marked(one.title, shown.words),
        where=" · ".join(part for part in where if part),
        sent=stamp(case.sent_at),
        state=state_and_proposal(case.state, case.outcome),
        holder=names.post_with_unit(case.holder),
        due_at=due_at,
        due_for=word(CLOCKS, one.due_clock) if due_at and one.due_clock else "",
        urgency=urgency(due_at, now, soon),
        pieces=tuple(_pieces(one.texts, shown)),
    )


def _pieces(texts: Sequence[Text], shown: Shown) -> Iterable[PieceLine]:
    """Return pieces of the texts in which most of the words stand; without words the beginning."""
    texts = [
        one for one in texts if one.name != "title" and (shown.internal or not one.is_internal)
    ]
    if not shown.words:
        first = next((one for one in texts if one.name == "text"), None)
        return [PieceLine("", beginning(first.text), is_internal=False)] if first else []
    best = sorted(texts, key=lambda one: -hits(one.text, shown.words))[:_MOST_PIECES]
    found = ((one, snippet(one.text, shown.words)) for one in best)
    return [PieceLine(_label(one), pieces, one.is_internal) for one, pieces in found if pieces]


def _label(one: Text) -> str:
    if one.is_internal:
        return _("Internal")
    return field("location") if one.name == "location" else ""
