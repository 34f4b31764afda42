"""`dandang serve`: the web interface, the database and a worker, until Ctrl-C."""

import click

from dandang.interfaces.cli import parts, serving
from dandang.interfaces.cli.commands import Command, option, with_output
from dandang.interfaces.cli.languages import N_
from dandang.interfaces.cli.languages import translate as _
from dandang.interfaces.cli.output import Output
from dandang.interfaces.cli.session import database, shown


@click.command(cls=Command, help=N_("Serve the web interface until Ctrl-C."))
@option(
    "--host",
    metavar="ADDRESS",
    default=serving.LOCAL,
    show_default=True,
    help=N_("The address to listen at; any but 127.0.0.1 lets other machines in."),
)
@option(
    "--port",
    type=click.IntRange(1, 65535),
    metavar="PORT",
    help=N_("The port; 8000 or the next free one."),
)
@option(
    "--workers",
    type=click.IntRange(1, 12),
    metavar="N",
    default=1,
    show_default=True,
    help=N_("How many processes answer."),
)
@option(
    "--work/--no-work",
    "works",
    default=True,
    show_default=True,
    help=N_("Do what is due as well; leave it to dandang work where that runs."),
)
@with_output
def serve(out: Output, *, host: str, port: int | None, workers: int, works: bool) -> None:
    with database(out, watch=True):
        parts.call(parts.MIGRATE, progress=shown(out))
        chosen = serving.free_port(host, port)
        shown_host = f"[{host}]" if ":" in host else host
        address = f"http://{shown_host}:{chosen}/"

        def ready() -> None:
            out.give({"url": address}, _("Open {url}  (Ctrl-C stops)").format(url=address))

        serving.serve_until_stopped(host, chosen, workers=workers, works=works, ready=ready)
    out.note(_("Stopped."))
