"""`dandang notice`: calendar notices, and what they make of deadlines that were provisional."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dandang.interfaces.cli.commands import Command, Group, with_output
from dandang.interfaces.cli.exits import Exit
from dandang.interfaces.cli.languages import N_
from dandang.interfaces.cli.languages import translate as _
from dandang.interfaces.cli.output import Output
from dandang.interfaces.cli.session import database, sequence
from dandang.terms import Actor

if TYPE_CHECKING:
    from dandang.lifecycle.casework.provisional import Provisional
    from dandang.lifecycle.escalation.actions.settle_notice import Settled


@click.group(cls=Group, help=N_("Calendar notices: holidays and make-up working days."))
def notice() -> None:
    """Hold the commands on calendar notices together."""


@notice.command(
    cls=Command,
    help=N_("Put a calendar notice into force, and settle the deadlines that waited for it."),
)
@click.argument("file", type=click.Path(path_type=Path))
@with_output
def adopt(out: Output, file: Path) -> Exit:
    from dandang.workdays import load_notice  # noqa: PLC0415 only when needed

    chosen = load_notice(file)
    with database(out):
        from dandang.interfaces.shared import clock  # noqa: PLC0415 needs Django
        from dandang.organization.actions.adopt import adopt_notice  # noqa: PLC0415 Django

        adopted = adopt_notice(chosen, by=Actor.system(), now=clock.now())
        waited, settled = _settle(out)
        sequence()
    record = {"first": chosen.first, "last": chosen.last, "adopted": adopted}
    words = _("The notice for {first} to {last} is in force now.")
    if not adopted:
        words = _("The notice for {first} to {last} was in force already.")
    told = {"provisional": waited.clocks, "settled": settled.clocks, "failed": settled.failed}
    out.give({**record, **told}, words.format(**record), *_words(waited, settled))
    return Exit.CHECK_FAILED if settled.failed else Exit.OK


def _settle(out: Output) -> "tuple[Provisional, Settled]":
    """Settle what the calendar publishes by now, and show how far that is."""
    from dandang.interfaces.shared import clock  # noqa: PLC0415 needs Django
    from dandang.lifecycle.casework.provisional import provisional  # noqa: PLC0415 needs Django
    from dandang.lifecycle.escalation.actions.settle_notice import settle_all  # noqa: PLC0415 Django
    from dandang.organization.queries import work_calendar  # noqa: PLC0415 needs Django

    waited = provisional(work_calendar())
    with out.progress(waited.published, _("Settling deadlines")) as bar:
        settled = settle_all(clock.now(), progress=bar.update)
    return waited, settled


def _words(waited: "Provisional", settled: "Settled") -> list[str]:
    if not waited.clocks:
        return []
    words = _("{n} deadlines were provisional; {settled} of them are final now.")
    said = [words.format(n=waited.clocks, settled=settled.clocks)]
    if settled.failed:
        failed = ", ".join(settled.failed)
        said.append(_("These cases could not be settled: {cases}").format(cases=failed))
    return said
