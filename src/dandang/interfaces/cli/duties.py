"""`dandang duties`: the register of duties, and what is wrong with it."""

from datetime import datetime

import click

from dandang.interfaces.cli.commands import Command, Group, option, with_output
from dandang.interfaces.cli.exits import Exit
from dandang.interfaces.cli.languages import N_
from dandang.interfaces.cli.languages import translate as _
from dandang.interfaces.cli.output import Output
from dandang.interfaces.cli.session import database


@click.group(cls=Group, help=N_("The register of duties: who answers for what."))
def duties() -> None:
    """Hold the commands on duties together."""


@duties.command(cls=Command, help=N_("Report every gap and overlap, and posts without officers."))
@option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DAY",
    help=N_("The day to look at, for example 2026-10-01; today if not said."),
)
@with_output
def check(out: Output, on: datetime | None) -> int:
    with database(out):
        from dandang.interfaces.cli.views import body_time, names  # noqa: PLC0415 Django
        from dandang.interfaces.shared import clock  # noqa: PLC0415 needs Django
        from dandang.interfaces.shared.words.findings import finding as words  # noqa: PLC0415 needs Django
        from dandang.organization.checks import check_duties  # noqa: PLC0415 as the others
        from dandang.organization.queries import current_policy, directory  # noqa: PLC0415 needs Django

        known, in_force = directory(), current_policy()
        paths = [(code, in_force.category_path(code)) for code in in_force.categories]
        day = on.date() if on else known.local_day(clock.now())
        found = check_duties(known, paths, day)
        called = names()
        for finding in found:
            record = {
                "kind": finding.kind.value,
                "category": finding.category or None,
                "area": finding.area or None,
                "units": list(finding.units),
                "posts": list(finding.posts),
                "since": finding.since,
                "until": finding.until,
            }
            with body_time():
                out.give(record, words(finding, called))
        out.note(_("{n} findings on {day}.").format(n=len(found), day=day.isoformat()))
    return Exit.CHECK_FAILED if found else Exit.OK
