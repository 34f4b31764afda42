"""What went wrong, in words and as JSON, and the exit code for it."""

import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import click

from dandang.interfaces.cli.exits import Exit
from dandang.interfaces.cli.languages import translate as _
from dandang.interfaces.cli.output import as_line
from dandang.terms import Code, InputError, Problem, Refusal

# PostgreSQL's codes for a table and a column that are not there. A refused connection has none.
_UNDEFINED = frozenset({"42P01", "42703"})
_NO_DATABASE = re.compile('database "[^"]*" does not exist')
_SET_UP = {
    Code.NO_ORGANIZATION: "dandang organization load",
    Code.NO_POLICY: "dandang policy adopt",
}


class Failure(Exception):
    """A command cannot do what it should; `words` say why and what to do."""

    def __init__(self, exit_code: Exit, code: str, words: str, **details: object) -> None:
        super().__init__(words)
        self.exit_code = exit_code
        self.code = code
        self.words = words
        self.details = details


@dataclass(frozen=True, slots=True)
class Fault:
    """An error as it is told."""

    exit_code: Exit
    code: str
    words: str
    details: Mapping[str, object] = field(default_factory=dict)


def tell(error: BaseException, *, as_json: bool) -> Exit:
    """Tell of an error on stderr, and as JSON on stdout; return the exit code.

    Raises the error again when it is none that a command should meet: a mistake in the program.
    """
    fault = fault_of(error)
    if fault is None:
        raise error
    if as_json:
        click.echo(as_line({"error": {"code": fault.code, "details": fault.details}}))
    if isinstance(error, click.UsageError):
        error.show(sys.stderr)
    elif fault.words:
        click.echo(fault.words, err=True)
    return fault.exit_code


def fault_of(error: BaseException) -> Fault | None:
    """Return what to tell of an error, or None when it is a mistake in the program."""
    match error:
        case Failure():
            return Fault(error.exit_code, error.code, error.words, error.details)
        case Refusal():
            return _refusal(error)
        case InputError():
            return _input_error(error)
        case click.ClickException():
            details = {"message": error.format_message()}
            return Fault(Exit.USAGE, "usage", error.format_message(), details)
        case KeyboardInterrupt() | click.Abort():
            return Fault(Exit.INTERRUPTED, "interrupted", _("Interrupted."))
        case _:
            return _outside_fault(error)


def _refusal(refusal: Refusal) -> Fault:
    from dandang.interfaces.cli.session import ready_django  # noqa: PLC0415 loads Django
    from dandang.interfaces.shared.words.refusals import refusal as words  # noqa: PLC0415 Django

    ready_django()
    exit_code = Exit.NOT_FOUND if refusal.code is Code.NOT_FOUND else Exit.REFUSED
    said = words(refusal)
    if refusal.code in _SET_UP:
        exit_code = Exit.CONFIGURATION
        said += " " + _("Do this first: {command}").format(command=_SET_UP[refusal.code])
    return Fault(exit_code, refusal.code.value, said, dict(refusal.details))


def _file_fault(error: OSError) -> Fault:
    """Return what to tell of a file that cannot be read or written."""
    said = _("{file} cannot be used: {reason}").format(file=error.filename, reason=error.strerror)
    return Fault(Exit.USAGE, "file_unusable", said, {"file": str(error.filename)})


def _input_error(error: InputError) -> Fault:
    details = {"problems": [problem_record(problem) for problem in error.problems]}
    return Fault(Exit.USAGE, "input", "\n".join(problem_lines(error.problems)), details)


def problem_record(problem: Problem) -> dict[str, object]:
    """Return a problem of a file as JSON."""
    return {
        "code": problem.code,
        "source": problem.source,
        "line": problem.line,
        "params": dict(problem.params),
    }


def problem_lines(problems: Iterable[Problem]) -> list[str]:
    """Return the words for problems of files, a line each."""
    from dandang.interfaces.cli.session import ready_django  # noqa: PLC0415 loads Django
    from dandang.interfaces.shared.words.problems import problem as words  # noqa: PLC0415 Django

    ready_django()
    return [words(problem) for problem in problems]


def _outside_fault(error: BaseException) -> Fault | None:
    """Return what to tell of files and databases that do not do what they should."""
    if isinstance(error, OSError) and error.filename is not None:
        return _file_fault(error)
    from dandang.database import DatabaseError  # noqa: PLC0415 loads psycopg

    if isinstance(error, DatabaseError):
        from dandang.interfaces.cli.accidents import accident  # noqa: PLC0415 loads psycopg

        return Fault(Exit.CONFIGURATION, _snake(type(error).__name__), accident(error))
    if "django" not in sys.modules:
        return None
    return _django_fault(error)


def _django_fault(error: BaseException) -> Fault | None:
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415 loads Django
    from django.db import OperationalError, ProgrammingError  # noqa: PLC0415 loads Django

    if isinstance(error, ImproperlyConfigured):
        return Fault(Exit.CONFIGURATION, "settings", str(error))
    if isinstance(error, ProgrammingError | OperationalError) and _is_not_migrated(error):
        said = _("The database is not set up yet, or is of an older version.")
        said += " " + _("Do this first: {command}").format(command="dandang migrate")
        return Fault(Exit.CONFIGURATION, "not_migrated", said)
    if isinstance(error, OperationalError):
        said = _("The database does not answer: {reason}").format(reason=str(error).strip())
        return Fault(Exit.CONFIGURATION, "database_unavailable", said)
    return None


def _is_not_migrated(error: Exception) -> bool:
    """Say whether tables or columns are missing, or the embedded server's whole database."""
    state = getattr(error.__cause__, "sqlstate", None)
    return state in _UNDEFINED or _NO_DATABASE.search(str(error)) is not None


def _snake(name: str) -> str:
    return "".join(f"_{char.lower()}" if char.isupper() else char for char in name).lstrip("_")
