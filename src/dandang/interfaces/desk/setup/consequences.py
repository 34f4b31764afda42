"""What an act on the register would change: who is where, which matters go to whom."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from dandang.interfaces.desk.setup.tables import title_of
from dandang.interfaces.desk.setup.words import BECAME, COLUMNS, TITLES
from dandang.interfaces.shared.words.cases import word
from dandang.interfaces.shared.words.names import Names
from dandang.lifecycle.casework.held import open_by_holder, open_by_place
from dandang.lifecycle.casework.rules.incumbents import incumbencies
from dandang.lifecycle.routing.rules import route
from dandang.organization.actions.register import Outcome, ended_in
from dandang.organization.directory import Directory
from dandang.organization.entries import Duty
from dandang.organization.files.writing import code_of, entries_of
from dandang.policy import Policy
from dandang.terms import Problem

MOST = 40
"""More lines of one kind are counted, not shown."""


@dataclass(frozen=True, slots=True)
class Moved:
    """Matters of one category and place: where they went, where they would go, open ones now."""

    what: str
    before: str
    after: str
    cases: int


@dataclass(frozen=True, slots=True)
class Staffed:
    """A post in which others would be from now on, and how many open cases stay with it."""

    post: str
    before: str
    after: str
    cases: int


@dataclass(frozen=True, slots=True)
class Consequences:
    """Everything an act would change, in words; `more_moved` counts what is not shown."""

    entries: tuple[str, ...]
    moved: tuple[Moved, ...]
    staffed: tuple[Staffed, ...]
    more_entries: int = 0
    more_moved: int = 0


def consequences(outcome: Outcome, policy: Policy, now: datetime) -> Consequences:
    """Return what an act would change, worked out by the directories before and after it."""
    before, after = Directory(outcome.before), Directory(outcome.after)
    names = (Names(before, policy), Names(after, policy))
    moved = list(_moved(outcome, before, after, policy, before.local_day(now)))
    places = open_by_place([category for category, _area, _old, _new in moved[:MOST]])
    lines = list(_lines(outcome, names))
    return Consequences(
        entries=tuple(lines[:MOST]),
        moved=tuple(_moved_words(one, names, places) for one in moved[:MOST]),
        staffed=tuple(_staffed(before, after, names, now)),
        more_entries=max(0, len(lines) - MOST),
        more_moved=max(0, len(moved) - MOST),
    )


def changed_posts(before: Directory, after: Directory, now: datetime) -> list[str]:
    """Return the posts that are there afterwards and have others in them."""
    was, will = incumbencies(before, now), incumbencies(after, now)
    return [post for post, one in will.items() if post in was and was[post] != one]


def no_case_left(outcome: Outcome) -> Sequence[Problem]:
    """Find posts that would end although they hold open cases: somebody must hold those."""
    return cases_left(ended_in(outcome.changes, "posts"))


def cases_left(posts: Sequence[str]) -> list[Problem]:
    """Return a problem for each of these posts that holds open cases."""
    held = open_by_holder(posts)
    return [
        Problem("post_holds_cases", f"posts/{post}", 0, {"count": number})
        for post, number in sorted(held.items())
    ]


def _lines(outcome: Outcome, names: tuple[Names, Names]) -> Iterator[str]:
    found = {}
    for table in {change.table for change in outcome.changes}:
        for which, organization in ((0, outcome.before), (1, outcome.after)):
            for entry in entries_of(organization, table):
                found[table, code_of(table, entry)] = (entry, names[which])
    for change in outcome.changes:
        entry, spoken = found[change.table, change.code]
        fields = ", ".join(word(COLUMNS, name) for name in change.fields)
        what = word(BECAME, change.what)
        yield _("%(table)s: %(entry)s – %(what)s") % {
            "table": TITLES[change.table],
            "entry": title_of(change.table, entry, spoken),
            "what": f"{what} ({fields})" if fields and change.what == "changed" else what,
        }


Route = tuple[str, str, str, str]


def _moved(
    outcome: Outcome, before: Directory, after: Directory, policy: Policy, today: date
) -> Iterator[Route]:
    """Yield category, area, the post before and the one after, where they differ."""
    for category, area in sorted(_places(outcome, policy)):
        path = policy.category_path(category)
        old = _goes_to(before, path, area, today)
        new = _goes_to(after, path, area, today)
        if old != new:
            yield category, area, old, new


def _places(outcome: Outcome, policy: Policy) -> set[tuple[str, str]]:
    """Return the categories without any below, and areas, about which a changed duty speaks."""
    inner = {one for code in policy.categories for one in policy.category_path(code)[:-1]}
    leaves = [code for code in policy.categories if code not in inner]
    known = {area.code for area in outcome.after.areas} & {a.code for a in outcome.before.areas}
    return {
        (leaf, duty.area)
        for duty in _touched_duties(outcome)
        for leaf in leaves
        if (not duty.category or duty.category in policy.category_path(leaf))
        and (not duty.area or duty.area in known)
    }


def _touched_duties(outcome: Outcome) -> set[Duty]:
    return set(outcome.before.duties) ^ set(outcome.after.duties)


def _goes_to(directory: Directory, path: Sequence[str], area: str, today: date) -> str:
    found = route(directory, path, area or None, today)
    return "" if found is None else found.post.code


def _moved_words(
    one: Route, names: tuple[Names, Names], places: Mapping[tuple[str, str], int]
) -> Moved:
    category, area, old, new = one
    where = names[1].area(area) or _("the whole body")
    several = _("several lead with equal rank: the dispatcher decides")
    number = sum(
        n for (kind, place), n in places.items() if kind == category and (not area or place == area)
    )
    return Moved(
        what=f"{names[1].category(category)} · {where}",
        before=names[0].post_with_unit(old) if old else several,
        after=names[1].post_with_unit(new) if new else several,
        cases=number,
    )


def _staffed(
    before: Directory, after: Directory, names: tuple[Names, Names], now: datetime
) -> Iterator[Staffed]:
    posts = changed_posts(before, after, now)
    held = open_by_holder(posts)
    for post in posts[:MOST]:
        yield Staffed(
            post=names[1].post_with_unit(post),
            before=_who(before, post, names[0], now),
            after=_who(after, post, names[1], now),
            cases=held.get(post, 0),
        )


def _who(directory: Directory, post: str, names: Names, now: datetime) -> str:
    found = directory.regular_officers_of(post, now)
    return ", ".join(names.officer(one.code) for one in found) or _("nobody")
