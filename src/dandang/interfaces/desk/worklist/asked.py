"""What the address of a worklist asks for: the queue, the filters, the place in the list."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from functools import lru_cache
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dandang.interfaces.desk.access import Officer
from dandang.interfaces.desk.overviews.filters import Filter, Filters
from dandang.interfaces.desk.overviews.reach import below, heads, reach, unit_choices
from dandang.interfaces.desk.worklist.queues import queues_of
from dandang.interfaces.shared.words.cases import CHANNELS, CLOCKS, STATES, word
from dandang.interfaces.shared.words.names import Names, name
from dandang.lifecycle.casework.rules.places import Beside, parse_place
from dandang.lifecycle.casework.statements import NOW
from dandang.lifecycle.casework.wanted import Wanted
from dandang.lifecycle.states import OPEN, State
from dandang.policy import ClockName, Policy

_INDENT = "\u3000"
_DAY = timedelta(days=1)
_DUES = ("overdue", "today", "week", "undated")


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is set, in words, and the query string of the list without it."""

    words: str
    without: str


@dataclass(frozen=True, slots=True)
class AskedFor:
    """What an address asks for. `queues` are all that the officer has, `queue` is one of them.

    `wanted` is the queue narrowed by the filters that are set, `chosen` are those.
    """

    queues: Mapping[str, Wanted]
    queue: str
    wanted: Wanted
    chosen: Mapping[str, str]
    beside: Beside

    @property
    def is_narrowed(self) -> bool:
        """Whether any filter is set."""
        return bool(self.chosen)

    def query(self, **more: str) -> str:
        """Return the query string of this list, from its beginning unless `more` says otherwise."""
        return urlencode({"queue": self.queue, **self.chosen, **more})

    def without(self, one: str) -> str:
        """Return the query string of this list without a filter."""
        rest = {key: value for key, value in self.chosen.items() if key != one}
        return urlencode({"queue": self.queue, **rest})


@dataclass(frozen=True, slots=True)
class Control:
    """A list to choose from in the form above the worklist, as it is written in the page."""

    key: str
    label: str
    id: str
    markup: SafeString

    def choosing(self, value: str) -> "Control":
        """Return the list with a value chosen, which is one that it offers."""
        option = f'value="{escape(value)}"'
        plain = self.markup.replace(" selected", "", 1)
        chosen = plain.replace(option, f"{option} selected", 1)
        return replace(self, markup=mark_safe(chosen))  # noqa: S308 the value is escaped


class Narrowing:
    """What a worklist can be narrowed by, for one officer."""

    def __init__(self, officer: Officer, policy: Policy, names: Names) -> None:
        self._officer, self._policy, self._names = officer, policy, names
        self._offers: Mapping[str, Callable[[], Filter]] = {
            "category": self._category,
            "area": self._area,
            "class": self._class,
            "state": self._state,
            "clock": self._clock,
            "due": self._due,
            "channel": self._channel,
            "unit": self._unit,
        }
        self._readers: Mapping[str, Callable[[Wanted, str], Wanted | None]] = {
            "category": self._in_category,
            "area": self._in_area,
            "class": self._in_class,
            "state": self._in_state,
            "clock": self._with_clock,
            "due": self._due_by,
            "channel": self._by_channel,
            "unit": self._of_unit,
        }

    def asked(self, typed: QueryDict) -> AskedFor | None:
        """Return what an address asks for; None where the officer has no queue at all.

        What cannot be understood is left out.
        """
        queues = queues_of(self._officer)
        if not queues:
            return None
        queue = typed.get("queue", "")
        queue = queue if queue in queues else next(iter(queues))
        chosen = {key: str(typed[key]) for key in self._readers if typed.get(key)}
        wanted = queues[queue]
        kept = {}
        for key, value in chosen.items():
            narrowed = self._readers[key](wanted, value)
            if narrowed is not None:
                wanted, kept[key] = narrowed, value
        beside = Beside(
            after=parse_place(typed.get("after", "")), before=parse_place(typed.get("before", ""))
        )
        return AskedFor(queues, queue, wanted, kept, beside)

    def controls(self, chosen: Mapping[str, str]) -> list[Control]:
        """Return the lists to choose from above the worklist, with what is chosen."""
        directory, posts = self._officer.directory, self._officer.posts
        told = (get_language(), directory.version, self._policy.hash, posts)
        made = _made(_For(told, self))
        return [one.choosing(chosen[one.key]) if one.key in chosen else one for one in made]

    def made(self) -> tuple[Control, ...]:
        """Return the lists to choose from, with nothing chosen."""
        form = Filters(QueryDict(), {key: self._offers[key]() for key in self._keys()})
        return tuple(
            Control(field.name, str(field.label), str(field.id_for_label), field.as_widget())
            for field in form
        )

    def chips(self, asked: AskedFor) -> list[Chip]:
        """Return the filters that are set, in words."""
        found = []
        for key, value in asked.chosen.items():
            one = self._offers[key]()
            said = dict(one.choices).get(value, value).strip(_INDENT)
            words = _("%(filter)s: %(value)s") % {"filter": one.label, "value": said}
            found.append(Chip(words, asked.without(key)))
        return found

    def _keys(self) -> list[str]:
        with_units = heads(self._officer)
        return [key for key in self._offers if with_units or key != "unit"]

    # What each filter offers.

    def _category(self) -> Filter:
        choices = [
            (one.code, _INDENT * self._depth(one.code) + name(one))
            for one in self._policy.categories.values()
        ]
        return Filter(_("Category"), choices)

    def _area(self) -> Filter:
        areas = self._officer.directory.areas
        return Filter(_("Area"), [(one.code, name(one)) for one in areas.values()])

    def _class(self) -> Filter:
        classes = self._policy.classes
        return Filter(_("Class"), [(code, name(one)) for code, one in classes.items()])

    def _state(self) -> Filter:
        states = [(one.value, word(STATES, one)) for one in State if one in OPEN]
        return Filter(_("State"), states)

    def _clock(self) -> Filter:
        return Filter(_("What for"), [(one.value, word(CLOCKS, one)) for one in ClockName])

    def _due(self) -> Filter:
        words = (_("overdue"), _("today"), _("this week"), _("no deadline"))
        return Filter(_("Due"), list(zip(_DUES, words, strict=True)))

    def _channel(self) -> Filter:
        return Filter(_("Channel"), [(code, word(CHANNELS, code)) for code in CHANNELS])

    def _unit(self) -> Filter:
        choices = unit_choices(reach(self._officer), self._officer.directory)
        return Filter(_("Unit of the holder"), choices)

    # What each filter means; None where its value is not known.

    def _in_category(self, wanted: Wanted, value: str) -> Wanted | None:
        categories = self._policy.categories
        under = tuple(code for code in categories if value in self._path(code))
        return replace(wanted, categories=under) if under else None

    def _in_area(self, wanted: Wanted, value: str) -> Wanted | None:
        areas = self._officer.directory.areas
        under = []
        for code in areas:
            here: str | None = code
            while here and here != value:
                here = areas[here].parent
            if here:
                under.append(code)
        return replace(wanted, areas=tuple(under)) if under else None

    def _in_class(self, wanted: Wanted, value: str) -> Wanted | None:
        return replace(wanted, classes=(value,)) if value in self._policy.classes else None

    def _in_state(self, wanted: Wanted, value: str) -> Wanted | None:
        return replace(wanted, in_state=value) if value in OPEN else None

    def _with_clock(self, wanted: Wanted, value: str) -> Wanted | None:
        return replace(wanted, clocks=(value,)) if value in _CLOCK_NAMES else None

    def _due_by(self, wanted: Wanted, value: str) -> Wanted | None:
        now = self._officer.now
        if value == "undated":
            return replace(wanted, undated=True)
        until = {
            "overdue": NOW,
            "today": _end_of_day(now, 0),
            "week": _end_of_day(now, 6 - timezone.localtime(now).weekday()),
        }
        return replace(wanted, due_before=until[value]) if value in until else None

    def _by_channel(self, wanted: Wanted, value: str) -> Wanted | None:
        return replace(wanted, channels=(value,)) if value in CHANNELS else None

    def _of_unit(self, wanted: Wanted, value: str) -> Wanted | None:
        if not heads(self._officer) or value not in reach(self._officer):
            return None
        return replace(wanted, in_units=below(value, self._officer.directory))

    def _depth(self, code: str) -> int:
        return len(self._path(code)) - 1

    def _path(self, code: str) -> list[str]:
        path, here = [], self._policy.categories.get(code)
        while here is not None:
            path.append(here.code)
            here = self._policy.categories.get(here.parent or "")
        return path


@dataclass(frozen=True, slots=True)
class _For:
    """For whom, in which language and by which register and policy lists to choose from are."""

    told: tuple[object, ...]
    narrowing: Narrowing = field(compare=False)


@lru_cache(maxsize=256)
def _made(one: _For) -> tuple[Control, ...]:
    return one.narrowing.made()


_CLOCK_NAMES = frozenset(one.value for one in ClockName)


def _end_of_day(now: datetime, days: int) -> datetime:
    """Return midnight after the day that is so many days away, in the time zone of the screens."""
    local = timezone.localtime(now)
    day = (local + (days + 1) * _DAY).date()
    return timezone.make_aware(datetime.combine(day, time()))
