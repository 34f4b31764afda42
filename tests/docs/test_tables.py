"""The reference pages that are tables of the code say what the code says."""

import pytest

from tools.docs import ROOT
from tools.tables import TABLES, page


@pytest.mark.parametrize("name", TABLES)
def test_a_generated_table_is_up_to_date(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8") == page(name), "run `make docs`"
