"""Points in time, days and spans as options and arguments."""

from datetime import date, datetime

import click
from typing_extensions import override

from dandang.interfaces.cli.languages import translate as _
from dandang.policy.spans import Span


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


class Day(click.ParamType[date]):
    """A day on the clocks of the body, such as 2026-10-01."""

    name = "day"

    @override
    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            words = _("{value} is no day, as 2026-10-01 is.")
            self.fail(words.format(value=value), param, ctx)


class Within(click.ParamType[Span]):
    """A span of time as a policy writes it, such as "2 working days" or "30 min"."""

    name = "span"

    @override
    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Span:
        try:
            return Span.parse(str(value))
        except ValueError:
            words = _("{value} is no span of time, as “2 working days” or “30 min” are.")
            self.fail(words.format(value=value), param, ctx)


INSTANT = Instant()
DAY = Day()
SPAN = Within()
