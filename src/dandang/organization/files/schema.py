"""The tables of an organisation folder and their columns, as data.

A column has the name of the field it fills. The reference page is tested against this module.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Kind(StrEnum):
    """What a cell holds."""

    CODE = "code"
    NAME = "name"
    TEXT = "text"
    DAY = "day"
    INSTANT = "instant"
    POST_KINDS = "post_kinds"
    DUTY_TYPE = "duty_type"
    TEMPLATE_VERB = "template_verb"
    LINES = "lines"
    CALENDAR = "calendar"
    COUNTRY = "country"
    TIME_ZONE = "time_zone"


CATEGORIES = "categories"
"""Stands for the categories of the policy, which are not in the folder."""

ANY = "*"
"""Written where a duty is for every category, or for the whole body."""


@dataclass(frozen=True, slots=True)
class Column:
    """One key of a table. `refers` names the table in which its code must occur."""

    name: str
    kind: Kind
    required: bool = True
    refers: str | None = None


def _optional(name: str, kind: Kind, refers: str | None = None) -> Column:
    return Column(name, kind, required=False, refers=refers)


_NAMED = (
    Column("code", Kind.CODE),
    Column("name_zh", Kind.NAME),
    Column("name_en", Kind.NAME),
)

BODY = (
    *_NAMED,
    Column("time_zone", Kind.TIME_ZONE),
    Column("country", Kind.COUNTRY),
    Column("calendar", Kind.CALENDAR),
    Column("policy", Kind.CODE),
    Column("fallback_post", Kind.CODE, refers="posts"),
)

TABLES: Mapping[str, tuple[Column, ...]] = MappingProxyType(
    {
        "areas": (*_NAMED, _optional("parent", Kind.CODE, "areas")),
        "units": (
            *_NAMED,
            _optional("parent", Kind.CODE, "units"),
            _optional("area", Kind.CODE, "areas"),
            _optional("supervised_by", Kind.CODE, "units"),
        ),
        "posts": (
            *_NAMED,
            Column("unit", Kind.CODE, refers="units"),
            _optional("kinds", Kind.POST_KINDS),
            _optional("phone", Kind.TEXT),
        ),
        "officers": _NAMED,
        "appointments": (
            Column("officer", Kind.CODE, refers="officers"),
            Column("post", Kind.CODE, refers="posts"),
            Column("starts", Kind.DAY),
            _optional("ends", Kind.DAY),
        ),
        "rosters": (
            Column("post", Kind.CODE, refers="posts"),
            Column("officer", Kind.CODE, refers="officers"),
            Column("starts_at", Kind.INSTANT),
            Column("ends_at", Kind.INSTANT),
        ),
        "substitutes": (
            Column("officer", Kind.CODE, refers="officers"),
            _optional("post", Kind.CODE, "posts"),
            _optional("absent", Kind.CODE, "officers"),
            Column("starts", Kind.DAY),
            Column("ends", Kind.DAY),
        ),
        "duties": (
            Column("category", Kind.CODE, refers=CATEGORIES),
            _optional("area", Kind.CODE, "areas"),
            Column("unit", Kind.CODE, refers="units"),
            _optional("post", Kind.CODE, "posts"),
            Column("type", Kind.DUTY_TYPE),
            _optional("basis", Kind.TEXT),
            _optional("starts", Kind.DAY),
            _optional("ends", Kind.DAY),
        ),
        "reply_templates": (
            *_NAMED,
            Column("verb", Kind.TEMPLATE_VERB),
            _optional("category", Kind.CODE, CATEGORIES),
            _optional("unit", Kind.CODE, "units"),
            Column("text_zh", Kind.LINES),
            Column("text_en", Kind.LINES),
        ),
    }
)
