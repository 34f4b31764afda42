"""The course of a case on its page: filtered by links, newest first, older ones page by page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dandang.interfaces.desk.timeline import Line
from dandang.interfaces.shared.timeline import SHOWN_TEXTS
from dandang.interfaces.shared.whole_numbers import whole_number
from dandang.lifecycle.event_types import CUSTODY_EVENTS

PAGE = 30
"""How many entries stand on one page."""

_MOST_DIGITS = 9
_CUSTODY = CUSTODY_EVENTS | {
    *("accepted", "dispute_raised", "post_inherited", "substituted", "merged", "split"),
    *("category_changed", "conflict_declared", "sponsor_named"),
}
_CLOCKS = frozenset(
    {
        *("deadline_missed", "reminded", "escalated", "called_upon", "acted_on_call"),
        *("escalation_asked", "paused", "resumed", "condition_checked", "extension_requested"),
        *("extension_decided", "promise_made", "promise_kept", "promise_broken", "total_moved"),
        *("due_times_settled", "legal_route_entered", "legal_route_updated", "judgement_lapsed"),
    }
)
_WITH_REQUESTERS = frozenset(SHOWN_TEXTS) - {
    *("handed_over", "returned", "dispute_decided", "corrected", "other_body_asked"),
}


def _with_requesters(line: Line) -> bool:
    return line.is_by_requester or (line.type in _WITH_REQUESTERS and not line.is_internal)


FILTERS: Mapping[str, tuple[str | Promise, Callable[[Line], bool]]] = MappingProxyType(
    {
        "": (pgettext_lazy("entries", "Everything"), lambda _line: True),
        "custody": (_("Who held it"), lambda line: line.type in _CUSTODY),
        "requester": (_("Said to and by the requester"), _with_requesters),
        "clocks": (_("Clocks and calls"), lambda line: line.type in _CLOCKS),
        "files": (_("Files"), lambda line: bool(line.files)),
    }
)
"""What can be asked for in the address, with its words."""


@dataclass(frozen=True, slots=True)
class Filter:
    """A link that shows some of the entries; `number` is how many."""

    address: str
    words: str
    number: int
    is_here: bool


@dataclass(frozen=True, slots=True)
class Course:
    """The entries to show. `newest` and `older` are query strings, "" where there is nothing."""

    lines: tuple[Line, ...]
    filters: tuple[Filter, ...]
    newest: str = ""
    older: str = ""
    left: int = 0


def course_of(lines: Sequence[Line], asked: QueryDict) -> Course:
    """Return the entries asked for in the address: `show` names a filter, `before` an entry.

    What cannot be asked for shows everything, from the newest on. Filters without entries are
    left out.
    """
    show = asked.get("show", "")
    show = show if show in FILTERS else ""
    own = {"own": ""} if "own" in asked else {}
    counted = {name: sum(map(wanted, lines)) for name, (_words, wanted) in FILTERS.items()}
    _words, wanted = FILTERS[show]
    before = whole_number(asked.get("before", ""), digits=_MOST_DIGITS)
    found = [line for line in lines if wanted(line) and (before is None or line.number < before)]
    shown, left = found[:PAGE], len(found) - PAGE
    here = {**own, **({"show": show} if show else {})}
    return Course(
        lines=tuple(shown),
        filters=tuple(
            Filter(
                address=urlencode({**own, **({"show": name} if name else {})}),
                words=str(words),
                number=counted[name],
                is_here=name == show,
            )
            for name, (words, _wanted) in FILTERS.items()
            if counted[name] or name == show
        ),
        newest=f"?{urlencode(here)}" if before is not None else "",
        older=f"?{urlencode({**here, 'before': shown[-1].number})}" if left > 0 else "",
        left=max(left, 0),
    )
