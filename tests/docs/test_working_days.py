"""Every row of the examples of what a policy's spans promise is computed with the real calendars.

The other tables of the page are read by `tests/workdays/test_documentation.py`.
"""

import re
from collections import Counter
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from dandang.lifecycle.deadlines.rules import end_of
from dandang.policy import Span, SpanUnit
from dandang.workdays import WorkCalendar, china, computed
from tests.architecture.tree import ROOT

PAGE = (ROOT / "docs" / "reference" / "working-days.md").read_text(encoding="utf-8")
SHANGHAI = ZoneInfo("Asia/Shanghai")
SHOWN = "%a %Y-%m-%d %H:%M"


def rows(section: str) -> list[tuple[str, ...]]:
    """Return the rows of the table after a heading, without its head."""
    text = PAGE.partition(f"## {section}\n")[2].partition("\n## ")[0]
    lines = re.findall(r"^\|.*$", text, re.MULTILINE)
    return [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines[2:]]


IN_CHINA = rows("Examples: what a policy's spans promise in 2026")
ELSEWHERE = rows("Examples: daylight saving")
ZONES = {"Europe/Berlin": ("DE", ""), "America/New_York": ("US", "NY")}


def calendar_of(zone: str) -> WorkCalendar:
    country, subdivision = ZONES[zone]
    return computed(country, subdivision, time_zone=zone, years=(2026, 2026))


def with_offset(instant: datetime) -> str:
    return instant.strftime(f"{SHOWN} %z")[:-2] + instant.strftime("%z")[-2:].join((":", ""))


@pytest.mark.parametrize(("sent", "term", "due", "why"), IN_CHINA)
def test_a_term_in_china_is_due_when_the_table_says(
    sent: str, term: str, due: str, why: str
) -> None:
    start = datetime.strptime(sent, SHOWN).replace(tzinfo=SHANGHAI)
    assert start.strftime(SHOWN) == sent, "the weekday is another one"
    moment = end_of(Span.parse(term), start, china())
    assert moment.at.astimezone(SHANGHAI).strftime(SHOWN) == due, why
    assert not moment.provisional


@pytest.mark.parametrize(("zone", "sent", "term", "due", "why"), ELSEWHERE)
def test_a_term_across_a_change_of_the_clock_is_due_when_the_table_says(
    zone: str, sent: str, term: str, due: str, why: str
) -> None:
    start = datetime.strptime(sent, f"{SHOWN} %z").astimezone(ZoneInfo(zone))
    assert with_offset(start) == sent, "the weekday or the offset is another one"
    moment = end_of(Span.parse(term), start, calendar_of(zone))
    assert with_offset(moment.at.astimezone(ZoneInfo(zone))) == due, why


def test_the_examples_reach_every_festival_every_unit_and_both_changes_of_the_clock() -> None:
    months = Counter(sent.split()[1][:7] for sent, *_ in IN_CHINA)
    assert months["2026-02"] >= 14
    assert months["2026-09"] + months["2026-10"] >= 13
    assert {Span.parse(term).unit for _, term, *_ in IN_CHINA} == set(SpanUnit)
    changes = {(zone, sent.split()[1][:7]) for zone, sent, *_ in ELSEWHERE}
    assert {("Europe/Berlin", "2026-03"), ("Europe/Berlin", "2026-10")} <= changes
    assert {("America/New_York", "2026-03"), ("America/New_York", "2026-11")} <= changes
    assert (len(IN_CHINA), len(ELSEWHERE)) == (35, 16)
