"""Samples on the command line: drawn by an officer, drawn again by anybody from the ledger."""

import pytest

from dandang.interfaces.cli.exits import Exit
from dandang.lifecycle.sampling.models import Draw, Item
from tests import town
from tests.interfaces.cli.calling import call
from tests.interfaces.desk.office import solved
from tests.interfaces.stories import city, later

ASKED = ("audit", "draw", "--from", "2026-10-12", "--to", "2026-10-12", "--end", "solved", "--json")


@pytest.fixture(autouse=True)
def ended(db):
    city()
    solved(), solved(), solved()
    later(days=1)


def test_a_sample_is_drawn_and_drawn_again():
    drawn = call(*ASKED, "--number", "2", "--as", town.XU_FANG)
    assert drawn.code == Exit.OK
    (record,) = drawn.records
    assert (record["cases"], record["frame"]) == (2, 3)
    again = call("audit", "sample", str(record["sample"]), "--json")
    assert again.code == Exit.OK
    (found,) = again.records
    items = Item.objects.order_by("place").select_related("case")
    assert found["cases"] == [bytes(one.case.stream).hex() for one in items]
    assert found["same_seed"]
    assert found["same_frame"]
    assert found["same_sample"]
    assert found["seed"] == Draw.objects.get().seed
    words = call("audit", "sample", str(record["sample"])).out
    assert "The ledger gives the same sample: 2 cases of 3." in words
    Draw.objects.update(frame_digest="0" * 64)
    assert call("audit", "sample", str(record["sample"])).code == Exit.CHECK_FAILED


def test_what_is_refused_draws_nothing():
    assert call(*ASKED, "--percent", "10", "--as", town.LI_NA).code == Exit.REFUSED
    assert call(*ASKED, "--as", town.XU_FANG).code != Exit.OK
    assert call(*ASKED, "--end", "happy", "--number", "1", "--as", town.XU_FANG).code != Exit.OK
    assert call("audit", "sample", "99").code == Exit.NOT_FOUND
    assert not Draw.objects.exists()
