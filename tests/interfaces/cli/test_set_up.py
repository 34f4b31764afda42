"""Stories of setting an installation up from nothing, and of looking whether it is well."""

import shutil
from datetime import timedelta

import pytest
from django.db.migrations.recorder import MigrationRecorder

from dandang.database import errors
from dandang.interfaces.cli import checkup
from dandang.interfaces.cli.accidents import ACCIDENTS, accident
from dandang.interfaces.cli.exits import Exit
from dandang.interfaces.cli.faults import fault_of
from dandang.ledger.sequencer import lag, sequence_once
from dandang.lifecycle.casework.models import Case
from dandang.lifecycle.intake.actions import open_request
from dandang.lifecycle.intake.importing.maps import ready_organization
from dandang.lifecycle.intake.rules import Open
from dandang.lifecycle.work import fire_due
from dandang.organization.actions.training import freeze_time
from dandang.organization.models import Account
from dandang.organization.queries import current_policy, directory
from dandang.terms import Actor
from tests import town
from tests.interfaces.cli.calling import call, run

pytestmark = pytest.mark.database


@pytest.fixture
def city(db: None) -> None:
    town.build()
    freeze_time(town.MONDAY)
    sequence_once()


@pytest.fixture
def folder(tmp_path):
    for name, content in town.files().items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def test_an_organization_is_loaded_from_its_folder_once(db, folder):
    first = call("organization", "load", str(folder), "--json")
    assert (first.code, first.record["changed"], first.record["ended"]) == (Exit.OK, 0, 0)
    assert directory().body.code == "jiangcheng"
    again = call("organization", "load", str(folder), "--json").record
    assert (again["added"], again["unchanged"]) == (0, first.record["added"])
    assert "0 added" in call("organization", "load", str(folder)).out


def test_every_mistake_in_the_files_is_told_with_its_line_and_nothing_is_loaded(db, folder):
    text = (folder / "organization.toml").read_text(encoding="utf-8")
    looped = text.replace('code = "government"', 'code = "government"\nparent = "water"')
    (folder / "organization.toml").write_text(looped, encoding="utf-8")
    called = call("organization", "load", str(folder), "--json")
    assert called.code == Exit.USAGE
    problems = called.record["error"]["details"]["problems"]
    assert "loop" in {problem["code"] for problem in problems}
    assert all(problem["line"] for problem in problems)
    assert "leads round in a circle" in call("organization", "load", str(folder)).err
    assert call("case", "list").code == Exit.CONFIGURATION


def test_a_ready_organization_is_loaded_by_name(db):
    assert call("organization", "load", "--ready", "zh_messages").code == Exit.OK
    assert directory().body.code == "linjiang"


def test_the_city_of_the_tutorial_is_ready_and_has_no_gap(db):
    assert call("organization", "load", "--ready", "jiangcheng").code == Exit.OK
    assert call("policy", "adopt", "cn-county").code == Exit.OK
    found = call("duties", "check", "--on", "2026-10-12", "--json").records
    assert {finding["kind"] for finding in found} == {"gap"}
    assert "jiangcheng" in call("organization", "load", "--ready", "boston").err


@pytest.mark.parametrize(
    "words", [(), ("x", "--ready", "nyc311"), ("--ready", "boston"), ("/nowhere/x",)]
)
def test_what_to_load_must_be_clear(db, words):
    assert call("organization", "load", *words).code == Exit.USAGE


def test_a_policy_is_adopted_once_and_the_ledger_says_so(db, folder):
    call("organization", "load", str(folder))
    first = call("policy", "adopt", "cn-county", "--json").record
    assert (first["name"], first["version"], first["adopted"]) == ("cn-county", 1, True)
    assert current_policy().hash == first["hash"]
    assert call("policy", "adopt", "cn-county", "--json").record["adopted"] is False
    assert "was in force already" in call("policy", "adopt", "cn-county").out
    assert lag().waiting == 0


def test_a_policy_of_ones_own_is_read_from_its_file(city, tmp_path):
    path = tmp_path / "ours.toml"
    path.write_text(town.policy().text.replace("version = 1", "version = 2", 1), encoding="utf-8")
    assert call("policy", "adopt", str(path), "--json").record["version"] == 2
    path.write_text("name = 1\n", encoding="utf-8")
    assert call("policy", "adopt", str(path)).code == Exit.USAGE


def test_an_unknown_policy_is_told_with_the_ready_ones(db):
    called = call("policy", "adopt", "boston", "--json")
    assert (called.code, called.record["error"]["code"]) == (Exit.USAGE, "unknown_policy")
    assert "cn-county" in called.err


def test_a_policy_needs_an_organization(db):
    called = call("policy", "adopt", "cn-county", "--json")
    assert (called.code, called.record["error"]["code"]) == (Exit.CONFIGURATION, "no_organization")


def test_an_administrator_can_sign_in_afterwards(city):
    words = ("createadmin", "chen", "--officer", "S-001", "--json")
    called = call(*words, DANDANG_ADMIN_PASSWORD="long-enough-7!")
    assert called.record == {"username": "chen", "officer": "S-001"}
    account = Account.objects.get(username="chen")
    assert account.check_password("long-enough-7!")
    assert account.is_staff


def test_the_password_is_asked_for_and_never_shown(city):
    called = call("createadmin", "chen", stdin="long-enough-7!\n")
    assert called.code == Exit.OK
    assert "long-enough" not in called.out + called.err


def test_a_weak_password_is_refused(city):
    called = call("createadmin", "chen", "--json", DANDANG_ADMIN_PASSWORD="12345")
    assert (called.code, called.record["error"]["code"]) == (Exit.REFUSED, "value_invalid")


def test_the_check_of_duties_names_gaps_and_overlaps(city):
    called = call("duties", "check", "--json")
    assert called.code == Exit.CHECK_FAILED
    kinds = {record["kind"] for record in called.records}
    assert {"gap", "overlap"} <= kinds
    overlap = next(record for record in called.records if record["kind"] == "overlap")
    assert (overlap["category"], overlap["units"]) == ("street_trading", ["cityman", "qingshan"])
    said = call("duties", "check", "--on", "2026-10-02")
    assert "lead with equal rank" in said.out
    assert "findings on 2026-10-02" in said.err


def test_a_register_without_findings_is_fine(db, tmp_path):
    shutil.copytree(ready_organization("zh_messages"), tmp_path, dirs_exist_ok=True)
    (tmp_path / "duties.csv").write_text(
        "category,area,unit,post,type,basis,starts,ends\n*,,hotline,,lead,,,\n", encoding="utf-8"
    )
    call("organization", "load", str(tmp_path))
    call("policy", "adopt", "cn-county")
    called = call("duties", "check", "--json")
    assert (called.code, called.out) == (Exit.OK, "")


def health(*words: str) -> tuple[int, dict[str, str]]:
    called = call("doctor", "--json", *words)
    record = called.record
    assert record["ok"] is (called.code == Exit.OK)
    return called.code, {one["check"]: one["health"] for one in record["checks"]}


def test_the_doctor_finds_a_city_well_but_for_what_needs_attention(city, settings):
    settings.DEMO = True
    code, found = health()
    assert code == Exit.OK
    assert found == {
        "settings": "ok", "state_directory": "ok", "chromium": "ok", "fonts": "ok",
        "database": "ok", "migrations": "ok", "organization": "ok", "policy": "ok",
        "duties": "attention", "calendar": "attention", "ledger": "ok",
        "clocks": "ok", "followers": "ok", "figures": "attention",
        "frozen_time": "attention",
    }  # fmt: skip
    said = call("doctor").out
    assert "There is no working-day calendar for 2027 yet." in said
    assert "PostgreSQL 18" in said


def test_a_time_that_stands_still_outside_a_demonstration_is_wrong(city):
    code, found = health()
    assert (code, found["frozen_time"]) == (Exit.CHECK_FAILED, "wrong")


def test_a_calendar_that_does_not_reach_today_is_wrong(city, settings):
    settings.DEMO = True
    freeze_time(town.MONDAY.replace(year=2031))
    code, found = health()
    assert (code, found["calendar"]) == (Exit.CHECK_FAILED, "wrong")
    assert "for 2031 yet" in call("doctor").out


def test_a_calendar_that_reaches_far_enough_is_fine(city, settings):
    settings.DEMO = True
    freeze_time(town.MONDAY.replace(year=2025, month=3))
    assert health()[1]["calendar"] == "ok"


def test_the_doctor_says_what_is_missing_before_the_set_up(db):
    code, found = health()
    assert (code, found["organization"], found["calendar"]) == (Exit.CHECK_FAILED, "wrong", "wrong")
    assert "dandang organization load" in call("doctor").out


def test_events_that_wait_for_long_need_attention(city, monkeypatch):
    open_request(
        Open(title="Tap", text="No water", channel="web"), by=Actor.requester(1), now=town.MONDAY
    )
    (fresh,) = checkup.ledger()
    assert (fresh.health, fresh.details["waiting"]) == ("ok", 1)
    monkeypatch.setattr(checkup, "_LATE_SECONDS", -1)
    (late,) = checkup.ledger()
    assert late.health == "attention"
    assert "dandang work" in late.words


def test_clocks_that_do_not_fire_need_attention_and_one_set_aside_is_wrong(city):
    opening = Open(title="Bins", text="Full", channel="web", category="city_appearance")
    reference = open_request(opening, by=Actor.requester(1), now=town.MONDAY).reference
    (in_time,) = checkup.clocks()
    assert (in_time.health, in_time.details["due"]) == ("ok", 0)
    later = town.MONDAY + timedelta(hours=6)
    freeze_time(later)
    (late,) = checkup.clocks()
    assert (late.health, late.details["late_seconds"]) == ("attention", 3600)
    Case.objects.filter(reference=reference).update(case_class="gone")
    assert fire_due(later).aside == 1
    (aside,) = checkup.clocks()
    assert aside.health == "wrong"
    assert "dandang work --status" in aside.words


def test_a_server_whose_clock_differs_is_wrong(city, monkeypatch):
    monkeypatch.setattr(checkup, "_SKEW_SECONDS", -1)
    (result,) = checkup.server()
    assert result.health == "wrong"
    assert "clock differs" in result.words


def test_migrations_that_have_not_run_are_wrong(city, monkeypatch):
    (fine,) = checkup.migrations()
    assert (fine.health, fine.details) == ("ok", {"outstanding": []})
    monkeypatch.setattr(MigrationRecorder, "applied_migrations", lambda _self: {})
    (result,) = checkup.migrations()
    assert result.health == "wrong"
    assert "dandang migrate" in result.words


def test_a_state_directory_that_cannot_be_written_is_wrong(monkeypatch):
    monkeypatch.setattr(checkup.os, "access", lambda *_: False)
    (result,) = checkup.state_directory()
    assert result.health == "wrong"


def test_a_machine_without_font_tools_or_browser_is_well_all_the_same(monkeypatch):
    monkeypatch.setattr(checkup.shutil, "which", lambda _name: None)
    assert [result.details for result in checkup.browser()] == [{"path": None}, {"chinese": None}]


def test_the_doctor_reports_a_database_that_cannot_be_reached(monkeypatch):
    called = run("doctor", "--json", DATABASE_URL="postgresql://nobody@127.0.0.1:1/nothing")
    assert called.code == Exit.CHECK_FAILED
    (wrong,) = (one for one in called.record["checks"] if one["health"] == "wrong")
    assert (wrong["check"], wrong["code"]) == ("database", "server_does_not_answer")
    names = called.record["checks"][0]["names"]
    assert "DATABASE_URL" in names
    assert "nobody" not in called.record["checks"][0]["message"]


def test_a_new_installation_from_nothing(tmp_path, database_server):
    """The database is made, the city loaded, a request taken in; each step says what is next."""
    where = {"DANDANG_DATABASE": "from_nothing"}
    first = run("case", "list", "--json", **where)
    assert (first.code, first.record["error"]["code"]) == (Exit.CONFIGURATION, "not_migrated")
    assert "dandang migrate" in first.err
    try:
        assert run("migrate", "--json", **where).record == {"migrated": True}
        assert run("organization", "load", "--ready", "nyc311", **where).code == Exit.OK
        assert run("policy", "adopt", "generic-311", **where).code == Exit.OK
        opened = run("case", "open", "--title", "Rats", "--text", "In the yard", **where)
        assert opened.code == Exit.OK
        assert run("ledger", "replay", "--json", **where).record["cases"] == 1
        assert run("doctor", **where).code == Exit.OK
    finally:
        from dandang.database import drop_database  # noqa: PLC0415 as the test

        drop_database("from_nothing")


def test_the_words_of_accidents_are_those_of_the_errors():
    kinds = {
        name: kind
        for name, kind in vars(errors).items()
        if isinstance(kind, type) and issubclass(kind, errors.DatabaseError)
    }
    del kinds["DatabaseError"]
    assert {name: " ".join(kind.__doc__.split()) for name, kind in kinds.items()} == ACCIDENTS


def test_an_accident_is_exit_5_with_its_details():
    error = errors.ServerDidNotStart(reason="it ended", log="server.log", lines="FATAL: no space")
    assert accident(error).splitlines() == [
        "PostgreSQL did not start: it ended. The last lines of server.log say why:",
        "FATAL: no space",
    ]
    fault = fault_of(error)
    assert (fault.exit_code, fault.code) == (Exit.CONFIGURATION, "server_did_not_start")
