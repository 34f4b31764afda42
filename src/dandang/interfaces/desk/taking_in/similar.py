"""What may be the same matter: open cases of one kind in one area, the likeliest first."""

from dataclasses import dataclass

from dandang.interfaces.desk.access import Officer
from dandang.interfaces.desk.taking_in.form import TakingInForm
from dandang.interfaces.shared.words.cases import STATES, word
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import moment
from dandang.lifecycle.casework.alike import OpenMatter, open_matters
from dandang.organization.queries import current_policy
from dandang.publication.cases.bigrams import bigrams

MOST = 8


@dataclass(frozen=True, slots=True)
class Line:
    """One open case in words. `is_likely`: words of the request stand in its title or place."""

    reference: str
    title: str
    where: str
    state: str
    holder: str
    sent: str
    requests: int
    is_likely: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """The cases to show, and how many more there are. `is_asked`: there was a category."""

    lines: tuple[Line, ...]
    more: int
    is_asked: bool


def beside(form: TakingInForm, officer: Officer) -> Beside:
    """Return the open cases like what is typed so far that this officer may read."""
    category, area, text, location = (
        str(form[field].value() or "") for field in ("category", "area", "text", "location")
    )
    policy = current_policy()
    if category not in policy.categories:
        return Beside((), 0, is_asked=False)
    found = open_matters(category, area, hidden_from=officer.kept_out)
    said = _tokens(f"{text} {location}")
    ranked = sorted(
        ((_overlap(said, one), one) for one in found), key=lambda pair: pair[0], reverse=True
    )
    names = Names(officer.directory, policy)
    lines = tuple(_line(one, names, officer, overlap) for overlap, one in ranked[:MOST])
    return Beside(lines, len(found) - len(lines), is_asked=True)


def _overlap(said: frozenset[str], one: OpenMatter) -> int:
    """Return how many words, or pairs of characters, of the request stand there, too."""
    return len(said & _tokens(f"{one.title} {one.location}"))


def _tokens(text: str) -> frozenset[str]:
    return frozenset(token for token in bigrams(text) if len(token) > 1)


def _line(one: OpenMatter, names: Names, officer: Officer, overlap: int) -> Line:
    return Line(
        reference=one.reference,
        title=one.title,
        where=one.location,
        state=word(STATES, one.state),
        holder=names.post_with_unit(one.holder),
        sent=moment(one.sent_at, officer.now),
        requests=one.requests,
        is_likely=overlap > 0,
    )
