"""`dandang demo`: a fictional city to try everything in."""

import click

from dandang.interfaces.cli import languages, parts
from dandang.interfaces.cli.commands import Command, Group, option, with_output
from dandang.interfaces.cli.languages import N_
from dandang.interfaces.cli.output import Output


@click.group(
    cls=Group,
    invoke_without_command=True,
    help=N_("Serve a fictional city to try everything in."),
)
@option(
    "--port",
    type=click.IntRange(1, 65535),
    metavar="PORT",
    help=N_("The port; a free one if not said."),
)
@option("--no-open", is_flag=True, help=N_("Do not open a browser."))
@option(
    "--cases",
    type=click.IntRange(1, 100_000),
    default=400,
    show_default=True,
    metavar="N",
    help=N_("About how many cases a new city has."),
)
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
@click.pass_context
def demo(  # noqa: PLR0913 its options
    context: click.Context,
    out: Output,
    *,
    port: int | None,
    cases: int,
    seed: int,
    no_open: bool,
    reset: bool,
) -> int | None:
    if context.invoked_subcommand is not None:
        return None
    result: int | None = parts.call(
        parts.DEMO,
        out=out,
        language=languages.current(),
        port=port,
        cases=cases,
        seed=seed,
        reset=reset,
        open_browser=not no_open,
    )
    return result


@demo.command(cls=Command, help=N_("Let the next working day of the city happen."))
@with_output
def advance(out: Output) -> int | None:
    result: int | None = parts.call(parts.DEMO_ADVANCE, out=out)
    return result


@demo.command(cls=Command, help=N_("Give the record of the troubles planted in the city, as JSON."))
@with_output
def plantings(out: Output) -> int | None:
    result: int | None = parts.call(parts.DEMO_PLANTINGS, out=out)
    return result
