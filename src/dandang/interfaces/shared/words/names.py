"""Names of units, posts, areas, categories and reasons in the language of the moment."""

from typing import Protocol

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dandang.organization.directory import Directory
from dandang.policy import Policy


class Named(Protocol):
    """Anything from a file with a name in both languages."""

    @property
    def name_zh(self) -> str: ...
    @property
    def name_en(self) -> str: ...


def speaks_chinese() -> bool:
    """Say whether the reader of the moment reads Chinese."""
    return (get_language() or "zh").startswith("zh")


def name(entry: Named) -> str:
    """Return the entry's name in the language of the moment."""
    return entry.name_zh if speaks_chinese() else entry.name_en


class Names:
    """Looks names up by code. A code that is not known (any more) stands for itself.

    `case_class` is that of the case whose names they are, where they are those of one.
    """

    def __init__(self, directory: Directory, policy: Policy, case_class: str = "") -> None:
        self._directory = directory
        self._policy = policy
        self._case_class = case_class

    def unit(self, code: str) -> str:
        """Return the unit's name."""
        found = self._directory.units.get(code)
        return name(found) if found else code

    def post(self, code: str) -> str:
        """Return the post's own name, without its unit."""
        found = self._directory.posts.get(code)
        return name(found) if found else code

    def post_with_unit(self, code: str) -> str:
        """Return unit and post: `Water bureau · Duty desk`."""
        found = self._directory.posts.get(code)
        return f"{self.unit(found.unit)} · {name(found)}" if found else code

    def officer(self, code: str) -> str:
        """Return the officer's name. Never for requesters or the public."""
        found = self._directory.officers.get(code)
        return name(found) if found else code

    def area(self, code: str | None) -> str:
        """Return the area's name; "" where there is none."""
        found = self._directory.areas.get(code or "")
        return name(found) if found else code or ""

    def category(self, code: str | None) -> str:
        """Return the category's name; words for a case that has none."""
        if not code:
            return _("no category yet")
        found = self._policy.categories.get(code)
        return name(found) if found else code

    def case_class(self, code: str) -> str:
        """Return the name of the class of a case."""
        found = self._policy.classes.get(code)
        return name(found) if found else code

    def step(self, code: str, case_class: str = "") -> str:
        """Return the name of a step of the ladder of a class, or of any; "" where none has it."""
        found = self._policy.classes.get(case_class or self._case_class)
        own = self._policy.ladders.get(found.ladder) if found else None
        for ladder in (*((own,) if own else ()), *self._policy.ladders.values()):
            for one in ladder.steps:
                if one.code == code:
                    return name(one)
        return ""

    def reason(self, code: str) -> str:
        """Return the name of a reason code."""
        found = self._policy.reasons.get(code)
        return name(found) if found else code
