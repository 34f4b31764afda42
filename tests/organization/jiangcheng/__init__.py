"""The city of the test stories: its files, its categories, its directory."""

from functools import cache
from pathlib import Path

from dandang.organization.directory import Directory
from dandang.organization.reading import read_organization

FOLDER = Path(__file__).parent
CATEGORIES = (
    ("utilities", ("utilities",)),
    ("water_supply", ("utilities", "water_supply")),
    ("environment", ("environment",)),
    ("noise_building_night", ("environment", "noise_building_night")),
    ("noise_commercial", ("environment", "noise_commercial")),
    ("labour_social_security", ("labour_social_security",)),
    ("unpaid_wages", ("labour_social_security", "unpaid_wages")),
)
PATHS = dict(CATEGORIES)


def files() -> dict[str, bytes]:
    """Return the files of the city by name, free to be spoilt."""
    return {
        path.name: path.read_bytes()
        for path in sorted(FOLDER.iterdir())
        if path.suffix in {".toml", ".csv"}
    }


def categories_of(policy: str) -> set[str] | None:
    """Know one policy: the city's."""
    return set(PATHS) if policy == "cn-county" else None


@cache
def jiangcheng() -> Directory:
    """Return the directory of the city."""
    return Directory(read_organization(files(), categories_of=categories_of), version=1)
