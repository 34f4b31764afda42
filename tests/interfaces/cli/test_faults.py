"""What goes wrong is told in words, as JSON, and by the exit code; mistakes stay visible."""

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, ProgrammingError

from dandang.interfaces.cli import demonstration, parts, session
from dandang.interfaces.cli.exits import Exit
from dandang.interfaces.cli.faults import fault_of
from dandang.interfaces.cli.languages import translate
from dandang.interfaces.cli.output import Output
from tests.interfaces.cli.calling import call


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (caused(ProgrammingError("x"), psycopg.errors.UndefinedTable()), "not_migrated"),
        (caused(ProgrammingError("x"), psycopg.errors.UndefinedColumn()), "not_migrated"),
        (OperationalError('FATAL:  database "dandang" does not exist'), "not_migrated"),
        (OperationalError("the server closed the connection"), "database_unavailable"),
        (ImproperlyConfigured("DANDANG_DEMO"), "settings"),
    ],
)
def test_what_the_installation_lacks_is_exit_5(error, code):
    fault = fault_of(error)
    assert (fault.exit_code, fault.code) == (Exit.CONFIGURATION, code)
    assert fault.words


@pytest.mark.parametrize(
    "error", [caused(ProgrammingError("x"), psycopg.errors.SyntaxError()), ValueError("x")]
)
def test_a_mistake_in_the_program_is_no_fault(error):
    assert fault_of(error) is None


def test_the_demonstration_is_reached_by_its_name(monkeypatch):
    given = {}

    def run(**options: object) -> int:
        given.update(options)
        return 0

    monkeypatch.setattr(demonstration, "demo_stand_in", run, raising=False)
    monkeypatch.setattr(parts, "DEMO", "dandang.interfaces.cli.demonstration:demo_stand_in")
    assert call("demo", "--no-open", "--port", "8123", "--lang", "zh").code == Exit.OK
    assert isinstance(given.pop("out"), Output)
    assert given == {
        "language": "zh-hans", "port": 8123, "cases": 400, "seed": 7, "reset": False,
        "open_browser": False,
    }  # fmt: skip


def test_every_step_of_a_start_has_words_and_is_shown_where_somebody_sees_it(monkeypatch, capsys):
    from dandang.database import Step  # noqa: PLC0415 not before the fixtures

    out = Output(as_json=False, quiet=False)
    session.shown(out)("starting")
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(session.sys.stderr, "isatty", lambda: True, raising=False)
    for step in Step:
        session.shown(out)(step)
    said = capsys.readouterr().err.splitlines()
    assert len(said) == len(set(said)) == len(Step)
    assert translate("Starting the database …") in said


def test_a_progress_bar_is_shown_only_where_somebody_sees_it(monkeypatch, capsys):
    for quiet, seen in ((False, True), (True, False)):
        monkeypatch.setattr(session.sys.stderr, "isatty", lambda: True, raising=False)
        with Output(as_json=True, quiet=quiet).progress(10, "Importing") as bar:
            bar.update(10)
        assert ("Importing" in capsys.readouterr().err) is seen
