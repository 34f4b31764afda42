"""What in the register needs somebody's attention, kind by kind."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from dandang.interfaces.desk.access import Officer
from dandang.interfaces.shared.words.findings import finding
from dandang.interfaces.shared.words.names import Names
from dandang.lifecycle.casework.held import open_by_holder
from dandang.organization.checks import Finding, FindingKind, check_duties
from dandang.organization.directory import Directory
from dandang.policy import Policy

DAYS = 14
_MOST = 8
_HORIZON = timedelta(days=60)
_AUTUMN = 11
_SHOWN = (FindingKind.OVERLAP, FindingKind.CATEGORY_UNKNOWN, FindingKind.GAP)


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing to look at; `href` leads to where it can be mended."""

    words: str
    href: str


@dataclass(frozen=True, slots=True)
class Matters:
    """Things of one kind; `more` counts those that are not shown."""

    title: str
    lines: tuple[Matter, ...]
    more: int


def matters(officer: Officer, policy: Policy) -> list[Matters]:
    """Return everything that needs attention, kinds without anything left out."""
    known, today = officer.directory, officer.directory.local_day(officer.now)
    names = Names(known, policy)
    paths = [(code, policy.category_path(code)) for code in policy.categories]
    checked = check_duties(known, paths, today)
    kinds = [
        (_("Nobody in the post within the next 14 days"), _holes(known, names, today)),
        (_("Posts without an officer"), _empty(known, names, today)),
        (_("Absent officers who stand in for one another"), _rings(known, names, today)),
        (_("Officers without a post"), _idle(known, names, today)),
        (_("Closed posts that still hold open cases"), _closed(known, names)),
        (_("Duties of units or posts that have ended"), _orphaned(known, names)),
        (_("Who leads"), _duties(checked, names)),
        (_("Calendar"), _calendar(officer, today)),
    ]
    found = ((title, list(lines)) for title, lines in kinds)
    return [
        Matters(title, tuple(lines[:_MOST]), max(0, len(lines) - _MOST))
        for title, lines in found
        if lines
    ]


def _needed(known: Directory) -> list[str]:
    posts = {post.code for post in known.posts.values() if post.kinds and post.ended is None}
    return sorted({*posts, known.body.fallback_post})


def _appointed(known: Directory, today: date) -> set[str]:
    """Return the posts to which somebody is appointed, or rostered from today on."""
    posts = {one.post for one in known.organization.appointments if one.covers(today)}
    start = known.span_of(today)[0]
    return posts | {one.post for one in known.organization.rosters if one.ends_at > start}


def _holes(known: Directory, names: Names, today: date) -> Iterator[Matter]:
    staffed = _appointed(known, today)
    for post in _needed(known):
        if post not in staffed:
            continue
        day = next(
            (
                today + timedelta(days=n)
                for n in range(DAYS)
                if known.holes(post, today + timedelta(days=n))
            ),
            None,
        )
        if day is not None:
            words = _("%(post)s: from %(day)s there are hours without anybody")
            yield Matter(
                words % {"post": names.post_with_unit(post), "day": day.isoformat()},
                f"{reverse('setup:table', args=['rosters'])}?post={post}",
            )


def _empty(known: Directory, names: Names, today: date) -> Iterator[Matter]:
    staffed = _appointed(known, today)
    for post in _needed(known):
        if post not in staffed:
            new = f"{reverse('setup:new', args=['appointments'])}?post={post}"
            yield Matter(names.post_with_unit(post), new)


def _rings(known: Directory, names: Names, today: date) -> Iterator[Matter]:
    """Yield circles of absent officers: nobody replaces any of them."""
    told = set[frozenset[str]]()
    for day in (today + timedelta(days=n) for n in range(DAYS)):
        covering = [one for one in known.organization.substitutes if one.covers(day)]
        stands_in = {one.absent: one.officer for one in covering if one.absent is not None}
        for absent in stands_in:
            ring = _ring(stands_in, absent)
            if ring and frozenset(ring) not in told:
                told.add(frozenset(ring))
                people = " → ".join(names.officer(code) for code in (*ring, ring[0]))
                words = _("%(people)s, from %(day)s") % {"people": people, "day": day.isoformat()}
                yield Matter(words, reverse("setup:table", args=["substitutes"]))


def _ring(stands_in: Mapping[str, str], absent: str) -> list[str]:
    """Return the circle that leads back to an absent officer, the others in their order, or []."""
    found = [absent]
    while (here := stands_in.get(found[-1])) is not None:
        if here == absent:
            return found
        if here in found:
            break
        found.append(here)
    return []


def _idle(known: Directory, names: Names, today: date) -> Iterator[Matter]:
    register = known.organization
    busy = {one.officer for one in register.appointments if one.ends is None or one.ends >= today}
    busy |= {one.officer for one in register.substitutes if one.ends >= today}
    start = known.span_of(today)[0]
    busy |= {one.officer for one in register.rosters if one.ends_at > start}
    for officer in known.officers.values():
        if officer.ended is None and officer.code not in busy:
            href = f"{reverse('setup:new', args=['appointments'])}?officer={officer.code}"
            yield Matter(f"{names.officer(officer.code)} ({officer.code})", href)


def _closed(known: Directory, names: Names) -> Iterator[Matter]:
    ended = [post.code for post in known.posts.values() if post.ended is not None]
    for post, number in sorted(open_by_holder(ended).items()):
        words = _("%(post)s: %(n)s open cases") % {
            "post": names.post_with_unit(post),
            "n": number,
        }
        yield Matter(words, reverse("setup:entry", args=["posts", post]))


def _orphaned(known: Directory, names: Names) -> Iterator[Matter]:
    for duty in known.organization.duties:
        unit, post = known.units.get(duty.unit), known.posts.get(duty.post)
        if (unit and unit.ended) or (post and post.ended):
            words = f"{names.category(duty.category)} · {names.unit(duty.unit)}"
            yield Matter(words, f"{reverse('setup:table', args=['duties'])}?unit={duty.unit}")


def _duties(checked: Sequence[Finding], names: Names) -> Iterator[Matter]:
    for one in checked:
        if one.kind in _SHOWN:
            query = f"?category={one.category}" if one.category else ""
            yield Matter(finding(one, names), reverse("setup:table", args=["duties"]) + query)


def _calendar(officer: Officer, today: date) -> Iterator[Matter]:
    horizon = officer.calendar.horizon
    href = reverse("setup:notices")
    if horizon is None or horizon < today:
        yield Matter(_("No notice covers today: every deadline is provisional."), href)
    elif horizon < today + _HORIZON or (today.month >= _AUTUMN and horizon.year == today.year):
        words = _("Notices reach until %(day)s. The notice for the year after is missing.")
        yield Matter(words % {"day": horizon.isoformat()}, href)
