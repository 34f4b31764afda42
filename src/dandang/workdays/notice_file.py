"""Reading a notice that an operator wrote down as a TOML file, with every problem and its line.

The format is described in `docs/how-to/add-a-holiday-notice.md`.
"""

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from dandang.terms import InputError, Problem
from dandang.terms.toml_positions import Lines, find_lines
from dandang.workdays.model import ONE_DAY, SATURDAY_AND_SUNDAY, Notice

MAX_BYTES = 64 * 1024
MAX_SPAN_DAYS = 366
PLAUSIBLE_YEARS = range(1900, 3000)
MAX_SHOWN = 60  # of a value that makes no sense
_KEYS = frozenset({"source", "published", "year", "first", "last", "rest", "working"})
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")

_BARE_DATE = re.compile(
    r"""
      \#[^\n]*
    | \"{3}.*?\"{3} | '{3}.*?'{3} | "(?:\\.|[^"\\\n])*" | '[^'\n]*'
    | (?P<date> \d{4}-\d{2}-\d{2}[^\s,\]\#}]* )
    """,
    re.VERBOSE | re.DOTALL,
)


def load_notice(path: Path | str, *, weekend: frozenset[int] = SATURDAY_AND_SUNDAY) -> Notice:
    """Return the notice that the file holds. Raises InputError with every problem found in it.

    `weekend` is that of the calendar the notice is for: make-up days must fall on it.
    """
    return read_notice(_read(Path(path), str(path)), str(path), weekend=weekend)


def read_notice(text: str, name: str, *, weekend: frozenset[int] = SATURDAY_AND_SUNDAY) -> Notice:
    """Return the notice that a text says; `name` is that of its file. As `load_notice`."""
    text = _quote_dates(text)
    try:
        values = tomllib.loads(text)
    except ValueError as error:
        raise InputError([_syntax_problem(name, text, str(error))]) from error
    except RecursionError as error:
        reason = "nested too deeply"
        raise InputError([Problem("toml_syntax", name, 0, {"reason": reason})]) from error
    reader = _Reader(name, values, find_lines(text), weekend)
    notice = reader.notice()
    if notice is None:
        raise InputError(sorted(reader.problems, key=lambda problem: problem.line))
    return notice


def write_notice(notice: Notice) -> str:
    """Return the text that says a notice: reading it gives the notice back."""
    lines = [
        f"source = {json.dumps(notice.source, ensure_ascii=False)}",
        f"published = {notice.published}",
        f"first = {notice.first}",
        f"last = {notice.last}",
    ]
    for kind, days in (("rest", notice.rest), ("working", notice.working)):
        lines += [f"{kind} = [", *(f'  "{span}",' for span in _spans(days)), "]"]
    return "\n".join((*lines, ""))


def _spans(days: frozenset[date]) -> Iterator[str]:
    """Yield each unbroken run of days as `first to last`, or as the day that it is."""
    for day in sorted(days):
        if day - ONE_DAY in days:
            continue
        last = day
        while last + ONE_DAY in days and (last - day).days + 1 < MAX_SPAN_DAYS:
            last += ONE_DAY
        yield f"{day} to {last}" if last > day else f"{day}"


def _read(path: Path, name: str) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputError([Problem("file_unreadable", name, 0, {"reason": reason})]) from error
    if len(content) > MAX_BYTES:
        raise InputError([Problem("file_too_large", name, 0, {"limit": MAX_BYTES})])
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InputError([Problem("not_utf8", name, line)]) from error


def _quote_dates(text: str) -> str:
    """Return the text with bare dates as strings, so that a wrong one does not end the reading."""
    return _BARE_DATE.sub(lambda piece: f'"{piece[0]}"' if piece["date"] else piece[0], text)


def _syntax_problem(name: str, text: str, reason: str) -> Problem:
    place = _PLACE.search(reason)
    line = int(place[1] or text.count("\n") + 1) if place else 0
    return Problem("toml_syntax", name, line, {"reason": _PLACE.sub("", reason)})


@dataclass(slots=True)
class _Reader:
    """Takes the values apart and notes every problem on the way."""

    name: str
    values: dict[str, Any]
    lines: Lines
    weekend: frozenset[int]
    problems: list[Problem] = field(default_factory=list)
    seen: dict[date, tuple[str, int]] = field(default_factory=dict)

    def notice(self) -> Notice | None:
        """Return the notice, or None when there were problems."""
        for key in sorted(self.values.keys() - _KEYS):
            self._wrong(key, "key_unknown")
        source = self._source()
        published = self._required_date("published")
        first, last = self._range() or (date.min, date.max)
        if published and published > last:
            self._wrong("published", "published_after_range")
        for kind in ("rest", "working"):
            self._days(kind, first, last)
        if self.problems or published is None:
            return None
        return Notice(source, published, first, last, self._all("working"), self._all("rest"))

    def _all(self, kind: str) -> frozenset[date]:
        return frozenset(day for day, (found, _) in self.seen.items() if found == kind)

    def _source(self) -> str:
        value = self.values.get("source")
        if not isinstance(value, str) or not value.strip():
            self._wrong("source", "key_missing" if value is None else "value_invalid")
            return ""
        return value.strip()

    def _required_date(self, key: str) -> date | None:
        value = self.values.get(key)
        if value is None:
            self._wrong(key, "key_missing")
            return None
        day = _to_date(value)
        if day is None:
            self._at(self.lines.of((key,)), "date_invalid", value=str(value)[:MAX_SHOWN])
        return day

    def _range(self) -> tuple[date, date] | None:
        """Return the days the notice speaks about: its year, or from `first` to `last`."""
        if "year" in self.values:
            if "first" in self.values or "last" in self.values:
                self._wrong("year", "year_and_range")
                return None
            return self._year(self.values["year"])
        first, last = self._required_date("first"), self._required_date("last")
        if not (first and last):
            return None
        if first > last:
            self._at(self.lines.of(("last",)), "range_reversed", value=f"{first} to {last}")
            return None
        return first, last

    def _year(self, value: object) -> tuple[date, date] | None:
        if type(value) is not int or value not in PLAUSIBLE_YEARS:
            self._wrong("year", "value_invalid")
            return None
        return date(value, 1, 1), date(value, 12, 31)

    def _days(self, kind: str, first: date, last: date) -> None:
        """Note the days of one list, each entry a day or `first to last`."""
        entries = self.values.get(kind, [])
        if not isinstance(entries, list):
            self._wrong(kind, "value_invalid")
            return
        for index, entry in enumerate(entries):
            line = self.lines.of((kind, index))
            for day in self._span(entry, line, first, last):
                self._day(kind, day, line)

    def _span(self, entry: object, line: int, first: date, last: date) -> list[date]:
        """Return the days of an entry; none when there is a problem with it as a whole."""
        begin_text, to, end_text = str(entry).partition(" to ")
        begin, end = _to_date(begin_text), _to_date(end_text if to else begin_text)
        if begin is None or end is None:
            self._at(line, "date_invalid", value=str(entry)[:MAX_SHOWN])
        elif begin > end:
            self._at(line, "range_reversed", value=str(entry))
        elif begin < first or end > last:
            outside = begin if begin < first else end
            self._at(
                line, "date_outside_notice", date=str(outside), first=str(first), last=str(last)
            )
        elif (end - begin).days >= MAX_SPAN_DAYS:
            self._at(line, "range_too_long", value=str(entry), limit=MAX_SPAN_DAYS)
        else:
            return [begin + ONE_DAY * n for n in range((end - begin).days + 1)]
        return []

    def _day(self, kind: str, day: date, line: int) -> None:
        if day in self.seen:
            other, first_line = self.seen[day]
            code = "date_repeated" if other == kind else "date_working_and_rest"
            self._at(line, code, date=str(day), first_line=first_line)
            return
        self.seen[day] = (kind, line)
        if kind == "working" and day.weekday() not in self.weekend:
            self._at(line, "make_up_day_on_weekday", date=str(day))

    def _wrong(self, key: str, code: str) -> None:
        self._at(self.lines.of((key,)), code, key=key)

    def _at(self, line: int, code: str, **params: str | int) -> None:
        self.problems.append(Problem(code, self.name, line, params))


def _to_date(value: object) -> date | None:
    if not isinstance(value, str) or not _DATE.fullmatch(value.strip()):
        return None
    try:
        return date.fromisoformat(value.strip())
    except ValueError:
        return None
