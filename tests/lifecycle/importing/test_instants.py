"""Laws and stories of times: what is written is read back as the same moment, or not at all."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dandang.lifecycle.intake.importing.instants import Instants

BERLIN = ZoneInfo("Europe/Berlin")
AT = datetime.fromisoformat
TWICE = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN)
FORMATS = st.lists(
    st.sampled_from(
        ["iso", "%d.%m.%Y %H:%M", "%m/%d/%Y %I:%M:%S %p", "%Y-%d-%m", "%d.%m.%Y %H:%M %z", "%Y%m%d"]
    ),
    min_size=1,
    max_size=4,
).map(tuple)
MOMENTS = st.datetimes(AT("1900-01-02"), AT("2199-12-30"), timezones=st.sampled_from([None, UTC]))


@given(FORMATS, MOMENTS)
def test_a_moment_that_was_written_is_read_back_or_refused_and_never_another(formats, moment):
    instants = Instants(formats, BERLIN)
    true = (moment if moment.tzinfo else moment.replace(tzinfo=BERLIN)).astimezone(UTC)
    assert instants.read(instants.write(moment)) in {true, None}


@given(MOMENTS)
def test_with_iso_every_moment_is_read_back(moment):
    instants = Instants(("%d.%m.%Y %H:%M", "iso"), BERLIN)
    assert instants.read(instants.write(moment)) is not None


@pytest.mark.parametrize(
    ("formats", "moment", "written"),
    [
        (("iso", "%d.%m.%Y"), AT("2026-10-01T09:40"), "2026-10-01T09:40:00"),
        (("%d.%m.%Y %H:%M", "iso"), AT("2026-10-01T09:40"), "01.10.2026 09:40"),
        (("%d.%m.%Y",), AT("2026-10-01"), "01.10.2026"),
        # A format that would lose the time of day, or read another day, is passed over.
        (("%d.%m.%Y", "%d.%m.%Y %H:%M"), AT("2026-10-01T09:40"), "01.10.2026 09:40"),
        (("%d.%m.%Y",), AT("2026-10-01T09:40"), "2026-10-01T09:40:00"),
        (("%Y-%d-%m", "iso"), AT("2026-03-04"), "2026-04-03"),
        # The hour that comes twice: which of the two can only be said with an offset.
        (("%d.%m.%Y %H:%M",), TWICE.replace(fold=1), "2026-10-25T02:30:00+01:00"),
        (("%d.%m.%Y %H:%M",), TWICE, "25.10.2026 02:30"),
        (("%Y",), datetime(1, 1, 1, tzinfo=UTC), "0001-01-01T00:00:00+00:00"),
    ],
)
def test_the_first_format_by_which_nothing_is_lost_is_taken(formats, moment, written):
    assert Instants(formats, BERLIN).write(moment) == written


@pytest.mark.parametrize("text", ["0001-01-01", "9999-12-31T23:59-12:00", "soon", "1899-12-31"])
def test_what_is_no_time_is_none(text):
    assert Instants(("iso", "%Y"), BERLIN).read(text) is None
