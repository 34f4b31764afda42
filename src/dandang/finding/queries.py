"""Asking the index: the cases an officer may read that have these words and are of these kinds.

The index only narrows. Whatever is shown is read anew and asked of the pure rule: a case that the
officer may not read at this moment is left out, whatever the index still says.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from dandang.finding.finder import Effort, Hunt, Place, count, find, with_any
from dandang.finding.models import IndexedCase
from dandang.finding.reading import Text, folded, kin_units, texts_in
from dandang.finding.rules.asking import Asked, asked
from dandang.finding.rules.keys import DEADLINE, FILES, Key, events_in, key, keys
from dandang.finding.rules.sight import sight_of
from dandang.finding.rules.texts import FIELDS
from dandang.ledger.queries import personal_of
from dandang.lifecycle.casework.keeping_out import kept_out
from dandang.lifecycle.casework.models import Case, Request
from dandang.lifecycle.casework.queries import facts_for_all
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.permit import may_read
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.lifecycle.states import State
from dandang.organization.queries import present
from dandang.terms import Actor, normalise_reference

PAGE = 50
MOST_COUNTED = 1000
"""So many are counted; beyond that it is only said that there are more."""
MOST_LOOKED_AT = 100
"""The same where texts have to be looked at for it: longer words, phrases, words to leave out."""

_ALIKE = (str.maketrans("oil", "011"), str.maketrans("01", "oi"), str.maketrans("01", "ol"))
"""What is taken for another sign in numbers of other systems; in own ones neither is used."""


class Sort(StrEnum):
    """In what order cases are shown.

    `BEST` puts those first whose title has all the words, each part the newest first.
    """

    BEST = "best"
    NEWEST = "newest"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class Sought:
    """Which cases to find; empty means all. Codes are given with everything below them.

    `internal` is whether internal texts are searched, too. Between `since` and `until` (not
    included, UTC) a case was sent, between `due_since` and `due_until` (the same) an open one is
    due. `Sort.DUE` finds open cases with a deadline alone.
    """

    text: str = ""
    internal: bool = True
    states: tuple[State, ...] = ()
    categories: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    case_class: str = ""
    channel: str = ""
    kind: str = ""
    with_files: bool = False
    since: datetime | None = None
    until: datetime | None = None
    due_since: datetime | None = None
    due_until: datetime | None = None
    sort: Sort = Sort.BEST

    @property
    def asked(self) -> Asked:
        """What was typed."""
        return asked(self.text)

    @property
    def is_hopeless(self) -> bool:
        """Whether something was typed of which nothing can be searched."""
        return bool(self.text.strip()) and self.asked.is_hopeless


@dataclass(frozen=True, slots=True)
class After:
    """Where the last page ended: `rank` is 0 among those found by their titles, else 1."""

    rank: int
    place: Place


@dataclass(frozen=True, slots=True)
class FoundCase:
    """A case that was found. `title` is "" where it was erased; `texts` are those searched."""

    case_id: int
    reference: str
    state: CaseState
    due_at: datetime | None
    due_clock: str
    title: str
    texts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what was found. `older` is where the next one begins, None after the last.

    `total` is how many there are, None where there are more than `most` or nobody counted.
    """

    cases: tuple[FoundCase, ...]
    older: After | None
    total: int | None = None
    most: int = MOST_COUNTED


def search(
    sought: Sought,
    *,
    by: Actor,
    now: datetime,
    after: After | None = None,
    limit: int = PAGE,
    effort: Effort | None = None,
) -> Found:
    """Return the cases an officer may read that are sought, a page of them. Raises TooSlow.

    The number of statements does not depend on how many are found. On later pages nothing is
    counted.
    """
    hunt = hunt_for(sought, by=by, now=now)
    if hunt is None:
        return Found((), None, 0)
    places = places_of(hunt, sought, limit + 1, after, effort)
    cases = readable([place.case_id for _, place in places[:limit]], by=by, now=now)
    rank, last = places[limit - 1] if len(places) > limit else (0, None)
    most = most_counted(sought)
    total: int | None = None
    if after is None:
        number = count(hunt, most=most + 1, effort=effort) if last else len(cases)
        total = number if number <= most else None
    return Found(tuple(cases), After(rank, last) if last else None, total, most)


def most_counted(sought: Sought) -> int:
    """Return up to how many cases are counted."""
    is_quick = sought.asked.is_of_index(internal=sought.internal)
    return MOST_COUNTED if is_quick else MOST_LOOKED_AT


def by_reference(typed: str, *, by: Actor, now: datetime) -> list[FoundCase]:
    """Return the cases an officer may read that have this number, their own or another system's.

    Spaces, width and case make no difference, nor the letter O for a zero, I and L for a one.
    """
    number = folded(typed)
    if not number:
        return []
    meant = (normalise_reference(typed), number, *(number.translate(one) for one in _ALIKE))
    # A request that came in this very moment is known by its reference before the index has it.
    own = Request.objects.filter(reference=meant[0]).values_list("case_id", flat=True)
    found = dict.fromkeys([*own, *with_any(keys(Key.REFERENCE, dict.fromkeys(meant)), PAGE)])
    return readable(list(found), by=by, now=now)


def hunt_for(sought: Sought, *, by: Actor, now: datetime) -> Hunt | None:
    """Return what to look for in the index; None where nothing can be found."""
    known = present().directory
    posts = known.posts_of(by.code, now)
    sight = sight_of(posts, known)
    if sought.is_hopeless or not (sight.everything or sight.keys):
        return None
    words = sought.asked
    groups = [group for group in _groups(sought) if group]
    if not sight.everything:
        groups.append(list(sight.keys))
    return Hunt(
        words="" if words.is_hopeless else words.query(internal=sought.internal),
        groups=tuple(groups),
        by_due=sought.sort is Sort.DUE,
        since=sought.since,
        until=sought.until,
        due_since=sought.due_since,
        due_until=sought.due_until,
        kept_out=kept_out(by.code, posts, known),
    )


def _groups(sought: Sought) -> list[list[str]]:
    """Return what a row has to have one of, group by group."""
    has = [DEADLINE] if sought.sort is Sort.DUE else []
    return [
        keys(Key.STATE, [state.value for state in sought.states]),
        keys(Key.CATEGORY, sought.categories),
        keys(Key.AREA, sought.areas),
        keys(Key.HOLDER_UNIT, sought.units),
        [key(Key.CASE_CLASS, sought.case_class)] if sought.case_class else [],
        [key(Key.CHANNEL, sought.channel)] if sought.channel else [],
        [key(Key.KIND, sought.kind)] if sought.kind else [],
        [key(Key.HAS, FILES)] if sought.with_files else [],
        keys(Key.HAS, has),
    ]


def places_of(
    hunt: Hunt, sought: Sought, limit: int, after: After | None, effort: Effort | None
) -> list[tuple[int, Place]]:
    """Return the first places of what is found, each with its rank. Raises TooSlow."""
    if sought.sort is not Sort.BEST or not hunt.words:
        place = after.place if after else None
        return [(1, one) for one in find(hunt, limit=limit, after=place, effort=effort)]
    title = replace(sought.asked, without=()).query()
    found: list[tuple[int, Place]] = []
    if after is None or after.rank == 0:
        place = after.place if after else None
        first = replace(hunt, title=title)
        found = [(0, one) for one in find(first, limit=limit, after=place, effort=effort)]
        after = None
    if len(found) < limit:
        rest = replace(hunt, not_title=title)
        place = after.place if after else None
        more = find(rest, limit=limit - len(found), after=place, effort=effort)
        found += [(1, one) for one in more]
    return found


def readable(
    case_ids: Sequence[int],
    *,
    by: Actor,
    now: datetime,
    also: Callable[[Facts], bool] = lambda _facts: True,
) -> list[FoundCase]:
    """Return those of these cases that the officer may read, in their order. A few queries.

    `also` is what the officer has to be allowed besides.
    """
    rows = {case.pk: case for case in Case.objects.filter(pk__in=case_ids)}
    cases = [rows[pk] for pk in case_ids if pk in rows]
    near = kin_units(cases)
    facts = facts_for_all([case.facts((), ()) for case in cases], by=by, now=now)
    shown = [
        (case, one.case)
        for case, one in zip(cases, facts, strict=True)
        if may_read(replace(one, kin_units=near.get(case.pk, frozenset()))) and also(one)
    ]
    return _with_texts(shown)


def _with_texts(shown: Sequence[tuple[Case, CaseState]]) -> list[FoundCase]:
    numbers = [case.pk for case, _ in shown]
    rows = IndexedCase.objects.filter(pk__in=numbers)
    row_keys: Mapping[int, Sequence[str]] = dict(rows.values_list("case_id", "keys"))
    personal = _personal(shown, row_keys.values())
    return [
        FoundCase(
            case_id=case.pk,
            reference=case.reference,
            state=state,
            due_at=case.due_at,
            due_clock=case.due_clock,
            title=str(personal.get(case.opening_event, {}).get("title") or ""),
            texts=tuple(texts_in(row_keys.get(case.pk, ()), personal)),
        )
        for case, state in shown
    ]


def _personal(
    shown: Sequence[tuple[Case, CaseState]], row_keys: Iterable[Sequence[str]]
) -> Mapping[int, Mapping[str, object]]:
    events = {event for one in row_keys for event, _ in events_in(one)}
    opening = {case.opening_event for case, _ in shown}
    return personal_of(sorted(events | opening), FIELDS)
