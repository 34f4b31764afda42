"""`dandang publication`: the figures that everybody may see, and counting them anew."""

from typing import TYPE_CHECKING

import click

from dandang.interfaces.cli.commands import Command, Group, option, with_output
from dandang.interfaces.cli.exits import Exit
from dandang.interfaces.cli.faults import Failure
from dandang.interfaces.cli.languages import N_
from dandang.interfaces.cli.languages import translate as _
from dandang.interfaces.cli.output import Bar, Output
from dandang.interfaces.cli.session import database, sequence

if TYPE_CHECKING:
    from dandang.publication.figures.building import Progress

_PATIENCE_SECONDS = 1.0


@click.group(cls=Group, help=N_("The figures that everybody may see."))
def publication() -> None:
    """Hold the commands on what is published together."""


@publication.command(
    cls=Command,
    help=N_(
        "Count all cases anew, beside the figures that are shown meanwhile. Interrupted, it goes on"
        " where it was when it is started again."
    ),
)
@option("--anew", is_flag=True, help=N_("Begin anew where an earlier one was interrupted."))
@with_output
def rebuild(out: Output, *, anew: bool) -> None:
    with database(out):
        from dandang.publication.figures import building  # noqa: PLC0415 needs Django

        sequence()
        if not building.begin(anew=anew):
            words = _("There is no organization yet, so there is nothing to count.")
            raise Failure(Exit.CONFIGURATION, "no_organization", words)
        cases = building.number_of_cases()
        with out.progress(max(1, cases), _("Counting")) as bar:
            _fill(bar)
        while building.clear_once():
            pass
    out.give({"cases": cases}, _("Counted anew: {n} cases.").format(n=cases))


def _fill(bar: Bar) -> None:
    """Fill the build to its end, or see another process do so."""
    from time import sleep  # noqa: PLC0415 for here alone

    from dandang.interfaces.shared import clock  # noqa: PLC0415 needs Django
    from dandang.publication.figures import building  # noqa: PLC0415 needs Django

    shown = 0
    while building.is_filling():
        progress: Progress | None = building.fill_once(now=clock.now())
        if progress is None:
            sleep(_PATIENCE_SECONDS)
            continue
        bar.update(progress.gone_through - shown)
        shown = progress.gone_through


@publication.command(
    "rebuild-cases",
    cls=Command,
    help=N_("Write what everybody may see of single cases anew, from the cases and the ledger."),
)
@with_output
def rebuild_cases(out: Output) -> None:
    with database(out):
        from dandang.publication.cases.following import rebuild  # noqa: PLC0415 needs Django

        number = rebuild()
    out.give({"cases": number}, _("Written anew: {n} published cases.").format(n=number))


@publication.command(cls=Command, help=N_("Say how far the figures are behind the log."))
@with_output
def status(out: Output) -> None:
    with database(out):
        from dandang.interfaces.cli.views import at_home  # noqa: PLC0415 needs Django
        from dandang.publication.figures.working import standing  # noqa: PLC0415 needs Django

        found = standing()
        record = {"behind": found.behind, "at": found.at, "rebuilding": found.is_rebuilding}
        lines = [
            _("The figures are of {at}; {n} events are not counted yet.").format(
                at=at_home(found.at), n=found.behind
            )
            if found.at
            else _("Nothing has been counted yet: is dandang work running?")
        ]
        if found.is_rebuilding:
            lines.append(_("Everything is being counted anew."))
        out.give(record, *lines)
