"""`dandang case search` and `dandang search`: what an officer finds, and keeping the index."""

import pytest

from dandang.finding.following import follow_once, standing
from dandang.interfaces.cli.exits import Exit
from tests import town
from tests.finding.world import follows, sent
from tests.interfaces.cli.calling import call

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def city():
    town.build()


def test_an_officer_finds_what_they_may_read_with_titles_only_where_asked():
    reference = sent("停水", "渣土车挖断了管道")
    sent("路灯", "渣土车")
    follows()
    found = call("case", "search", "停水", "渣土车", "--as", town.ZHAO_MIN, "--json").records
    assert [one["reference"] for one in found] == [reference]
    assert "title" not in found[0]
    shown = call("case", "search", "停水", "--as", town.LI_NA, "--open", "--reveal").out
    assert reference in shown
    assert "停水" in shown
    both = call("case", "search", "渣土车", "--as", town.ZHAO_MIN, "--limit", "1", "--json").records
    assert len(both) == 1
    assert "No case" in call("case", "search", "停水", "--as", town.LUO_JING).err
    assert call("case", "search", "停水", "--as", "nobody").code == Exit.REFUSED


def test_the_index_is_written_anew_and_everybody_says_how_far_it_is():
    sent("停水")
    assert call("search", "status", "--json").record == {"behind": 0, "to_write": 1}
    assert "1 cases are still" in call("search", "status").out
    assert call("search", "rebuild", "--json").record == {"cases": 1}
    assert call("search", "status", "--json").record == {"behind": 0, "to_write": 0}
    checks = {one["check"]: one for one in call("doctor", "--json").record["checks"]}
    assert checks["followers"]["search_behind"] == 0
    assert checks["followers"]["published_behind"] > 0
    assert call("work", "--once", "--json").code == Exit.OK
    checks = {one["check"]: one for one in call("doctor", "--json").record["checks"]}
    assert (checks["followers"]["health"], checks["followers"]["published_behind"]) == ("ok", 0)


def test_who_writes_the_index_anew_waits_while_another_process_is_at_it(monkeypatch):
    """A worker has its turn first; the command says that everything is written when it is."""
    for _ in range(2):
        sent("停水")
    follows()
    turns = iter([0, 0])
    monkeypatch.setattr(
        "dandang.finding.following.follow_once",
        lambda: follow_once() if next(turns, None) is None else 0,
    )
    monkeypatch.setattr("dandang.interfaces.cli.finding._PAUSE_SECONDS", 0, raising=False)
    assert call("search", "rebuild", "--json").record == {"cases": 2}
    assert standing().to_write == 0
    assert call("search", "rebuild", "--json").record == {"cases": 2}, "as often as one likes"
