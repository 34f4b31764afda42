"""Turns one record into the wish to open a request, or says why it cannot be. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from dandang.lifecycle.intake.importing.import_map import ImportMap, key_of
from dandang.lifecycle.intake.importing.instants import Instants
from dandang.lifecycle.intake.rules import Contact, Open, Origin
from dandang.terms import check_text

MAX_LINE = 300
MAX_SOURCE_ID = 128
_TITLE_FROM_TEXT = 60
_JOINTS = {"title": " – ", "text": "\n", "location": ", "}


class BadRow(Exception):
    """A row cannot be taken in. `code` has words in interfaces, which `params` fill."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.params: Mapping[str, str | int] = params


@dataclass(frozen=True, slots=True)
class Row:
    """A row that can be taken in. `unknown` names what the map does not know of it.

    That is "category" or "area" where the file has a value that no entry of the map means.
    """

    source_id: str
    wish: Open
    unknown: tuple[str, ...] = ()


class RowReader:
    """Reads the records of a file with this header by this map."""

    def __init__(self, plan: ImportMap, header: tuple[str, ...]) -> None:
        self._plan = plan
        self._places = {name: header.index(name) for name in plan.columns.all()}
        self._instants = Instants(plan.time_formats, ZoneInfo(plan.time_zone))
        self._meanings = {"category": plan.categories, "area": plan.areas}

    def source_id(self, cells: tuple[str, ...]) -> str:
        """Return the row's own id. Refuses `field_required`, `text_too_long`, `text_unusable`."""
        value = " ".join(self._cell(cells, self._plan.columns.source_id).split())
        return check_text("source_id", value, limit=MAX_SOURCE_ID)

    def read(self, cells: tuple[str, ...]) -> Row:
        """Return what the row asks for.

        Refuses the codes of `check_text`; raises BadRow `bad_time` (field, column).
        """
        plan = self._plan
        source_id = self.source_id(cells)
        category, area = self._code(cells, "category"), self._code(cells, "area")
        title, text = self._words(cells)
        wish = Open(
            title=title,
            text=text,
            channel="import",
            category=plan.default_category if category is None else category,
            area=plan.default_area if area is None else area,
            location=self._line(cells, "location"),
            contact=self._contact(cells),
            origin=self._origin(source_id, cells),
        )
        return Row(source_id, wish, tuple(self._unknown(cells)))

    def _words(self, cells: tuple[str, ...]) -> tuple[str, str]:
        """Return title and text; each stands in for the other where the file has only one."""
        text = check_text("text", self._joined(cells, "text"), required=False)
        title = self._line(cells, "title")
        if not title:
            text = check_text("text", text)
            first = text.partition("\n")[0]
            short = len(first) <= _TITLE_FROM_TEXT
            title = first if short else first[: _TITLE_FROM_TEXT - 1].rstrip() + "…"
        return title, text or title

    def _contact(self, cells: tuple[str, ...]) -> Contact:
        return Contact(
            name=self._line(cells, "name"),
            phone=self._line(cells, "phone"),
            email=self._line(cells, "email"),
        )

    def _origin(self, source_id: str, cells: tuple[str, ...]) -> Origin:
        state = self._line(cells, "state")
        columns = self._plan.columns
        ended_at = self._cell(cells, columns.ended_at).strip()
        return Origin(
            source=self._plan.source,
            source_id=source_id,
            sent_at=self._instant(cells, "sent_at"),
            ended=key_of(state) in self._plan.ended_states,
            state=state,
            ended_at=self._instant(cells, "ended_at") if ended_at else None,
        )

    def _code(self, cells: tuple[str, ...], field: str) -> str | None:
        """Return the code that the value means; None where there is no value or no meaning."""
        return self._meanings[field].get(self._value(cells, field))

    def _unknown(self, cells: tuple[str, ...]) -> Iterator[str]:
        for field, meanings in self._meanings.items():
            value = self._value(cells, field)
            if value and value not in meanings:
                yield field

    def _value(self, cells: tuple[str, ...], field: str) -> str:
        return key_of(self._cell(cells, getattr(self._plan.columns, field)))

    def _line(self, cells: tuple[str, ...], field: str) -> str:
        value = " ".join(self._joined(cells, field).split())
        return check_text(field, value, limit=MAX_LINE, required=False)

    def _joined(self, cells: tuple[str, ...], field: str) -> str:
        names = getattr(self._plan.columns, field)
        if names is None or isinstance(names, str):
            return self._cell(cells, names)
        parts = (self._cell(cells, name).strip() for name in names)
        return _JOINTS[field].join(part for part in parts if part)

    def _instant(self, cells: tuple[str, ...], field: str) -> datetime:
        column = getattr(self._plan.columns, field)
        text = check_text(field, self._cell(cells, column), limit=MAX_LINE)
        instant = self._instants.read(text)
        if instant is None:
            raise BadRow("bad_time", field=field, column=column)
        return instant

    def _cell(self, cells: tuple[str, ...], column: str | None) -> str:
        return cells[self._places[column]] if column else ""
