"""Where the register of duties leaves room for dispute, in words, with the cases that show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dandang.interfaces.desk.access import Officer
from dandang.interfaces.shared.words.names import Names
from dandang.lifecycle.casework.unclear import examples, seen_since
from dandang.lifecycle.routing.gaps import Gap, Leads, gaps
from dandang.organization.directory import Directory
from dandang.policy import Policy, ReasonVerb

WINDOW = timedelta(days=90)
_MOST = 50


@dataclass(frozen=True, slots=True)
class GapLine:
    """One place of the register in words. `query` fills in the form that proposes to amend it."""

    what: str
    where: str
    leads: str
    seen: tuple[str, ...]
    cases: tuple[str, ...]
    precedents: str
    query: str


def gap_lines(officer: Officer, policy: Policy) -> list[GapLine]:
    """Return the places that showed most often in the last 90 days. Seven queries."""
    since = officer.now - WINDOW
    seen = seen_since(since, _not_ours(policy), hidden_from=officer.kept_out)
    today = officer.directory.local_day(officer.now)
    known = (one for one in seen if one.category in policy.categories)
    found = gaps(known, _leads(officer.directory, policy, today))[:_MOST]
    places = [(gap.seen.category, gap.seen.area) for gap in found]
    cases = examples(places, since, hidden_from=officer.kept_out)
    names = Names(officer.directory, policy)
    return [_line(gap, cases[place], names) for gap, place in zip(found, places, strict=True)]


def _not_ours(policy: Policy) -> list[str]:
    """Return the reasons for a return that name a duty: those that need a basis."""
    return [one.code for one in policy.reasons_for(ReasonVerb.RETURN) if one.needs_basis]


def _leads(directory: Directory, policy: Policy, on: date) -> Leads:
    def leads(category: str, area: str | None) -> tuple[str, ...]:
        known = area if area in directory.areas else None
        found = directory.duties_for(policy.category_path(category), known, on)
        return tuple(dict.fromkeys(duty.post for duty in found))

    return leads


def _line(gap: Gap, cases: Sequence[str], names: Names) -> GapLine:
    seen = gap.seen
    place = {"category": seen.category, "area": seen.area or ""}
    return GapLine(
        what=names.category(seen.category),
        where=names.area(seen.area) or _("no area named"),
        leads=_who(gap, names),
        seen=tuple(_seen(gap)),
        cases=tuple(cases),
        precedents=urlencode(place) if seen.disputes else "",
        query=urlencode({**place, "cases": " ".join(cases)}),
    )


def _who(gap: Gap, names: Names) -> str:
    if not gap.leads:
        return _("Nobody leads.")
    words = {"posts": "; ".join(names.post_with_unit(post) for post in gap.leads)}
    if len(gap.leads) > 1:
        return _("Several lead: %(posts)s") % words
    return _("%(posts)s leads, and others disagree.") % words


def _seen(gap: Gap) -> list[str]:
    seen = gap.seen
    found = []
    if seen.placed and len(gap.leads) != 1:
        found.append(
            ngettext(
                "%(n)s case placed by a person or at the fallback",
                "%(n)s cases placed by a person or at the fallback",
                seen.placed,
            )
            % {"n": seen.placed}
        )
    if seen.disputes:
        found.append(
            ngettext("%(n)s dispute", "%(n)s disputes", seen.disputes) % {"n": seen.disputes}
        )
    if seen.returns:
        found.append(
            ngettext(
                "%(n)s return as not the unit's duty",
                "%(n)s returns as not the unit's duty",
                seen.returns,
            )
            % {"n": seen.returns}
        )
    return found
