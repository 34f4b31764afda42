"""Random organisations for laws: small, so that everything happens often."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from dandang.organization.directory import (
    Appointment,
    Area,
    Body,
    Duty,
    DutyType,
    Officer,
    Organization,
    Post,
    PostKind,
    Roster,
    Substitute,
    Unit,
)
from dandang.organization.entries import Calendar

FIRST_DAY = date(2026, 3, 1)
CATEGORY_PARENTS = {"a": None, "a1": "a", "a2": "a", "a21": "a2", "b": None}
CATEGORY_PATHS = {
    "a": ("a",),
    "a1": ("a", "a1"),
    "a2": ("a", "a2"),
    "a21": ("a", "a2", "a21"),
    "b": ("b",),
}
BODY = Body("body", "体", "Body", "Asia/Shanghai", "CN", Calendar.CHINA, "cn-county", "p0")

days = st.integers(0, 9).map(lambda n: FIRST_DAY + timedelta(days=n))
instants = st.integers(0, 10 * 24).map(
    lambda n: datetime(2026, 3, 1, tzinfo=UTC) + timedelta(hours=n)
)


def codes(prefix: str, count: int) -> list[str]:
    return [f"{prefix}{n}" for n in range(count)]


@st.composite
def forests(draw, prefix: str = "u", most: int = 9) -> dict[str, str | None]:
    """Return the parent of every code."""
    names = codes(prefix, draw(st.integers(1, most)))
    return {name: draw(st.sampled_from([None, *names[:index]])) for index, name in enumerate(names)}


@st.composite
def periods(draw) -> tuple[date, date]:
    start, end = sorted((draw(days), draw(days)))
    return start, end


@st.composite
def organizations(draw) -> Organization:
    """Return an organisation that need not be a sound one: the laws hold for any."""
    areas, units = draw(forests("r", 6)), draw(forests("u"))
    posts = codes("p", draw(st.integers(1, 8)))
    officers = codes("o", draw(st.integers(1, 5)))
    some_area, some_unit = st.sampled_from([*areas]), st.sampled_from([*units])
    some_post, some_officer = st.sampled_from(posts), st.sampled_from(officers)
    gone = st.sampled_from([None, None, None, FIRST_DAY])
    return Organization(
        body=BODY,
        areas=tuple(Area(code, "区", "Area", above) for code, above in areas.items()),
        units=tuple(
            Unit(
                code,
                "单位",
                "Unit",
                above,
                draw(st.none() | some_area),
                draw(st.none() | some_unit),
            )
            for code, above in units.items()
        ),
        posts=tuple(
            Post(
                code,
                draw(some_unit),
                "岗",
                "Post",
                draw(st.frozensets(st.sampled_from(PostKind), max_size=2)),
                ended=draw(gone),
            )
            for code in posts
        ),
        officers=tuple(Officer(code, "员", "Officer") for code in officers),
        appointments=draw(
            _some(
                st.builds(
                    lambda officer, post, period, endless: Appointment(
                        officer, post, period[0], None if endless else period[1]
                    ),
                    some_officer,
                    some_post,
                    periods(),
                    st.booleans(),
                )
            )
        ),
        rosters=draw(_some(st.builds(Roster, some_post, some_officer, instants, instants))),
        substitutes=draw(
            _some(
                st.builds(
                    lambda officer, period, post, absent: Substitute(
                        officer, *period, post=post, absent=None if post else absent
                    ),
                    some_officer,
                    periods(),
                    st.none() | some_post,
                    some_officer,
                )
            )
        ),
        duties=draw(
            _some(
                st.builds(
                    Duty,
                    category=st.sampled_from(["", *CATEGORY_PATHS]),
                    area=st.sampled_from(["", *areas]),
                    unit=some_unit,
                    post=some_post,
                    type=st.sampled_from(DutyType),
                    starts=st.none() | days,
                    ends=st.none() | days,
                )
            )
        ),
    )


def _some(strategy):
    return st.lists(strategy, min_size=2, max_size=12).map(tuple)
