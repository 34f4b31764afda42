"""A small import map of the stories, and files that fit it."""

from pathlib import Path

from dandang.lifecycle.intake.importing.import_map import ImportMap
from dandang.lifecycle.intake.importing.map_file import parse_map

SMALL = """
name = "letters"
source = "old_system"
time_zone = "Asia/Shanghai"
time_formats = ["iso", "%d.%m.%Y %H:%M"]
ended_states = ["Closed", "Done"]

[columns]
source_id = "id"
sent_at = "sent"
title = ["title"]
text = ["text", "more"]
location = ["street", "number"]
category = "kind"
area = "area"
state = "state"
ended_at = "ended"
name = "name"
phone = "phone"
email = "mail"

[[categories]]
code = "water_supply"
values = ["Water", "no  water"]

[[categories]]
values = ["Other"]

[[areas]]
code = "qingshan"
values = ["Qingshan street"]
"""
COLUMNS = (
    "id", "sent", "title", "text", "more", "street", "number", "kind", "area", "state", "ended",
    "name", "phone", "mail",
)  # fmt: skip


def small() -> ImportMap:
    return parse_map(SMALL, "letters.toml")


def cells(**values: str) -> tuple[str, ...]:
    """Return the cells of a row that is fine, but for these."""
    fine = {"id": "1", "sent": "2026-10-01 09:00", "title": "Tap", "text": "No water"}
    return tuple({**fine, **values}.get(name, "") for name in COLUMNS)


def line(**values: str) -> str:
    """Return such a row as a line of CSV; values need no quoting."""
    return ",".join(cells(**values)) + "\n"


def write(path: Path, *lines: str, encoding: str = "utf-8") -> Path:
    """Write a file with our columns and these lines."""
    header = ",".join(COLUMNS) + "\n"
    path.write_bytes("".join((header, *lines)).encode(encoding, "surrogatepass"))
    return path
