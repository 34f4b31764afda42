"""Accounts on the command line: the way in for the first administrators."""

import pytest

from dandang.interfaces.cli.exits import Exit
from dandang.organization.access.asking import factors_of
from dandang.organization.actions.accounts import create_account
from dandang.organization.actions.invitations import accept
from dandang.organization.actions.training import freeze_time
from dandang.organization.models import Account
from dandang.terms import Actor
from tests import town
from tests.interfaces.cli.calling import call
from tests.signing import with_app

pytestmark = pytest.mark.database


@pytest.fixture(autouse=True)
def city(db: None) -> None:
    town.build()
    freeze_time(town.MONDAY)


def test_an_officer_is_invited_and_administered():
    invited = call("account", "invite", "W-017", "--json").record
    accept(invited["secret"], "seven otters read the river map")
    account = Account.objects.get(officer="W-017")
    with_app(account)
    (listed,) = call("account", "list", "--search", "W-017", "--json").records
    assert (listed["password"], listed["second_factor"], listed["open"]) == (True, True, True)
    for act in ("close", "reopen", "unlock", "revoke", "reset-factors"):
        called = call("account", act, "W-017", "--json")
        assert (called.code, called.record["done"]) == (Exit.OK, True), act
    assert not factors_of(account).has_second
    assert "no account" in call("account", "list", "--search", "H-009").out


def test_a_stranger_has_no_account():
    create_account("guest", by=Actor.system(), now=town.MONDAY)
    for act in ("invite", "close"):
        assert call("account", act, "X-999").code == Exit.NOT_FOUND
