"""What may be the same matter: open cases of one kind in one area, the likeliest first."""

from dataclasses import dataclass

from dandang.interfaces.desk.access import Officer
from dandang.interfaces.desk.taking_in.form import TakingInForm
from dandang.interfaces.shared.words.cases import STATES, word
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import moment
from dandang.lifecycle.casework.alike import OpenMatter, open_matters, open_ones
from dandang.organization.queries import current_policy
from dandang.publication.cases.queries import similar
from dandang.terms.bigrams import bigrams

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
    """The cases to show, and how many more there are. `is_asked`: there was a category.

    `published` are others that everybody may see and that say the same, of whatever kind.
    """

    lines: tuple[Line, ...]
    more: int
    is_asked: bool
    published: tuple[Line, ...] = ()


def beside(form: TakingInForm, officer: Officer) -> Beside:
    """Return the open cases like what is typed so far that this officer may read."""
    category, area, text, location = (
        str(form[field].value() or "") for field in ("category", "area", "text", "location")
    )
    policy = current_policy()
    is_asked = category in policy.categories
    found = open_matters(category, area, hidden_from=officer.kept_out) if is_asked else []
    words = f"{text} {location}".strip()
    said = _tokens(words)
    ranked = sorted(
        ((_overlap(said, one), one) for one in found), key=lambda pair: pair[0], reverse=True
    )
    names = Names(officer.directory, policy)
    lines = tuple(_line(one, names, officer, overlap) for overlap, one in ranked[:MOST])
    known = {one.reference for one in found}
    others = _published(words, area, category if is_asked else "", officer) if words else ()
    return Beside(
        lines=lines,
        more=len(found) - len(lines),
        is_asked=is_asked,
        published=tuple(
            _line(one, names, officer, 0) for one in others if one.reference not in known
        ),
    )


def _published(words: str, area: str, category: str, officer: Officer) -> list[OpenMatter]:
    """Return open cases that everybody may see and that say the same, the likeliest first."""
    near = area if area in officer.directory.areas else ""
    order = [one.case_reference for one in similar(words, area=near, category=category, limit=MOST)]
    found = open_ones(order, hidden_from=officer.kept_out) if order else []
    return sorted(found, key=lambda one: order.index(one.reference))


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
