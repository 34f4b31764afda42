"""Which published cases are wanted and from which place on, as it stands in an address."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from dandang.interfaces.shared.words.cases import STATES, word
from dandang.interfaces.shared.words.names import Named, name
from dandang.lifecycle.states import ENDS, State
from dandang.organization.directory import Directory
from dandang.policy import Policy
from dandang.publication.cases.queries import Place
from dandang.publication.cases.searching import Sought

OPEN = "open"
LONGEST = 100
_MOST = 150
"""Of more areas or categories than these only the topmost are offered."""
_INDENT = "\u2003"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LEAST = timedelta(microseconds=1)
_MOST_DIGITS = 17
_SHOWN_ENDS = tuple(one for one in State if one in ENDS and one is not State.MERGED)


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be chosen; `value` is what stands in the address."""

    value: str
    words: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for. Codes that are not known are as if nothing had been asked."""

    text: str = ""
    area: str = ""
    category: str = ""
    state: str = ""

    @property
    def sought(self) -> Sought:
        """The same for the query."""
        state = State(self.state) if self.state not in {"", OPEN} else None
        return Sought(self.text, self.area, self.category, state, self.state == OPEN)

    @property
    def values(self) -> dict[str, str]:
        """What stands in the address, by name."""
        found = {"q": self.text, "area": self.area, "category": self.category, "state": self.state}
        return {name: value for name, value in found.items() if value}

    def query(self, after: Place | None = None) -> str:
        """Return the query string for these, from a place of the list on."""
        values = dict(self.values)
        if after is not None:
            values["after"] = f"{(after.sent_at - _EPOCH) // _LEAST}-{after.case_id}"
        return urlencode(values)


def asked_for(typed: QueryDict, directory: Directory, policy: Policy) -> Asked:
    """Return what an address asks for."""
    area, category = typed.get("area", ""), typed.get("category", "")
    state = typed.get("state", "")
    return Asked(
        text=" ".join(typed.get("q", "")[:LONGEST].split()),
        area=area if area in directory.areas else "",
        category=category if category in policy.categories else "",
        state=state if state in {OPEN, *_SHOWN_ENDS} else "",
    )


def place_in(typed: QueryDict) -> Place | None:
    """Return the place an address wants the list from; None for the beginning."""
    sent_at, _dash, case_id = typed.get("after", "").partition("-")
    if not all(_is_number(one) for one in (sent_at, case_id)):
        return None
    return Place(_EPOCH + int(sent_at) * _LEAST, int(case_id))


def areas(directory: Directory, chosen: str) -> list[Option]:
    """Return the areas to choose from, each below what it is a part of."""
    return [Option("", _("Everywhere"), not chosen), *_in_tree(directory.areas, chosen)]


def categories(policy: Policy, chosen: str) -> list[Option]:
    """Return the categories to choose from, each below what it is a part of."""
    return [Option("", _("Everything"), not chosen), *_in_tree(policy.categories, chosen)]


def states(chosen: str) -> list[Option]:
    """Return where a case can stand: worked on, or ended in one of the ways."""
    return [
        Option("", _("Any state"), not chosen),
        Option(OPEN, _("Still open"), chosen == OPEN),
        *(Option(one.value, word(STATES, one), chosen == one) for one in _SHOWN_ENDS),
    ]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS


def _in_tree(entries: Mapping[str, Named], chosen: str) -> Iterator[Option]:
    parents: dict[str, str | None] = {
        code: getattr(entry, "parent", None)
        for code, entry in entries.items()
        if getattr(entry, "ended", None) is None
    }
    children: dict[str | None, list[str]] = {}
    for code, parent in parents.items():
        children.setdefault(parent if parent in parents else None, []).append(code)
    waiting = [(code, 0) for code in reversed(children.get(None, []))]
    deepest = 0 if len(parents) > _MOST else len(parents)
    while waiting:
        code, depth = waiting.pop()
        if depth <= deepest or code == chosen:
            yield Option(code, _INDENT * depth + name(entries[code]), code == chosen)
        waiting += [(child, depth + 1) for child in reversed(children.get(code, []))]
