"""The entry point: quick, lazy, and clear about what went wrong."""

import subprocess
import sys

import click
import pytest

from dandang.interfaces.cli.exits import Exit
from dandang.interfaces.cli.main import COMMANDS, main
from tests.interfaces.cli.calling import SRC, call, command, run, surroundings

PROBE = """
import sys
from dandang.interfaces.cli.main import main
try:
    main(sys.argv[1:], prog_name="dandang")
except SystemExit:
    pass
heavy = ("django", "psycopg", "granian", "babel", "holidays", "chinese_calendar")
print([name for name in heavy if name in sys.modules])
"""


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["--version"],
        ["case", "--help"],
        ["case", "hand-over", "--help"],
        ["import", "--help"],
    ],
)
def test_help_loads_no_django_and_no_database(words):
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *words],
        capture_output=True, text=True, check=True, env=surroundings(), cwd=SRC,
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "[]"


def test_every_command_is_there():
    listed = call("--help").out
    assert all(f"\n  {name}" in listed for name in COMMANDS)


def test_without_a_command_the_help_is_shown_as_a_mistake():
    assert call().code == Exit.USAGE


@pytest.mark.parametrize(
    "words", [["fly"], ["case", "fly"], ["case", "list", "--limit", "none"], ["import"]]
)
def test_a_wrong_command_line_is_exit_2_with_words_on_stderr(words):
    called = call(*words)
    assert (called.code, called.out) == (Exit.USAGE, "")
    assert "Error" in called.err


def test_a_wrong_command_line_is_told_as_json_too():
    called = call("case", "list", "--limit", "none", "--json")
    assert called.code == Exit.USAGE
    assert called.record["error"]["code"] == "usage"
    assert "none" in called.record["error"]["details"]["message"]


def test_an_unknown_setting_is_exit_5():
    called = run("case", "list", "--json", DATABASE_URL="mysql://x", DANDANG_STATE="/nowhere")
    assert called.code == Exit.CONFIGURATION
    assert called.record["error"]["code"] == "setting_unclear"
    assert "postgresql://" in called.err


def test_a_setting_of_the_pages_that_is_unclear_is_exit_5():
    called = run("case", "list", DANDANG_DEMO="perhaps")
    assert called.code == Exit.CONFIGURATION
    assert "DANDANG_DEMO" in called.err


def explodes(monkeypatch, error: BaseException) -> None:
    """Add a command that meets this error."""

    def explode() -> None:
        raise error

    monkeypatch.setitem(main.commands, "explode", click.Command("explode", callback=explode))


def test_ctrl_c_is_exit_130(monkeypatch):
    explodes(monkeypatch, KeyboardInterrupt())
    called = call("explode")
    assert (called.code, called.err.strip()) == (Exit.INTERRUPTED, "Interrupted.")


def test_a_mistake_in_the_program_is_not_dressed_up(monkeypatch):
    explodes(monkeypatch, ZeroDivisionError())
    with pytest.raises(ZeroDivisionError):
        call("explode")


@pytest.mark.parametrize("unbuffered", ["1", ""])
def test_a_reader_who_has_enough_is_no_error(unbuffered):
    with subprocess.Popen(
        command("completion", "bash"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=surroundings(PYTHONUNBUFFERED=unbuffered),
    ) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == Exit.PIPE_CLOSED


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_get_their_completion(shell):
    called = call("completion", shell)
    assert called.code == Exit.OK
    assert "_DANDANG_COMPLETE" in called.out


def test_completion_knows_verbs_and_options():
    words = {"COMP_WORDS": "dandang case hand", "COMP_CWORD": "2"}
    called = run(**words, _DANDANG_COMPLETE="bash_complete")
    assert called.out.split() == ["plain,hand-over"]
