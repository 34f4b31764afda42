"""What a calendar program reads: RFC 5545 to the letter, whatever stands in the words."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from dandang.notifications.calendar.rendering import Entry, write_calendar

NOW = datetime(2026, 10, 12, 1, 0, tzinfo=UTC)
DUE = datetime(2026, 10, 16, 17, 0, tzinfo=timezone(timedelta(hours=8)))
ENTRY = Entry(
    uid="7K4M-9Q2X-total@ledger.localhost/dandang",
    summary="7K4M-9Q2X · 办结",
    due_at=DUE,
    description="By then: finish; nothing, else.\nProvisional",
    address="https://dandang.example/desk/7K4M-9Q2X/",
)
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=200)


def lines_of(content: bytes) -> list[str]:
    """Return the lines of a calendar with folded ones joined (RFC 5545 3.1)."""
    return content.replace(b"\r\n ", b"").decode().removesuffix("\r\n").split("\r\n")


def test_a_deadline_is_an_event_without_length_at_its_due_time_in_utc():
    lines = lines_of(write_calendar("Jiangcheng: deadlines", [ENTRY], now=NOW))
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    assert {
        "VERSION:2.0",
        "CALSCALE:GREGORIAN",
        "NAME:Jiangcheng: deadlines",
        "X-WR-CALNAME:Jiangcheng: deadlines",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "BEGIN:VEVENT",
        "UID:7K4M-9Q2X-total@ledger.localhost/dandang",
        "DTSTAMP:20261012T010000Z",
        "DTSTART:20261016T090000Z",
        "SUMMARY:7K4M-9Q2X · 办结",
        r"DESCRIPTION:By then: finish\; nothing\, else.\nProvisional",
        "TRANSP:TRANSPARENT",
        "CLASS:CONFIDENTIAL",
    } <= set(lines)
    assert not [line for line in lines if line.startswith(("DTEND", "DURATION", "BEGIN:VALARM"))]


def test_a_calendar_without_deadlines_is_still_a_calendar():
    content = write_calendar("Nothing", [], now=NOW)
    assert b"BEGIN:VEVENT" not in content
    assert lines_of(content)[-1] == "END:VCALENDAR"


@given(summary=WORDS, description=st.lists(WORDS, max_size=4))
def test_no_line_is_longer_than_75_octets_and_every_word_comes_back(summary, description):
    text = "\n".join(description)
    entry = Entry("uid", summary, DUE, text, "https://dandang.example/")
    content = write_calendar(summary, [entry], now=NOW)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert str(event["SUMMARY"]) == summary
    assert str(event["DESCRIPTION"]) == text
    assert event.decoded("DTSTART") == DUE
