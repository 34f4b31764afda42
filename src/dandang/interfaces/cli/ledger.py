"""`dandang ledger`: what the ledger says, and whether the rows agree with it."""

import click

from dandang.interfaces.cli.commands import Command, Group, option, with_output
from dandang.interfaces.cli.exits import Exit
from dandang.interfaces.cli.languages import N_
from dandang.interfaces.cli.languages import translate as _
from dandang.interfaces.cli.output import Output
from dandang.interfaces.cli.session import database


@click.group(cls=Group, help=N_("The ledger: everything that ever happened to a case."))
def ledger() -> None:
    """Hold the commands on the ledger together."""


@ledger.command(
    cls=Command, help=N_("Rebuild every case from its events and name every difference.")
)
@option(
    "--show",
    type=click.IntRange(min=0),
    metavar="N",
    default=20,
    show_default=True,
    help=N_("Name at most so many differences."),
)
@with_output
def replay(out: Output, show: int) -> int:
    with database(out):
        from dandang.ledger.queries import size  # noqa: PLC0415 needs Django
        from dandang.lifecycle.replay import replay as rebuild  # noqa: PLC0415 needs Django

        with out.progress(size(), _("Replaying")) as bar:
            done = 0

            def tell(events: int) -> None:
                nonlocal done
                bar.update(events - done)
                done = events

            result = rebuild(keep=show, progress=tell)
    record = {
        "events": result.events,
        "cases": result.cases,
        "differences": result.differing,
        "shown": [
            {
                "case": one.case,
                "column": one.column,
                "in_ledger": one.in_ledger,
                "in_row": one.in_row,
            }
            for one in result.differences
        ],
    }
    words = [
        _("{events} events rebuild {cases} cases: {n} differences.").format(
            events=result.events, cases=result.cases, n=result.differing
        )
    ]
    words += [
        _("{case}: {column} is {row}, the ledger says {ledger}").format(
            case=one.case, column=one.column, row=one.in_row, ledger=one.in_ledger
        )
        for one in result.differences
    ]
    out.give(record, *words)
    return Exit.CHECK_FAILED if result.differing else Exit.OK
