"""All plantings of a city, in the order they are written down."""

from collections.abc import Callable
from types import MappingProxyType

from dandang.demo.arrivals import Season
from dandang.demo.moments import Hours
from dandang.demo.plantings import joining, lawful, lying, moving, running_out
from dandang.demo.plantings.author import Author, Planting
from dandang.demo.script import Setup

KINDS = MappingProxyType[str, Callable[[Author], Planting]](
    {
        "back_and_forth": moving.back_and_forth,
        "no_progress": lying.no_progress,
        "returned_unworked": moving.returned_unworked,
        "neglected": lying.neglected,
        "dispute_decided": moving.dispute_decided,
        "outage": lying.outage,
        "merged_burst": joining.merged_burst,
        "recurring_noise": joining.recurring_noise,
        "packages": joining.packages,
        "legal_route": lawful.legal_route,
        "twelve_years": lawful.twelve_years,
        "mistake_corrected": lawful.mistake_corrected,
        "call_answered": running_out.call_answered,
        "call_passed": running_out.call_passed,
        "sponsor_named": running_out.sponsor_named,
        "leaders_list": running_out.leaders_list,
        "published": running_out.published,
        "promise_broken": running_out.promise_broken,
        "pause_checked": running_out.pause_checked,
    }
)


def plant(setup: Setup, season: Season, hours: Hours) -> list[Planting]:
    """Return every planting of the season."""
    return [write(Author(kind, setup, season, hours)) for kind, write in KINDS.items()]
