"""The tables and files in the documentation are true."""

import re
import textwrap
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from dandang.workdays import (
    BeyondCalendar,
    CalendarData,
    Notice,
    Slot,
    WorkCalendar,
    china,
    china_calendar,
    computed_calendar,
    load_notice,
    notice_file,
)

DOCS = Path(__file__).parents[2] / "docs"
REFERENCE = (DOCS / "reference" / "working-days.md").read_text("utf-8")
HOW_TO = (DOCS / "how-to" / "add-a-holiday-notice.md").read_text("utf-8")


def rows(section: str) -> list[tuple[str, ...]]:
    """The rows of the first table after a heading."""
    _, _, text = REFERENCE.partition(f"## {section}\n")
    table = re.search(r"(?:^\|.*\n)+", text, re.MULTILINE)[0].splitlines()
    return [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in table[2:]]


FESTIVALS = rows("Examples: Spring Festival, National Day, and the horizon")
CLOCK_CHANGES = rows("Examples: clock changes")
ZONE = ZoneInfo("Asia/Shanghai")


def ask(start: str, add: str, *, provisional_ok: bool = False) -> str:
    calendar, begin = china(), datetime.fromisoformat(start).replace(tzinfo=ZONE)
    number, unit = re.fullmatch(r"(\d+) working (day|hour)s?", add).groups()
    if unit == "day":
        moment = calendar.add_working_days(begin, int(number), provisional_ok=provisional_ok)
    else:
        hours = timedelta(hours=int(number))
        moment = calendar.add_working_time(begin, hours, provisional_ok=provisional_ok)
    assert moment.provisional is provisional_ok
    return moment.at.astimezone(ZONE).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(("start", "add", "due", "why"), FESTIVALS)
def test_a_row_of_the_festival_table_is_what_the_calendar_says(start, add, due, why):
    if due != "beyond":
        assert ask(start, add) == due
        return
    with pytest.raises(BeyondCalendar):
        ask(start, add)
    assert ask(start, add, provisional_ok=True) in why


def test_the_festival_table_has_examples_of_every_year_and_festival():
    months = {start[:7] for start, *_ in FESTIVALS}
    assert {"2024-02", "2024-09", "2025-01", "2025-09", "2026-02", "2026-09"} <= months
    assert len(FESTIVALS) == 28


@pytest.mark.parametrize(("zone", "day", "slot", "lasts", "why"), CLOCK_CHANGES)
def test_a_row_of_the_clock_table_is_how_long_the_slot_lasts(zone, day, slot, lasts, why):
    start, end = (time.fromisoformat(edge) for edge in slot.split("–"))
    the_day = date.fromisoformat(day)
    before, after = the_day - timedelta(days=1), the_day + timedelta(days=1)
    only_that_day = Notice(
        "a test",
        before,
        before,
        after,
        working=frozenset({the_day}),
        rest=frozenset({before, after}),
    )
    data = CalendarData(
        name="test",
        version="1",
        time_zone=zone,
        slots=(Slot(start, end),),
        notices=(only_that_day,),
        years=(2026, 2026),
    )
    noon = datetime.combine(the_day, time(12), tzinfo=ZoneInfo(zone))
    worked = WorkCalendar(data).working_time_between(
        noon - timedelta(days=1), noon + timedelta(days=1)
    )
    hours, minutes = lasts.split(":")
    assert worked == timedelta(hours=int(hours), minutes=int(minutes))


def test_the_slots_in_the_reference_are_the_defaults():
    def listed(slots):
        return ", ".join(slot.label.replace("-", "–") for slot in slots)

    assert dict(rows("The calendars")) == {
        "China": listed(china_calendar.OFFICE_HOURS),
        "other countries": listed(computed_calendar.OFFICE_HOURS),
    }


def toml_blocks() -> list[str]:
    blocks = re.findall(r"```toml\n(.*?)```", HOW_TO, re.DOTALL)
    return [re.sub(r"^   ", "", block, flags=re.MULTILINE) for block in blocks]


@pytest.mark.parametrize("index", [0, 1])
def test_a_notice_in_the_how_to_says_what_the_calendar_already_knows(index, tmp_path):
    file = tmp_path / "notice.toml"
    file.write_text(toml_blocks()[index], "utf-8")
    notice = load_notice(file)
    days = (notice.last - notice.first).days + 1
    known, loaded = china(), china([notice])
    assert loaded.version != known.version
    for day in (notice.first + timedelta(days=n) for n in range(days)):
        assert loaded.is_working_day(day) is known.is_working_day(day)
    assert notice.rest


def test_the_how_to_lists_every_problem_a_notice_file_can_have():
    listed = set(re.findall(r"`([a-z0-9_]+)`", HOW_TO.partition("## What is refused")[2]))
    source = Path(notice_file.__file__).read_text("utf-8")
    used = set(
        re.findall(
            r'"((?:file|not|toml|key|value|year|date|range|make|published)_[a-z0-9_]+)"', source
        )
    )
    assert used
    assert used <= listed


def test_the_python_in_the_how_to_does_what_it_says(tmp_path, monkeypatch):
    (tmp_path / "2026.toml").write_text(toml_blocks()[0], "utf-8")
    monkeypatch.chdir(tmp_path)
    (code,) = re.findall(r"```python\n(.*?)```", HOW_TO, re.DOTALL)
    *lines, last = textwrap.dedent(code).strip().splitlines()
    expression, _, promised = last.partition("  # ")
    names: dict[str, object] = {}
    exec("\n".join(lines), names)
    assert str(eval(expression, names)) == promised.partition(":")[0]
