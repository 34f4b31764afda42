"""Times of a file: reads them by the formats of its map, and writes typed ones so that it can."""

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from dandang.lifecycle.intake.importing.map_file import ISO

_YEARS = range(1900, 2200)


class Instants:
    """The time formats of a map, in their order, and its time zone for times without an offset."""

    def __init__(self, formats: tuple[str, ...], zone: ZoneInfo) -> None:
        self._formats = formats
        self.zone = zone

    def read(self, text: str) -> datetime | None:
        """Return the instant in UTC by the first format that fits; None if none does.

        Years before 1900 and after 2199 are mistakes, not times.
        """
        found = (_parsed(text, pattern, self.zone) for pattern in self._formats)
        return next((instant for instant in found if instant is not None), None)

    def write(self, moment: datetime) -> str:
        """Return the text by which `read` finds this very moment again.

        That is the first format of the map by which nothing is lost; ISO where there is none, and
        then `read` finds nothing. A moment without an offset is in the zone of the map.
        """
        iso = moment.isoformat()
        if self._formats[0] == ISO:
            return iso
        instant = _instant(moment, self.zone)
        texts = (iso if form == ISO else moment.strftime(form) for form in self._formats)
        return next((text for text in texts if instant == self.read(text) is not None), iso)


def _parsed(text: str, pattern: str, zone: ZoneInfo) -> datetime | None:
    parse: Callable[[], datetime] = (
        (lambda: datetime.fromisoformat(text))
        if pattern == ISO
        else (lambda: datetime.strptime(text, pattern))  # noqa: DTZ007 the zone comes below
    )
    try:
        return _instant(parse(), zone)
    except (ValueError, OverflowError):
        return None


def _instant(moment: datetime, zone: ZoneInfo) -> datetime | None:
    try:
        found = (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
    except OverflowError:
        return None
    return found if found.year in _YEARS else None
