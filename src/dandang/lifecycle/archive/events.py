"""Events of keeping and erasing."""

from dataclasses import dataclass

from dandang.terms import Event


@dataclass(frozen=True, slots=True)
class Erased(Event):
    """Personal values were erased. Names their digests and the legal basis, never the content."""

    basis: str
    digests: tuple[str, ...]
    second_officer: str
