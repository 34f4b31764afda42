"""`dandang training`: a body that learns decides itself what time it is."""

from datetime import datetime

import click

from dandang.interfaces.cli.commands import Command, Group, with_output
from dandang.interfaces.cli.exits import Exit
from dandang.interfaces.cli.faults import Failure
from dandang.interfaces.cli.instants import INSTANT
from dandang.interfaces.cli.languages import N_
from dandang.interfaces.cli.languages import translate as _
from dandang.interfaces.cli.output import Output
from dandang.interfaces.cli.session import database


@click.group(cls=Group, help=N_("Learn and try things out, in a database for nothing else."))
def training() -> None:
    """Hold the commands for training together."""


@training.command(
    "time",
    cls=Command,
    help=N_("Say what time it is; with a TIME, make it that time from now on."),
)
@click.argument("at", metavar="TIME", required=False, type=INSTANT)
@with_output
def time_(out: Output, at: datetime | None) -> None:
    with database(out):
        from dandang.interfaces.cli.views import at_home  # noqa: PLC0415 needs Django
        from dandang.interfaces.shared import clock  # noqa: PLC0415 needs Django
        from dandang.organization.queries import frozen_time  # noqa: PLC0415 needs Django

        if at is not None:
            _stand_still(at)
        now, frozen = clock.now(), frozen_time() is not None
        words = _("It is {time}, until it is set forward.") if frozen else _("It is {time}.")
        out.give({"time": now, "stands_still": frozen}, words.format(time=at_home(now)))


def _stand_still(at: datetime) -> None:
    """Hold the time at this instant: in a database without real cases, and never backwards."""
    from dandang.lifecycle.casework.queries import counted  # noqa: PLC0415 needs Django
    from dandang.lifecycle.casework.wanted import Wanted  # noqa: PLC0415 needs Django
    from dandang.organization.actions.training import freeze_time  # noqa: PLC0415 needs Django
    from dandang.organization.queries import frozen_time  # noqa: PLC0415 needs Django

    before = frozen_time()
    if before is None and counted(Wanted()):
        words = _("There are cases here that happened in real time: train in another database.")
        raise Failure(Exit.REFUSED, "not_for_training", words)
    if before is not None and at < before:
        words = _("It is later than that already, and time never goes back.")
        raise Failure(Exit.REFUSED, "time_goes_back", words, time=before)
    freeze_time(at)
