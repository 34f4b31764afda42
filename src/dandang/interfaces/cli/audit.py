"""`dandang audit`: samples of ended cases, drawn by chance from the ledger and drawn again."""

from datetime import datetime

import click

from dandang.interfaces.cli import people
from dandang.interfaces.cli.commands import Command, Group, option, with_output
from dandang.interfaces.cli.exits import Exit
from dandang.interfaces.cli.languages import N_
from dandang.interfaces.cli.languages import translate as _
from dandang.interfaces.cli.output import Output
from dandang.interfaces.cli.session import database, sequence

_DAY = click.DateTime(["%Y-%m-%d"])


@click.group(cls=Group, help=N_("Samples of ended cases, read by somebody from outside the unit."))
def audit() -> None:
    """Hold the commands on samples together."""


@audit.command(
    "draw",
    cls=Command,
    help=N_(
        "Draw a sample of ended cases. Its chance comes from the last entry of the ledger, so"
        " nobody chooses it."
    ),
)
@option("--from", "first", type=_DAY, required=True, help=N_("Ended on this day or later."))
@option("--to", "last", type=_DAY, required=True, help=N_("Ended on this day or earlier."))
@option(
    "--end",
    "ends",
    multiple=True,
    required=True,
    metavar="STATE",
    help=N_("Ended so, such as declined. Can be given several times."),
)
@option("--unit", default="", metavar="UNIT", help=N_("Held by this unit or one below it."))
@option("--percent", type=click.IntRange(1, 100), help=N_("So many of a hundred."))
@option("--number", type=click.IntRange(min=1), help=N_("So many cases."))
@option("--as", "officer", metavar="OFFICER", required=True, help=N_("The officer who draws it."))
@with_output
def draw_(  # noqa: PLR0913 the options
    out: Output,
    *,
    first: datetime,
    last: datetime,
    ends: tuple[str, ...],
    unit: str,
    percent: int | None,
    number: int | None,
    officer: str,
) -> None:
    with database(out):
        from dandang.interfaces.shared import clock  # noqa: PLC0415 needs Django
        from dandang.lifecycle.sampling.actions import draw  # noqa: PLC0415 needs Django
        from dandang.lifecycle.sampling.rules import Sought  # noqa: PLC0415 with the command
        from dandang.lifecycle.states import State  # noqa: PLC0415 with the command
        from dandang.terms import Actor, Code, Refusal  # noqa: PLC0415 with the command

        people.officer(officer)
        if not {end.value for end in State}.issuperset(ends):
            raise Refusal(Code.VALUE_INVALID, field="ends")
        sought = Sought(
            first.date(),
            last.date(),
            unit,
            tuple(State(end) for end in ends),
            percent or 0,
            number or 0,
        )
        done = draw(sought, by=Actor.officer(officer), now=clock.now())
        sequence()
    out.give(
        {"sample": done.number, "cases": done.cases, "frame": done.frame},
        _("Sample {number}: {cases} cases of {frame}.").format(
            number=done.number, cases=done.cases, frame=done.frame
        ),
    )


@audit.command(
    "sample",
    cls=Command,
    help=N_(
        "Draw a sample again from the ledger alone, and say whether it is the one that was drawn."
    ),
)
@click.argument("number", type=click.IntRange(min=1))
@with_output
def sample(out: Output, number: int) -> int:
    with database(out):
        from dandang.lifecycle.sampling.recomputing import recompute  # noqa: PLC0415 needs Django

        found = recompute(number)
    record = {
        "sample": found.number,
        "seed": found.seed,
        "frame": found.frame,
        "cases": list(found.streams),
        "same_draw": found.same_draw,
        "same_seed": found.same_seed,
        "same_frame": found.same_frame,
        "same_sample": found.same_sample,
        "same_judgements": found.same_judgements,
    }
    words = _("It is not the sample that was drawn.")
    if not found.same_judgements and found.same_sample:
        words = _("What is kept of second readers is not what the ledger says they said.")
    if found.is_same:
        words = _("The ledger gives the same sample: {cases} cases of {frame}.").format(
            cases=len(found.streams), frame=found.frame
        )
    out.give(record, words, *found.streams)
    return Exit.OK if found.is_same else Exit.CHECK_FAILED
