"""Loads policies from files: a body's own, and the ready ones that come with the package."""

from functools import cache
from importlib import resources
from pathlib import Path

from dandang.policy.parsing import parse_policy
from dandang.policy.policy import Policy
from dandang.terms import Code, InputError, Problem, Refusal
from dandang.terms.toml import MAX_CHARACTERS

_READY = resources.files("dandang.policy") / "ready"
_LARGEST_FILE = 4 * MAX_CHARACTERS


def load_policy(path: Path) -> Policy:
    """Read a policy file (UTF-8, with or without a byte order mark).

    Raises InputError: `file_unreadable`, `file_too_large`, `not_utf8`, or whatever is wrong in it.
    """
    source = str(path)
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST_FILE + 1)
    except OSError:
        raise InputError([Problem("file_unreadable", source)]) from None
    if len(content) > _LARGEST_FILE:
        raise InputError([Problem("file_too_large", source, 0, {"limit": MAX_CHARACTERS})])
    try:
        return parse_policy(content.decode("utf-8-sig"), source)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InputError([Problem("not_utf8", source, line)]) from None


def ready_policies() -> tuple[str, ...]:
    """Return the names of the policies that come with the package, sorted."""
    names = (item.name.removesuffix(".toml") for item in _READY.iterdir())
    return tuple(sorted(names))


@cache
def ready_policy(name: str) -> Policy:
    """Return a policy that comes with the package. Refuses `no_policy` for any other name."""
    if name not in ready_policies():
        raise Refusal(Code.NO_POLICY, policy=name)
    text = (_READY / f"{name}.toml").read_text(encoding="utf-8")
    return parse_policy(text, f"{name}.toml")
