"""Points in time as options and arguments: ISO 8601 with an offset."""

from datetime import datetime

import click
from typing_extensions import override

from dandang.interfaces.cli.languages import translate as _


class Instant(click.ParamType[datetime]):
    """A point in time with its offset, such as 2026-10-01T18:00+08:00; aware."""

    name = "time"

    @override
    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        try:
            instant = datetime.fromisoformat(str(value))
        except ValueError:
            instant = None
        if instant is None or instant.utcoffset() is None:
            words = _("{value} is no point in time with its offset, as 2026-10-01T18:00+08:00 is.")
            self.fail(words.format(value=value), param, ctx)
        return instant


INSTANT = Instant()
