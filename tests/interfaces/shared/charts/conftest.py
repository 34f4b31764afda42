"""Charts speak the language of their reader: here English."""

from collections.abc import Iterator

import pytest
from django.utils.translation import override


@pytest.fixture(autouse=True, scope="module")
def english() -> Iterator[None]:
    """Let the reader of every chart read English."""
    with override("en"):
        yield
