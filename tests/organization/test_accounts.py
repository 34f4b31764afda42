"""Stories of accounts and their passwords."""

from datetime import UTC, datetime

import pytest

from dandang.organization.actions.accounts import create_account, set_password
from dandang.organization.actions.load import load_organization
from dandang.organization.models import Account, OfficerRow
from dandang.terms import Actor, Code, Refusal
from tests.organization.jiangcheng import files

pytestmark = pytest.mark.django_db
OPERATOR = Actor.system()
NOW = datetime(2026, 10, 8, 1, tzinfo=UTC)
LONG = "correct horse battery staple"


@pytest.fixture
def city():
    load_organization(files(), by=OPERATOR, now=NOW)


def authenticate(username, password):
    """Return the account that opens with this password."""
    account = Account.objects.get_by_natural_key(username)
    return account if account.check_password(password) else None


def create(username="li.na", **more):
    return create_account(username, by=OPERATOR, now=NOW, **more)


def refusal_of(act):
    with pytest.raises(Refusal) as refused:
        act()
    return refused.value.code, dict(refused.value.details)


def test_li_na_signs_in_with_her_account(city):
    account = create(officer="W-017", password=LONG, language="zh-hans")
    assert account.officer_id == "W-017"
    assert not account.is_staff
    assert not account.is_superuser
    assert (account.created_by, account.password_set_by) == ("system", "system")
    assert str(account) == "li.na"
    assert authenticate(username="li.na", password=LONG) == account
    assert authenticate(username="li.na", password="wrong") is None


def test_an_account_without_a_password_cannot_sign_in():
    account = create()
    assert not account.has_usable_password()
    assert account.password_set_at is None


def test_names_are_the_same_in_any_width():
    create("Ｌｉ.Ｎａ", password=LONG)
    assert Account.objects.get().username == "Li.Na"
    assert authenticate(username="Ｌｉ.Na", password=LONG) is not None


@pytest.mark.parametrize(
    ("fields", "details"),
    [
        ({"username": ""}, {"field": "username", "reason": "bad_username"}),
        ({"username": "li na"}, {"field": "username", "reason": "bad_username"}),
        ({"username": "x" * 151}, {"field": "username", "reason": "bad_username"}),
        ({"language": "fr"}, {"field": "language", "reason": "unknown_language"}),
        ({"password": "short"}, {"field": "password", "reason": "password_too_short"}),
        (
            {"password": "password1234"},
            {"field": "password", "reason": "password_breached"},
        ),
        ({"password": "li.na.li.na.1"}, {"field": "password", "reason": "password_of_context"}),
    ],
)
def test_what_cannot_be_is_refused_and_no_account_is_made(fields, details):
    assert refusal_of(lambda: create(**fields)) == (Code.VALUE_INVALID, details)
    assert not Account.objects.exists()


def test_a_name_can_be_taken_only_once():
    create()
    taken = (Code.VALUE_INVALID, {"field": "username", "reason": "taken"})
    assert refusal_of(create) == taken
    assert Account.objects.count() == 1


def test_an_account_is_for_an_officer_of_the_register(city):
    assert refusal_of(lambda: create(officer="W-099")) == (Code.NOT_FOUND, {"officer": "W-099"})
    assert not Account.objects.exists()


def test_an_officer_who_is_gone_gets_no_account(city):
    OfficerRow.objects.filter(code="W-017").update(ended=NOW.date())
    assert refusal_of(lambda: create(officer="W-017"))[0] is Code.NOT_FOUND


def test_a_new_password_replaces_the_old_one():
    create(password=LONG)
    set_password("li.na", "another long sentence", by=Actor.officer("S-001"), now=NOW)
    assert authenticate(username="li.na", password=LONG) is None
    account = authenticate(username="li.na", password="another long sentence")
    assert account is not None
    assert account.password_set_by == "officer:S-001"


def test_a_weak_password_leaves_the_old_one():
    create(password=LONG)
    code, details = refusal_of(lambda: set_password("li.na", "1234567", by=OPERATOR, now=NOW))
    assert code is Code.VALUE_INVALID
    assert details["reason"] == "password_breached,password_too_short"
    assert authenticate(username="li.na", password=LONG) is not None


def test_a_password_needs_an_account():
    code, _ = refusal_of(lambda: set_password("nobody", LONG, by=OPERATOR, now=NOW))
    assert code is Code.NOT_FOUND
