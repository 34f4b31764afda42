"""Events of keeping and erasing."""

from dataclasses import dataclass

from dandang.terms import Event


@dataclass(frozen=True, slots=True)
class ErasureRequested(Event):
    """An officer asked that the personal values of an ended case are erased, on a legal basis."""

    basis: str


@dataclass(frozen=True, slots=True)
class Erased(Event):
    """Personal values were erased. Names their digests and the legal basis, never the content.

    `second_officer` is the one who asked for it; whoever acts here is another.
    """

    basis: str
    digests: tuple[str, ...]
    second_officer: str
