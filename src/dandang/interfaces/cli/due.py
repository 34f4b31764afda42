"""`dandang due`: every running clock, for what, whose turn it is and how much time is left."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

import click

from dandang.interfaces.cli.commands import Command, option, with_limit, with_output
from dandang.interfaces.cli.exits import Exit
from dandang.interfaces.cli.instants import INSTANT, SPAN
from dandang.interfaces.cli.languages import N_
from dandang.interfaces.cli.languages import translate as _
from dandang.interfaces.cli.output import Output
from dandang.interfaces.cli.session import database
from dandang.policy import Span

if TYPE_CHECKING:
    from dandang.lifecycle.casework.due_queries import DueClock, SoughtClocks

_OVERDUE = "overdue"


@click.command(
    cls=Command,
    help=N_("List running clocks by due time: what for, whose turn it is, how much time is left."),
)
@option(
    "--unit", "units", multiple=True, metavar="UNIT", help=N_("Only cases that this unit holds.")
)
@option(
    "--post", "posts", multiple=True, metavar="POST", help=N_("Only cases that this post holds.")
)
@option("--before", metavar="TIME", type=INSTANT, help=N_("Only what is due before then."))
@option(
    "--within",
    metavar="SPAN",
    type=SPAN,
    help=N_("Only what is due within this span from now, such as “2 working days”."),
)
@option("--overdue", is_flag=True, help=N_("Only what is overdue."))
@with_limit(N_("At most so many clocks."))
@option(
    "--fail-on",
    type=click.Choice([_OVERDUE]),
    help=N_("End with 1 when anything found is overdue, listed or not."),
)
@with_output
def due(  # noqa: PLR0913 one option each
    out: Output,
    *,
    units: tuple[str, ...],
    posts: tuple[str, ...],
    before: datetime | None,
    within: Span | None,
    overdue: bool,
    limit: int,
    fail_on: str | None,
) -> Exit:
    if sum(one is not None for one in (before, within, overdue or None)) > 1:
        raise click.UsageError(_("Give only one of --before, --within and --overdue."))
    with database(out):
        from dandang.interfaces.cli import due_views as views  # noqa: PLC0415 needs Django
        from dandang.interfaces.shared import clock  # noqa: PLC0415 needs Django
        from dandang.lifecycle.casework.due_queries import (  # noqa: PLC0415 needs Django
            SoughtClocks,
            is_any_due,
        )
        from dandang.organization.queries import directory  # noqa: PLC0415 needs Django

        known = directory()
        for unit in units:
            known.unit(unit)
        for post in posts:
            known.post(post)
        now = clock.now()
        until = now if overdue else before
        if within is not None:
            until = _end_of(within, now)
        found = _pages(SoughtClocks(units, posts, until), limit)
        views.give(out, found, now)
        late = SoughtClocks(units, posts, now)
        failed = fail_on == _OVERDUE and is_any_due(late)
    return Exit.CHECK_FAILED if failed else Exit.OK


def _end_of(within: Span, now: datetime) -> datetime:
    from dandang.lifecycle.deadlines.rules import end_of  # noqa: PLC0415 lazy
    from dandang.organization.queries import work_calendar  # noqa: PLC0415 needs Django

    return end_of(within, now, work_calendar()).at


def _pages(sought: "SoughtClocks", limit: int) -> "Iterator[DueClock]":
    """Yield at most so many clocks, page by page."""
    from dandang.lifecycle.casework.due_queries import PAGE, due_clocks  # noqa: PLC0415 Django

    after = None
    while page := due_clocks(sought, limit=min(PAGE, limit), after=after):
        yield from page
        limit -= len(page)
        if not limit:
            return
        after = page[-1].place
