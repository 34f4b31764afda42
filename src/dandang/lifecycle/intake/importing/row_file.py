"""What an import needs of a file of rows, whatever its format."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from dandang.lifecycle.intake.importing.records import Broken, Record


@dataclass(frozen=True, slots=True)
class RowFile:
    """An open file that fits its map. `header` names the cells of every record.

    `place` says how much of `size` has been read, in a unit of its own. Where `has_lines` is false
    the file has no lines to look up, and `Record.line` is the number of the row.
    """

    header: tuple[str, ...]
    records: Iterable[Record | Broken]
    size: int
    place: Callable[[], int]
    has_lines: bool
