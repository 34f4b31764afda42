"""What holders said of cases that stood still: in which unit, why, and in which cases; read only.

It is in the ledger alone. Officers are not in what is returned: it is about units and reasons.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from dandang.ledger.queries import recorded_from
from dandang.lifecycle.casework.keeping_out import KeptOut
from dandang.lifecycle.casework.models import Case
from dandang.lifecycle.casework.queries import ListedCase, listed_lines
from dandang.lifecycle.casework.wanted import open_to
from dandang.lifecycle.states import Obstacle
from dandang.organization.directory import Directory


@dataclass(frozen=True, slots=True)
class Stall:
    """What the holder of a case, then in this unit, said kept it from going on, and when.

    `number` is that of the event.
    """

    number: int
    stream: bytes
    unit: str
    obstacle: Obstacle
    at: datetime


def stalls_since(
    since: datetime, units: Collection[str], directory: Directory, hidden_from: KeptOut
) -> list[Stall]:
    """Return what was said since then in these units, the last first. Two queries.

    Cases that the officer may not read are left out.
    """
    posts = {post.code: post.unit for post in directory.posts.values() if post.unit in set(units)}
    told = [
        Stall(
            number=event.event_id,
            stream=event.stream,
            unit=posts[event.post],
            obstacle=Obstacle(str(event.fields["obstacle"])),
            at=event.occurred_at,
        )
        for event in recorded_from("stall_explained", since)
        if event.post in posts and event.occurred_at >= since
    ]
    streams = list({one.stream for one in told})
    rows = Case.objects.filter(open_to(hidden_from), stream__in=streams)
    readable = {bytes(stream) for stream in rows.values_list("stream", flat=True)}
    return [one for one in told if one.stream in readable]


def cases_of(stalls: Collection[Stall]) -> list[ListedCase]:
    """Return the cases in which something was said, in its order. Two queries."""
    rows = Case.objects.filter(stream__in=[one.stream for one in stalls])
    by_stream = {bytes(row.stream): row for row in rows}
    return listed_lines([by_stream[one.stream] for one in stalls])
