"""Stories of those who learn: they set the time forward, in a database for nothing else."""

import pytest

from dandang.interfaces.cli.exits import Exit
from dandang.lifecycle.casework.models import Case
from dandang.organization.queries import frozen_time
from tests import town
from tests.interfaces.cli.calling import call

pytestmark = pytest.mark.django_db
MORNING = "2026-10-14T09:00+08:00"
WATER = ("case", "open", "--json", "--title", "No water", "--text", "x", "--category")


def test_the_time_is_the_real_one_until_it_is_set_and_then_goes_forward_alone():
    assert call("training", "time", "--json").record["stands_still"] is False
    set_to = call("training", "time", MORNING, "--json")
    assert set_to.record == {"time": "2026-10-14T01:00:00Z", "stands_still": True}
    assert "2026-10-14 01:00 UTC" in call("training", "time").out
    town.build()
    assert "2026-10-14 09:00" in call("training", "time").out
    assert call("training", "time", "2026-10-14T17:00+08:00").code == Exit.OK
    back = call("training", "time", MORNING, "--json")
    assert (back.code, back.record["error"]["code"]) == (Exit.REFUSED, "time_goes_back")
    assert frozen_time().isoformat() == "2026-10-14T09:00:00+00:00"


def test_what_is_opened_in_training_is_of_that_time():
    call("training", "time", MORNING)
    town.build()
    call(*WATER, "water_supply")
    assert Case.objects.get().sent_at.isoformat() == "2026-10-14T01:00:00+00:00"


def test_where_real_cases_are_the_time_runs_on():
    town.build()
    call(*WATER, "water_supply")
    called = call("training", "time", MORNING, "--json")
    assert (called.code, called.record["error"]["code"]) == (Exit.REFUSED, "not_for_training")
    assert frozen_time() is None


@pytest.mark.parametrize("words", ["tomorrow", "2026-10-14", "2026-10-14T09:00", "25:00"])
def test_a_time_without_its_offset_is_no_time(words):
    assert call("training", "time", words).code == Exit.USAGE
    assert frozen_time() is None
