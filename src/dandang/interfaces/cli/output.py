"""Where a command writes: results to stdout, for people or as JSON; everything else to stderr."""

import csv
import io
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from typing import Protocol

import click

from dandang.interfaces.cli.tables import aligned


class Bar(Protocol):
    """A progress bar."""

    def update(self, n_steps: int) -> None:
        """Go on by so many steps."""


class _NoBar:
    def update(self, n_steps: int) -> None:
        """Show nothing."""


class Output:
    """What one command writes. In JSON nothing but objects goes to stdout, one a line."""

    def __init__(self, *, as_json: bool, quiet: bool) -> None:
        self.as_json = as_json
        self.quiet = quiet

    def give(self, record: Mapping[str, object], *words: str) -> None:
        """Write a result: the record as JSON, or the words for people, a line each."""
        if self.as_json:
            click.echo(as_line(record))
        else:
            for line in words:
                click.echo(line)

    def table(
        self,
        records: Iterable[Mapping[str, object]],
        header: Sequence[str],
        rows: Iterable[Sequence[str]],
    ) -> None:
        """Write a list: each record as a line of JSON, or a table for people."""
        if self.as_json:
            for record in records:
                click.echo(as_line(record))
            return
        lines = list(rows)
        if lines:
            click.echo("\n".join(aligned(header, lines)))

    def csv(self, keys: Sequence[str], records: Iterable[Mapping[str, object]]) -> None:
        """Write a list as CSV: the keys in the first line, then the values of each record."""
        click.echo(_csv_line(keys), nl=False)
        for record in records:
            click.echo(_csv_line([_csv_value(record[key]) for key in keys]), nl=False)

    def note(self, text: str) -> None:
        """Tell people something beside the result."""
        if not self.quiet:
            click.echo(text, err=True)

    def progress(self, length: int, label: str) -> AbstractContextManager[Bar]:
        """Show how far a long task is, where somebody can see it."""
        if self.quiet or not sys.stderr.isatty():
            return nullcontext(_NoBar())
        return click.progressbar(length=length, label=label, file=sys.stderr)


def as_line(record: Mapping[str, object]) -> str:
    """Return one line of JSON; instants are UTC in ISO 8601."""
    ascii_only = "utf" not in (sys.stdout.encoding or "").lower()
    return json.dumps(record, ensure_ascii=ascii_only, default=_plain)


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return str(value)


def _csv_value(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else _plain(value)


def _csv_line(values: Sequence[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(values)
    return line.getvalue()
