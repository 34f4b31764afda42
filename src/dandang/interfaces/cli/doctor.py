"""`dandang doctor`: whether this installation is well, and what to do where it is not."""

from collections.abc import Iterable, Iterator

import click

from dandang.interfaces.cli import checkup
from dandang.interfaces.cli.checkup import Check, Health, Result
from dandang.interfaces.cli.commands import Command, with_output
from dandang.interfaces.cli.exits import Exit
from dandang.interfaces.cli.faults import fault_of
from dandang.interfaces.cli.languages import N_
from dandang.interfaces.cli.output import Output
from dandang.interfaces.cli.session import database

_MARKS = {Health.OK: "✔", Health.ATTENTION: "!", Health.WRONG: "✘"}


@click.command(cls=Command, help=N_("Look whether this installation is well."))
@with_output
def doctor(out: Output) -> int:
    results = list(_examine(out))
    well = all(result.health is not Health.WRONG for result in results)
    record = {
        "ok": well,
        "checks": [
            {
                "check": result.check,
                "health": result.health.value,
                "message": result.words,
                **result.details,
            }
            for result in results
        ],
    }
    out.give(record, *(f"{_MARKS[result.health]} {result.words}" for result in results))
    return Exit.OK if well else Exit.CHECK_FAILED


def _examine(out: Output) -> Iterator[Result]:
    yield from _run(checkup.BEFORE_THE_DATABASE)
    try:
        with database(out):
            yield from list(_run(checkup.IN_THE_DATABASE))
    except Exception as error:  # noqa: BLE001 told as a result, or raised again
        yield _failed("database", error)


def _run(checks: Iterable[Check]) -> Iterator[Result]:
    for check in checks:
        try:
            yield from check()
        except Exception as error:  # noqa: BLE001 told as a result, or raised again
            yield _failed(check.__name__, error)


def _failed(check: str, error: Exception) -> Result:
    """Return what to tell of a check that could not be made; raise mistakes in the program."""
    fault = fault_of(error)
    if fault is None:
        raise error
    return Result(check, Health.WRONG, fault.words, {"code": fault.code})
