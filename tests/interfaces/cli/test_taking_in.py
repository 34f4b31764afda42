"""Stories of requests that officers take in at the terminal for somebody else."""

import pytest

from dandang.interfaces.cli.exits import Exit
from dandang.ledger.queries import size
from dandang.lifecycle.casework.queries import find, history
from dandang.organization.actions.training import freeze_time
from tests import town
from tests.interfaces.cli.calling import Called, call


@pytest.fixture(autouse=True)
def city(db: None) -> None:
    town.build()
    freeze_time(town.MONDAY)


def opened(*more: str) -> Called:
    """Zhao Min takes down what Mrs Liu says at the counter."""
    return call(
        "case", "open", "--json", "--as", town.ZHAO_MIN, "--title", "No water",
        "--text", "No water in Lane 9", "--category", "water_supply", "--area", "hudong",
        "--name", "刘女士", "--phone", "13900000000", *more,
    )  # fmt: skip


def test_who_speaks_for_somebody_else_is_recorded_and_named_only_where_it_can_be_erased():
    called = opened("--on-behalf", "proxy", "--proxy-relation", "daughter", "--read-back")
    assert called.code == Exit.OK
    event, personal = history(find(called.record["reference"]).stream)[0]
    assert (event.fields["on_behalf"], event.fields["read_back"]) == ("proxy", True)
    assert event.post == "hotline-intake"
    assert personal["proxy_relation"] == "daughter"
    assert "daughter" not in str(event.fields)


def test_a_letter_without_a_sender_gets_no_access_code():
    called = call(
        "case", "open", "--json", "--as", town.ZHAO_MIN, "--title", "Dark street", "--text", "x",
        "--channel", "letter", "--on-behalf", "anonymous",
    )  # fmt: skip
    assert (called.code, called.record["access_code"]) == (Exit.OK, None)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--on-behalf", "proxy"), "field_required"),
        (("--on-behalf", "anonymous"), "value_invalid"),
        (("--proxy-name", "x"), "value_invalid"),
    ],
)
def test_what_cannot_be_said_of_taking_in_is_refused(words, code):
    before = size()
    called = opened(*words)
    assert (called.code, called.record["error"]["code"]) == (Exit.REFUSED, code)
    assert size() == before
