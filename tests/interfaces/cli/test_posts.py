"""Stories of posts that change hands, told at the terminal."""

import pytest

from dandang.interfaces.cli.exits import Exit
from dandang.interfaces.cli.tasks import posts
from dandang.ledger.sequencer import sequence_once
from dandang.lifecycle.casework.actions.incumbents import look_at_posts, tell_again
from dandang.lifecycle.casework.incumbents import Incumbent
from dandang.lifecycle.casework.models import Case
from dandang.lifecycle.casework.queries import find
from dandang.lifecycle.intake.actions import open_request
from dandang.lifecycle.intake.rules import Open
from dandang.organization.actions.load import load_organization
from dandang.organization.actions.training import freeze_time
from dandang.organization.folder import load_folder
from dandang.terms import Actor
from tests import town
from tests.interfaces.cli.calling import call

pytestmark = pytest.mark.database


@pytest.fixture
def folder(db: None, tmp_path):
    town.build()
    freeze_time(town.MONDAY)
    for name, content in town.files().items():
        (tmp_path / name).write_bytes(content)
    assert call("organization", "load", str(tmp_path), "--json").record["cases_told"] == 0
    return tmp_path


def opened() -> str:
    wish = Open(title="No water", text="None", channel="web", category="water_supply")
    return open_request(wish, by=Actor.requester(1), now=town.MONDAY).reference


def appoint(folder, lines: str) -> None:
    """Put other lines in the place of Li Na's appointment to the duty desk."""
    file = folder / "appointments.csv"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("W-017,water-duty,2026-01-01,\n", lines), encoding="utf-8")


def test_loading_an_organization_tells_the_cases_of_a_post_who_has_it_now(folder):
    opened()
    later = town.MONDAY.replace(day=14)
    freeze_time(later)
    appoint(folder, "W-004,water-duty,2026-10-14,\n")
    loaded = call("organization", "load", str(folder))
    assert loaded.code == Exit.OK
    assert "1 open cases were told" in loaded.out
    assert call("organization", "load", str(folder), "--json").record["cases_told"] == 0


def test_a_post_is_taken_over_on_its_day_and_the_ledger_has_it(folder):
    reference = opened()
    until, then = "W-017,water-duty,2026-01-01,2026-10-13", "W-004,water-duty,2026-10-14,"
    appoint(folder, f"{until}\n{then}\n")
    assert call("organization", "load", str(folder), "--json").record["cases_told"] == 0
    assert call("post", "take-over", "--json").record == {"posts": 0, "cases": 0}
    freeze_time(town.MONDAY.replace(day=15))
    assert "next begins or ends 2026-10-14 00:00" in call("post", "status").out
    assert call("post", "take-over", "housing-duty", "--json").record == {"posts": 0, "cases": 0}
    assert "1 posts changed hands; 1 open cases" in call("post", "take-over", "water-duty").out
    assert find(reference).state.inherited_at.isoformat() == "2026-10-13T16:00:00+00:00"
    assert sequence_once() == 0
    assert call("post", "take-over", "nowhere").code == Exit.REFUSED


def test_a_worker_has_no_posts_to_look_at_before_set_up(db):
    assert posts()() == 0


def test_the_status_says_how_far_the_cases_of_a_post_know_who_has_it_now(folder):
    reference = opened()
    Case.objects.filter(reference=reference).update(policy="gone")
    assert call("post", "status", "--json").record["posts"] == []
    later = town.MONDAY.replace(day=14)
    freeze_time(later)
    appoint(folder, "W-004,water-duty,2026-10-14,\n")
    load_organization(load_folder(folder), by=Actor.system(), now=later)
    look_at_posts(later)
    status = call("post", "status", "water-duty")
    assert "water-duty: 0 of 1 open cases know that -- has them now." in status.out
    assert call("work", "--status", "--json").record["posts_due"] == 1
    tell = posts()
    assert [tell(), tell(), tell()] == [1, 1, 0]
    failed = call("post", "status")
    assert failed.code == Exit.CHECK_FAILED
    assert f"1 could not be told; the last one: {reference} Refusal no_policy" in failed.out
    status = call("work", "--status")
    assert (status.code, "1 cases could not be told" in status.out) == (Exit.CHECK_FAILED, True)
    assert call("post", "status", "nowhere").code == Exit.REFUSED
    Case.objects.filter(reference=reference).update(policy=town.policy().hash)
    again = call("work", "--retry", "--once")
    assert "Cases of 1 posts are told again" in again.err
    assert find(reference).state.inherited_at.isoformat() == "2026-10-13T16:00:00+00:00"
    assert call("post", "status").code == Exit.OK
    Incumbent.objects.filter(post="sites-duty").update(failed=1, appointed=[], acting=[])
    assert tell_again(later) == 1
    assert call("work", "--status").code == Exit.OK
