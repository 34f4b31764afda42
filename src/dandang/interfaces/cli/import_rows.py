"""`dandang import`: requests from a file of another system."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dandang.interfaces.cli.commands import Command, option, with_output
from dandang.interfaces.cli.exits import Exit
from dandang.interfaces.cli.languages import N_
from dandang.interfaces.cli.languages import translate as _
from dandang.interfaces.cli.output import Output
from dandang.interfaces.cli.session import database, sequence

if TYPE_CHECKING:
    from dandang.lifecycle.intake.importing.import_map import ImportMap
    from dandang.lifecycle.intake.importing.rejected import RejectedFile
    from dandang.lifecycle.intake.importing.run import Rejected, Tally


@click.command(
    "import", cls=Command, help=N_("Take in the rows of a CSV or Parquet file as requests.")
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@option(
    "--map",
    "map_name",
    required=True,
    metavar="NAME_OR_FILE",
    help=N_("What the columns mean: a ready map (nyc311, zh_messages) or a map file."),
)
@option(
    "--rejected",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help=N_("Where rows that cannot be taken in go; beside the input if not said."),
)
@with_output
def import_(out: Output, file: Path, map_name: str, rejected: Path | None) -> int:
    from dandang.lifecycle.intake.importing.maps import load_map  # noqa: PLC0415 only when needed

    plan = load_map(map_name)
    with database(out):
        found = _take_in(out, plan, file, rejected)
        sequence()
    out.give(_record(found, plan), *_words(found))
    if found.interrupted:
        return Exit.INTERRUPTED
    return Exit.CHECK_FAILED if found.tally.errors else Exit.OK


@dataclass(frozen=True, slots=True)
class _Taken:
    """What an import did. `kept` is the file of rejected rows, `place` says where a row stands."""

    tally: "Tally"
    interrupted: bool
    kept: Path | None
    place: Callable[[int], str]


def _take_in(out: Output, plan: "ImportMap", file: Path, rejected: Path | None) -> _Taken:
    """Import the file."""
    from dandang.interfaces.shared import clock  # noqa: PLC0415 needs Django
    from dandang.lifecycle.intake.importing.opening import opened  # noqa: PLC0415 as above
    from dandang.lifecycle.intake.importing.rejected import (  # noqa: PLC0415 as above
        RejectedFile,
        rejected_path,
    )
    from dandang.lifecycle.intake.importing.run import Run  # noqa: PLC0415 as above

    with opened(file, plan) as rows:
        path = rejected or _writable(rejected_path(file))
        bad = RejectedFile(path, file, header=rows.header, delimiter=plan.delimiter, reason=_reason)
        run = Run(plan, rows.header, now=clock.now(), rejected=bad.write)
        run.check()
        with _kept(bad), _stopping() as stopping:
            with out.progress(rows.size, _("Importing")) as bar:
                place = 0
                for _tally in run.take_in(rows.records, stop=stopping):
                    bar.update(rows.place() - place)
                    place = rows.place()
            interrupted = stopping()
    kept = path if run.tally.errors else None
    return _Taken(run.tally, interrupted, kept, _line if rows.has_lines else _row)


def _line(number: int) -> str:
    return _("line {number}").format(number=number)


def _row(number: int) -> str:
    return _("row {number}").format(number=number)


def _writable(path: Path) -> Path:
    """Return the path, or one of the same name elsewhere when its folder cannot be written."""
    from dandang.database import state_directory  # noqa: PLC0415 only when needed

    folders = (path.parent, Path.cwd(), state_directory())
    return next(folder for folder in folders if os.access(folder, os.W_OK)) / path.name


@contextmanager
def _kept(bad: "RejectedFile") -> Iterator[None]:
    """Put the file of rejected rows in its place, however the run ends."""
    try:
        yield
    finally:
        bad.close()


@contextmanager
def _stopping() -> Iterator[Callable[[], bool]]:
    """Yield what says whether Ctrl-C was pressed; pressed again it ends the program at once."""
    asked = threading.Event()

    def ask(_number: int, _frame: object) -> None:
        asked.set()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    if threading.current_thread() is not threading.main_thread():
        yield asked.is_set
        return
    before = signal.signal(signal.SIGINT, ask)
    try:
        yield asked.is_set
    finally:
        signal.signal(signal.SIGINT, before)


def _reason(rejected: "Rejected") -> str:
    from dandang.interfaces.shared.words.problems import problem_words  # noqa: PLC0415 Django
    from dandang.terms import Problem  # noqa: PLC0415 only when needed

    return problem_words(Problem(rejected.code, params=rejected.params))


def _record(found: _Taken, plan: "ImportMap") -> dict[str, object]:
    tally = found.tally
    return {
        "rows": tally.rows,
        "opened": tally.opened,
        "already_present": tally.already_present,
        "errors": tally.errors,
        "ended": tally.ended,
        "uncategorised": tally.unknown["category"],
        "unplaced": tally.unknown["area"],
        "map": plan.name,
        "rejected_file": str(found.kept) if found.kept else None,
        "interrupted": found.interrupted,
    }


def _words(found: _Taken) -> Iterator[str]:
    tally = found.tally
    yield _("{rows} rows: {opened} opened, {present} already present, {errors} not usable.").format(
        rows=tally.rows,
        opened=tally.opened,
        present=tally.already_present,
        errors=tally.errors,
    )
    if tally.ended:
        yield _("{n} of those opened had ended in the other system.").format(n=tally.ended)
    if tally.unknown["category"]:
        yield _(
            "{n} have a category the map does not know and wait at intake; the first is in {place}."
        ).format(n=tally.unknown["category"], place=found.place(tally.first_unknown["category"]))
    if tally.unknown["area"]:
        yield _("{n} have an area the map does not know; the first is in {place}.").format(
            n=tally.unknown["area"], place=found.place(tally.first_unknown["area"])
        )
    if found.kept:
        yield _("Rows that are not usable, with the reasons: {file}").format(file=found.kept)
    if found.interrupted:
        yield _(
            "Stopped after {place}. Run the same command again to go on; nothing doubles."
        ).format(place=found.place(tally.last_line))
