"""Settings are computed from the environment alone, and a wrong one says what to do."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dandang.database import OwnerUrlMissing, Role, SettingUnclear, django_settings, role_name

URL = "postgresql://app:s3cret@db.example:6543/city?sslmode=require&connect_timeout=3"


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch, tmp_path):
    for name in ("DATABASE_URL", "DANDANG_OWNER_URL", "DANDANG_ROLE", "DANDANG_DATABASE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DANDANG_STATE", str(tmp_path / "nowhere"))


def test_without_a_url_the_embedded_server_is_meant_and_nothing_is_started(tmp_path):
    found = django_settings()
    assert (found["NAME"], found["USER"], found["PASSWORD"]) == ("dandang", "dandang_app", "")
    assert (found["HOST"], found["PORT"]) == (str(tmp_path / "nowhere" / "run"), "5432")
    assert not (tmp_path / "nowhere").exists()


def test_the_embedded_database_and_role_can_be_chosen(monkeypatch):
    monkeypatch.setenv("DANDANG_ROLE", "owner")
    monkeypatch.setenv("DANDANG_DATABASE", "demo")
    assert (django_settings()["NAME"], django_settings()["USER"]) == ("demo", "dandang_owner")


def test_a_url_is_taken_apart(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", URL)
    found = django_settings()
    parts = {name: found[name] for name in ("HOST", "PORT", "NAME", "USER", "PASSWORD")}
    assert parts == {
        "HOST": "db.example", "PORT": "6543", "NAME": "city", "USER": "app", "PASSWORD": "s3cret",
    }  # fmt: skip
    assert found["OPTIONS"]["sslmode"] == "require"
    assert found["OPTIONS"]["connect_timeout"] == "3"
    assert found["OPTIONS"]["server_side_binding"] is True
    assert found["ATOMIC_REQUESTS"] is False


def test_a_forgotten_transaction_is_ended_by_the_server_whatever_else_the_url_asks(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", f"{URL}&options=-c%20statement_timeout%3D9")
    options = django_settings()["OPTIONS"]["options"]
    assert "idle_in_transaction_session_timeout=60000" in options
    assert options.endswith("-c statement_timeout=9")


def test_the_owner_of_an_external_server_has_a_url_of_its_own(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", URL)
    with pytest.raises(OwnerUrlMissing, match="DANDANG_OWNER_URL"):
        django_settings(Role.OWNER)
    monkeypatch.setenv("DANDANG_OWNER_URL", URL.replace("app:", "chief:"))
    assert role_name(Role.OWNER) == "chief"
    assert role_name(Role.APP) == "app"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("mysql://app:s3cret@db/city", "begin with postgresql://"),
        ("host=db password=s3cret", "begin with postgresql://"),
        ("postgresql://app:s3cret@db:port/city?nonsense=1", "not a PostgreSQL address"),
        ("postgresql://app:s3cret@[::1/city", "not a PostgreSQL address"),
        ("postgresql://db/city", "names no user"),
        ("postgresql://app:s3cret@db", "names no dbname"),
    ],
)
def test_an_unclear_url_is_refused_and_not_repeated(monkeypatch, url, reason):
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(SettingUnclear, match=reason) as refused:
        django_settings()
    assert "DATABASE_URL" in str(refused.value)
    assert "s3cret" not in str(refused.value)
    assert refused.value.__cause__ is None


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40))
def test_any_url_is_either_understood_or_refused(text):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", f"postgresql://{text}")
        with suppress(SettingUnclear):
            assert django_settings()["USER"]


def test_an_unclear_role_is_refused(monkeypatch):
    monkeypatch.setenv("DANDANG_ROLE", "root")
    with pytest.raises(SettingUnclear, match="DANDANG_ROLE"):
        django_settings()
