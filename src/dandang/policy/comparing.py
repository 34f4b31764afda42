"""What differs between two policies: every value of their files that is not the same."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

Leaves = dict[tuple[str, ...], str]


@dataclass(frozen=True, slots=True)
class Change:
    """One value that differs. `before` and `after` are "" where there is none.

    `path` leads to it in the file (`classes.ordinary.clocks.total`); an entry of a list stands
    under its code, one without a code under its place, from 1.
    """

    path: tuple[str, ...]
    before: str
    after: str

    @property
    def place(self) -> str:
        """The path in one text."""
        return ".".join(self.path)


def compare(before: str, after: str) -> tuple[Change, ...]:
    """Return what differs between the texts of two policies that were read without a problem.

    Comments, spacing and the order of keys and of entries with codes do not count. The changes
    stand in the order of the later file, what is only in the earlier one after them.
    """
    old, new = _leaves(before), _leaves(after)
    paths = dict.fromkeys((*new, *old))
    return tuple(
        Change(path, old.get(path, ""), new.get(path, ""))
        for path in paths
        if old.get(path) != new.get(path)
    )


def _leaves(text: str) -> Leaves:
    return dict(_walk(tomllib.loads(text), ()))


def _walk(value: object, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _walk(inner, (*path, str(name)))
    elif isinstance(value, Sequence) and value and isinstance(value[0], Mapping):
        for number, inner in enumerate(value, 1):
            yield from _walk(inner, (*path, str(inner.get("code", number))))
    else:
        yield path, _shown(value)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ", ".join(map(_shown, value))
    return str(value)
