"""A problem in a file somebody wrote: where it is, what it is, what the words for it need."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from typing_extensions import override


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong at one place of an input file.

    `code` is stable and has words (zh/en) in `interfaces/shared`; `params` fill those words.
    `line` counts from 1; 0 means the file as a whole.
    """

    code: str
    source: str = ""
    line: int = 0
    params: Mapping[str, str | int] = field(default_factory=dict)

    @override
    def __str__(self) -> str:
        """Return a compact form for logs and tests: source:line: code name=value."""
        values = " ".join(f"{name}={value}" for name, value in self.params.items())
        return f"{self.source}:{self.line}: {self.code} {values}".rstrip()


class InputError(Exception):
    """A file cannot be used. Carries every problem found, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
