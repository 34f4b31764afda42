"""`dandang publication`: counting anew, and how far the figures are."""

import pytest

from dandang.interfaces.cli.exits import Exit
from tests import town
from tests.interfaces.cli.calling import call
from tests.publication.cases.world import published
from tests.publication.city import sends

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    town.build()


def test_counted_anew_the_figures_are_of_now(city):
    sends()
    assert call("publication", "status").out.startswith("Nothing has been counted yet")
    called = call("publication", "rebuild", "--json")
    assert (called.code, called.record["cases"] > 0) == (Exit.OK, True)
    status = call("publication", "status", "--json").record
    assert (status["behind"], status["rebuilding"]) == (0, False)
    assert status["at"]
    assert "0 events are not counted yet" in call("publication", "status").out


def test_the_doctor_and_the_workers_say_how_far_the_figures_are(city):
    sends()
    checks = {one["check"]: one for one in call("doctor", "--json").record["checks"]}
    assert checks["figures"]["health"] == "attention"
    call("publication", "rebuild")
    checks = {one["check"]: one for one in call("doctor", "--json").record["checks"]}
    assert (checks["figures"]["health"], checks["figures"]["behind"]) == ("ok", 0)
    assert call("work", "--status", "--json").record["figures_behind"] == 0


def test_an_interrupted_counting_is_told_and_gone_on_with(city):
    from dandang.publication.figures import building  # noqa: PLC0415 needs Django

    building.begin()
    assert "counted anew" in call("publication", "status").out
    assert call("publication", "rebuild", "--anew").code == Exit.OK
    assert call("publication", "status", "--json").record["rebuilding"] is False


def test_without_an_organization_there_is_nothing_to_count(db):
    called = call("publication", "rebuild")
    assert called.code == Exit.CONFIGURATION
    assert "nothing to count" in called.err


def test_published_cases_are_written_anew(city):
    published()
    assert call("publication", "rebuild-cases", "--json").record == {"cases": 1}
    assert "Written anew: 1 published case" in call("publication", "rebuild-cases").out
