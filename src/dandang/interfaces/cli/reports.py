"""`dandang report`: what is due, where nothing moves, and what became of promises, by unit."""

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from dandang.interfaces.cli.commands import Command, F, Group, option, with_output
from dandang.interfaces.cli.exits import Exit
from dandang.interfaces.cli.instants import DAY
from dandang.interfaces.cli.languages import N_
from dandang.interfaces.cli.languages import translate as _
from dandang.interfaces.cli.output import Output
from dandang.interfaces.cli.session import database

if TYPE_CHECKING:
    from dandang.interfaces.cli.report_views import Report

_PERIODS = ("month", "quarter", "year")
_LONGEST_SILENCE = 1000


@click.group(cls=Group, help=N_("Figures by unit: what is due, what stands still, promises."))
def report() -> None:
    """Hold the reports together."""


def _reporting(function: F) -> F:
    """Add the options of every report."""
    function = option(
        "--fail-on",
        type=click.IntRange(min=1),
        metavar="N",
        help=N_("End with 1 when there are so many or more (overdue, stalled or broken)."),
    )(function)
    function = option("--csv", "as_csv", is_flag=True, help=N_("A table in CSV."))(function)
    return option("--unit", "units", multiple=True, metavar="UNIT", help=N_("Only this unit."))(
        function
    )


@report.command(cls=Command, help=N_("Count running clocks by unit: overdue, today, soon."))
@_reporting
@with_output
def due(out: Output, units: tuple[str, ...], fail_on: int | None, *, as_csv: bool) -> Exit:
    _check(out, as_csv=as_csv)
    with database(out):
        from dandang.interfaces.cli import report_views  # noqa: PLC0415 needs Django
        from dandang.interfaces.shared import clock  # noqa: PLC0415 needs Django

        return _give(out, report_views.due(units, clock.now()), fail_on, as_csv=as_csv)


@report.command(
    cls=Command,
    help=N_("List open cases without an entry of substance for some working days."),
)
@option(
    "--days",
    type=click.IntRange(1, _LONGEST_SILENCE),
    metavar="N",
    default=5,
    show_default=True,
    help=N_("For so many working days or more."),
)
@_reporting
@with_output
def stalled(
    out: Output, units: tuple[str, ...], days: int, fail_on: int | None, *, as_csv: bool
) -> Exit:
    _check(out, as_csv=as_csv)
    with database(out):
        from dandang.interfaces.cli import report_views  # noqa: PLC0415 needs Django
        from dandang.interfaces.shared import clock  # noqa: PLC0415 needs Django

        found = report_views.stalled(units, days, clock.now())
        return _give(out, found, fail_on, as_csv=as_csv)


@report.command(
    cls=Command,
    help=N_("Count promises to requesters by unit and period: made, kept, broken."),
)
@option("--from", "first", metavar="DAY", type=DAY, help=N_("Only promises for this day or later."))
@option("--to", "last", metavar="DAY", type=DAY, help=N_("Only promises for this day or earlier."))
@option(
    "--by",
    type=click.Choice(_PERIODS),
    default="month",
    show_default=True,
    help=N_("How long a period is."),
)
@_reporting
@with_output
def promises(  # noqa: PLR0913 one option each
    out: Output,
    *,
    units: tuple[str, ...],
    first: date | None,
    last: date | None,
    by: str,
    fail_on: int | None,
    as_csv: bool,
) -> Exit:
    _check(out, as_csv=as_csv)
    with database(out):
        from dandang.interfaces.cli import report_views  # noqa: PLC0415 needs Django

        found = report_views.promises(units, first, last, by)
        return _give(out, found, fail_on, as_csv=as_csv)


def _check(out: Output, *, as_csv: bool) -> None:
    if as_csv and out.as_json:
        raise click.UsageError(_("Give only one of --json and --csv."))


def _give(out: Output, found: "Report[Any]", fail_on: int | None, *, as_csv: bool) -> Exit:
    """Write a report; fail where there is as much to complain about as was said."""
    if as_csv:
        out.csv(found.keys, found.records())
    elif out.as_json:
        out.table(found.records(), (), ())
    else:
        rows = found.rows()
        out.table((), found.heads, rows)
        if not rows:
            out.note(_("There is nothing to report."))
    return Exit.CHECK_FAILED if fail_on and found.faults >= fail_on else Exit.OK
