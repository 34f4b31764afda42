"""What requesters say in private, or can still change, is not shown on the command line."""

import pytest

from dandang.organization.actions.training import freeze_time
from tests import town
from tests.interfaces.cli.calling import call
from tests.interfaces.cli.test_cases import does, reference


@pytest.fixture(autouse=True)
def jiangcheng(db: None) -> None:
    town.build()
    freeze_time(town.MONDAY)


def test_what_is_said_in_private_and_what_is_kept_from_the_unit_is_not_shown_here():
    at = reference()
    does("attach", at, "--as", town.ZHAO_MIN, "--text", "Here too")
    does("accept", at, "--as", town.LI_NA)
    does("propose", at, "--as", town.LI_NA, "--outcome", "resolved", "--text", "Repaired")
    words = ("--as", town.ZHAO_MIN, "--verdict", "solved", "--request", "1", "--text", "It runs")
    does("judge", at, *words, "--was-pressed")
    does("rate", at, "--as", town.ZHAO_MIN, "--stars", "1", "--request", "1", "--text", "Rude")
    record = call("case", "show", at, "--json", "--reveal").record
    assert [one["verdict"] for one in record["requests"]] == [None, None]
    assert [one["stars"] for one in record["requests"]] == [None, None]
    judged, rated = record["events"][-2:]
    assert (judged["actor"], judged["personal"]) == ("officer", {})
    assert judged["fields"].keys() & {"request", "stars"} == set()
    assert (rated["actor"], rated["personal"]) == ("officer", {})
    assert rated["fields"].keys() & {"request", "stars"} == set()
    shown = call("case", "show", at, "--reveal").out
    assert "A requester rated the service" in shown
    for kept in ("was_pressed", "It runs", "Rude", "1 of 5"):
        assert kept not in shown
