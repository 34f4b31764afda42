"""Opening findings for the supervision office: what starves, and who will be missing."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from dandang.lifecycle.casework.models import Case
from dandang.lifecycle.deadlines.rules import end_of
from dandang.lifecycle.intake.actions import open_request
from dandang.lifecycle.intake.rules import Open
from dandang.lifecycle.watching import words
from dandang.lifecycle.watching.actions.turn import Turn
from dandang.lifecycle.watching.models import Reported
from dandang.lifecycle.watching.queries import groups
from dandang.lifecycle.watching.rules import (
    Hole,
    days_to_look_at,
    find_holes,
    starving,
    supervision_post,
)
from dandang.terms import Actor

MOST_FINDINGS = 50
"""So many findings are opened in one look, the worst first; what is left waits for the next."""

_KEPT = timedelta(days=1)


def look_for_starving(turn: Turn) -> None:
    """Open a finding for every group that starves and has none that is open."""
    reported = Reported.objects.filter(watch=turn.watch.name)
    reported.exclude(case__ended_at=None).delete()
    known = set(reported.values_list("subject", flat=True))
    watch = turn.under.policy.watch
    for group in starving(groups(turn.now, least=watch.starving_least), watch):
        if group.subject in known or _is_enough(turn):
            continue
        with words.in_the_language_of_the_body():
            title, text = words.of_group(group, turn.under.directory, turn.under.policy)
        area = group.area if group.area in turn.under.directory.areas else None
        case = _open(turn, title, text, area or "")
        Reported.objects.create(
            watch=turn.watch.name, subject=group.subject, since=turn.now, case=case
        )


def look_for_holes(turn: Turn) -> None:
    """Open a finding for every post and hole in the days that were not looked at yet.

    After a change of the register all days that lie ahead are looked at again. A finding is to be
    done before the hole begins.
    """
    days = _days(turn)
    reported = Reported.objects.filter(watch=turn.watch.name)
    reported.filter(until__lt=turn.now - _KEPT).delete()
    known = _by_post(reported)
    for hole in find_holes(turn.under.directory, days, turn.now):
        same = [row for row in known[hole.post] if hole.touches(row.since, row.until)]
        if same:
            _go_on(same[0], hole)
        elif not _is_enough(turn):
            _report(turn, hole)
    if days and not turn.looked.left_out:
        version = turn.under.directory.version
        turn.watch.cursor = {"version": version, "seen": days[-1].isoformat()}


def _days(turn: Turn) -> tuple[date, ...]:
    directory, cursor = turn.under.directory, turn.watch.cursor
    first = directory.local_day(turn.now)
    ahead = end_of(turn.under.policy.watch.roster_ahead, turn.now, turn.under.calendar)
    if cursor.get("version") == directory.version:
        first = max(first, date.fromisoformat(cursor["seen"]) + timedelta(days=1))
    return days_to_look_at(first, directory.local_day(ahead.at))


def _by_post(rows: Iterable[Reported]) -> dict[str, list[Reported]]:
    known: dict[str, list[Reported]] = defaultdict(list)
    for row in rows:
        known[row.subject].append(row)
    return known


def _is_enough(turn: Turn) -> bool:
    """Say whether no more findings may be opened now; then what is left is counted."""
    enough = len(turn.looked.findings) >= MOST_FINDINGS
    turn.looked.left_out += enough
    return enough


def _go_on(row: Reported, hole: Hole) -> None:
    """Let what was reported cover the days into which it goes on."""
    if row.until is None or row.until < hole.until:
        row.until = hole.until
        row.save(update_fields=["until"])


def _report(turn: Turn, hole: Hole) -> None:
    directory = turn.under.directory
    with words.in_the_language_of_the_body():
        title, text = words.of_hole(hole, directory)
    area = directory.area_of(directory.post(hole.post).unit)
    due_by = hole.since if hole.since > turn.now else None
    case = _open(turn, title, text, area or "", due_by)
    Reported.objects.create(
        watch=turn.watch.name, subject=hole.post, since=hole.since, until=hole.until, case=case
    )


def _open(turn: Turn, title: str, text: str, area: str, due_by: datetime | None = None) -> Case:
    """Open a finding that the supervision office holds."""
    post = supervision_post(turn.under.directory, turn.now)
    wish = Open(
        title=title,
        text=text,
        channel="system",
        kind="finding",
        area=area,
        due_by=due_by,
        to_post=post.code,
    )
    receipt = open_request(wish, by=Actor.system(), now=turn.now)
    turn.looked.findings.append(receipt.reference)
    return Case.objects.get(reference=receipt.reference)
