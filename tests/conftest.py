"""What holds for every test: hypothesis profiles, and marks that say what a test needs."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("dev", max_examples=50, deadline=None)
settings.register_profile(
    "ci", max_examples=300, deadline=None, derandomize=True, database=None, print_blob=True
)
settings.load_profile("ci" if os.environ.get("CI") else "dev")

HERE = Path(__file__).parent
DATABASE_FIXTURES = frozenset({"db", "transactional_db", "django_db_setup"})


def _needs_browser(item: pytest.Item) -> bool:
    return item.path.is_relative_to(HERE / "browser")


def _needs_database(item: pytest.Item) -> bool:
    if item.path.is_relative_to(HERE / "database") or item.get_closest_marker("django_db"):
        return True
    return not DATABASE_FIXTURES.isdisjoint(getattr(item, "fixturenames", ()))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests by what they need, so that the cheap ones can run first (`-m "not database"`)."""
    for item in items:
        if _needs_browser(item):
            item.add_marker("browser")
        elif _needs_database(item):
            item.add_marker("database")
