"""What is proposed for the register of duties, and the edits it becomes when it is accepted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from dandang.organization.edits import Edit
from dandang.organization.entries import Duty
from dandang.organization.files.schema import ANY
from dandang.organization.files.writing import cells_of, code_of
from dandang.terms import Code, Refusal

TABLE = "duties"
_ONE_DAY = timedelta(days=1)


class Amendment(StrEnum):
    """What is to become of a line of the register."""

    ADD = "add"
    CHANGE = "change"
    END = "end"


class Verdict(StrEnum):
    """What became of a proposal."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    """By who proposed it, before anybody decided."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A line of the register as it shall be from a day on.

    `duty` tells the one that is changed or ended, "" for a new one. Where one ends, nothing of the
    line is needed and `starts` is the first day without it. An empty category or area is all.
    """

    change: Amendment
    starts: date
    duty: str = ""
    category: str = ""
    area: str = ""
    unit: str = ""
    post: str = ""
    type: str = ""
    basis: str = ""


def edits_of(proposed: Proposed, duties: Mapping[str, Duty], zone: ZoneInfo) -> list[Edit]:
    """Return what the register has to do; `duties` are those in it, by `code_of`.

    A line that is changed ends the day before, so that it is still known who led until then; one
    that has not begun by that day is replaced. Refuses `not_found` where it is gone.
    """
    new = Edit(TABLE, None, _cells(proposed))
    if proposed.change is Amendment.ADD:
        return [new]
    old = duties.get(proposed.duty)
    if old is None:
        raise Refusal(Code.NOT_FOUND)
    ending = _ending(proposed, old, zone)
    return [ending] if proposed.change is Amendment.END else [ending, new]


def by_code(duties: tuple[Duty, ...]) -> dict[str, Duty]:
    """Return duties by what tells them apart."""
    return {code_of(TABLE, duty): duty for duty in duties}


def _ending(proposed: Proposed, old: Duty, zone: ZoneInfo) -> Edit:
    was = cells_of(TABLE, old, zone)
    last = proposed.starts - _ONE_DAY
    if old.starts is not None and old.starts > last:
        return Edit(TABLE, proposed.duty, None, was)
    return Edit(TABLE, proposed.duty, {**was, "ends": last.isoformat()}, was)


def _cells(proposed: Proposed) -> dict[str, str]:
    cells = {
        "category": proposed.category or ANY,
        "area": proposed.area,
        "unit": proposed.unit,
        "post": proposed.post,
        "type": proposed.type,
        "basis": proposed.basis,
        "starts": proposed.starts.isoformat(),
    }
    return {name: cell for name, cell in cells.items() if cell}
