"""`dandang case mark-senders`: by which marks earlier requests of a sender are found, anew."""

import click

from dandang.interfaces.cli.commands import Command, with_output
from dandang.interfaces.cli.languages import N_
from dandang.interfaces.cli.languages import translate as _
from dandang.interfaces.cli.output import Output
from dandang.interfaces.cli.session import database


@click.command(
    "mark-senders",
    cls=Command,
    help=N_(
        "Compute anew by which marks the earlier requests of a sender are found: once after an"
        " upgrade, and when the installation has another secret."
    ),
)
@with_output
def mark_senders(out: Output) -> None:
    with database(out):
        from dandang.lifecycle.contact.earlier_requests import (  # noqa: PLC0415 needs Django
            mark_everybody,
        )

        done = mark_everybody()
    out.give({"requests": done}, _("{number} requests were looked through.").format(number=done))
