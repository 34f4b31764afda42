"""What a row calls itself, in logs and errors, is never anything personal."""

import pytest

from dandang.ledger.models import EventRow, Leaf, Pending, PersonalDisclosure


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (EventRow(pk=7, type="handed_over"), "handed_over 7"),
        (PersonalDisclosure(event_id=7, name="text", disclosure="刘女士"), "text of event 7"),
        (Pending(event_id=7), "event 7"),
        (Leaf(idx=3, event_id=7), "leaf 3"),
    ],
    ids=["event", "personal", "pending", "leaf"],
)
def test_a_row_names_itself_by_type_and_number(row, text):
    assert str(row) == text
