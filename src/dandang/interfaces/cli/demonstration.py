"""`dandang demo`: a fictional city to try everything in."""

import click

from dandang.interfaces.cli import languages, parts
from dandang.interfaces.cli.commands import Command, option, with_output
from dandang.interfaces.cli.languages import N_
from dandang.interfaces.cli.output import Output


@click.command(cls=Command, help=N_("Serve a fictional city to try everything in."))
@option(
    "--port",
    type=click.IntRange(1, 65535),
    metavar="PORT",
    help=N_("The port; a free one if not said."),
)
@option("--no-open", is_flag=True, help=N_("Do not open a browser."))
@option(
    "--seed",
    type=int,
    default=7,
    show_default=True,
    metavar="N",
    help=N_("Another seed, another city."),
)
@option("--reset", is_flag=True, help=N_("Throw the city away and build it anew."))
@with_output
def demo(out: Output, port: int | None, seed: int, *, no_open: bool, reset: bool) -> int | None:
    result: int | None = parts.call(
        parts.DEMO,
        out=out,
        language=languages.current(),
        port=port,
        seed=seed,
        reset=reset,
        open_browser=not no_open,
    )
    return result
