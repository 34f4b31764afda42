"""What is asked of the search page: the form, and how it stands in an address."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dandang.finding.finder import Place
from dandang.finding.queries import After, Sort, Sought
from dandang.finding.rules.asking import LONGEST, names_somebody
from dandang.interfaces.desk.access import Officer
from dandang.interfaces.desk.overviews.reach import below, unit_choices
from dandang.interfaces.desk.searching import parents, tree
from dandang.interfaces.desk.worklist.asked import Chip
from dandang.interfaces.shared.forms import TextField
from dandang.interfaces.shared.words.cases import CHANNELS, KINDS, STATES
from dandang.interfaces.shared.words.fields import field
from dandang.interfaces.shared.words.names import Names
from dandang.lifecycle.states import ENDS, OPEN, State
from dandang.policy import Policy

GROUPS: Mapping[str, frozenset[State]] = {"open": OPEN, "ended": ENDS}
_KEY = re.compile(r"([01])-(\d{1,17})-(\d{1,18})", re.ASCII)
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_FIRST_DAY, _LAST_DAY = date(1970, 1, 2), date(2999, 12, 30)
"""Days beyond which no instant in UTC has to be told."""
_INDENT = "\u3000"

Choices = list[tuple[str, str]]


def _day(label: Any) -> forms.DateField:  # noqa: ANN401 words that are translated later
    """Return a field for a day by the calendar of the body; the first and the last are included."""
    return forms.DateField(
        required=False,
        label=label,
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        validators=[MinValueValidator(_FIRST_DAY), MaxValueValidator(_LAST_DAY)],
    )


class FindForm(forms.Form):
    """Words, and what the cases can be narrowed by; everything may be left open."""

    q = TextField(
        required=False,
        limit=LONGEST,
        label=gettext_lazy("Words"),
        widget=forms.TextInput(
            attrs={"type": "search", "autocomplete": "off", "maxlength": LONGEST, "data-key": "/"}
        ),
    )
    state = forms.ChoiceField(required=False, label=gettext_lazy("State"))
    due = forms.ChoiceField(required=False, label=gettext_lazy("Due"))
    category = forms.ChoiceField(required=False)
    area = forms.ChoiceField(required=False)
    unit = forms.ChoiceField(required=False, label=gettext_lazy("Holding unit"))
    case_class = forms.ChoiceField(required=False, label=gettext_lazy("Class"))
    channel = forms.ChoiceField(required=False)
    kind = forms.ChoiceField(required=False)
    since = _day(gettext_lazy("Sent from"))
    until = _day(gettext_lazy("Sent until"))
    due_since = _day(gettext_lazy("Due from"))
    due_until = _day(gettext_lazy("Due until"))
    sort = forms.ChoiceField(required=False, label=gettext_lazy("Order"))
    with_files = forms.BooleanField(
        required=False, label=gettext_lazy("Only with photos or documents")
    )
    public = forms.BooleanField(
        required=False, label=gettext_lazy("Leave out what is internal to the body")
    )

    def __init__(self, typed: QueryDict, officer: Officer, policy: Policy) -> None:
        super().__init__(typed)
        self._officer, self._policy = officer, policy
        known = officer.directory
        names = Names(known, policy)
        self._offer("state", _states())
        dues = (("overdue", _("overdue")), ("today", _("today")), ("week", _("this week")))
        self._offer("due", list(dues))
        self._offer("category", tree(parents(policy.categories), names.category))
        self._offer("area", tree(parents(known.areas), names.area))
        self._offer("unit", unit_choices(tuple(known.units), known))
        self._offer("case_class", [(code, names.case_class(code)) for code in policy.classes])
        self._offer("channel", [(code, str(words)) for code, words in CHANNELS.items()])
        self._offer("kind", [(code, str(words)) for code, words in KINDS.items()])
        for name in ("category", "area", "channel", "kind"):
            self.fields[name].label = field(name)
        order = self.fields["sort"]
        assert isinstance(order, forms.ChoiceField)
        order.choices = [
            ("", _("Words in the title first, then the newest")),
            (Sort.NEWEST.value, _("Newest first")),
            (Sort.DUE.value, _("Open cases, due soonest first")),
        ]

    @property
    def names_somebody(self) -> bool:
        """Whether a phone number, an e-mail address or an identity number was typed."""
        return names_somebody(str(self.data.get("q", "")))

    def sought(self) -> Sought:
        """Return what to search for; what cannot be understood is left open."""
        self.is_valid()
        given = self.cleaned_data
        known = self._officer.directory
        since, until = self._span("since", "until")
        due_since, due_until = self._span("due_since", "due_until")
        if given.get("due"):
            first, last = self._due(given["due"])
            due_since = max(filter(None, (first, due_since)), default=None)
            due_until = min(last, due_until or last)
        return Sought(
            text=given.get("q", ""),
            internal=not given.get("public"),
            states=_group(given.get("state", "")),
            categories=within(given.get("category", ""), parents(self._policy.categories)),
            areas=within(given.get("area", ""), parents(known.areas)),
            units=below(given["unit"], known) if given.get("unit") else (),
            case_class=given.get("case_class", ""),
            channel=given.get("channel", ""),
            kind=given.get("kind", ""),
            with_files=bool(given.get("with_files")),
            since=since,
            until=until,
            due_since=due_since,
            due_until=due_until,
            sort=Sort(given.get("sort") or Sort.BEST),
        )

    @property
    def address(self) -> dict[str, str]:
        """Return what was asked as it stands in an address; what is left open does not."""
        self.is_valid()
        plain = {
            name: "1" if value is True else str(value)
            for name, value in self.cleaned_data.items()
            if value
        }
        return {} if self.names_somebody else plain

    @property
    def narrows(self) -> bool:
        """Whether anything but words was chosen."""
        return bool(self.address.keys() - {"q", "sort"})

    @property
    def misread(self) -> bool:
        """Whether a filter could not be understood."""
        return bool(self.errors.keys() - {"q"})

    @property
    def chips(self) -> list[Chip]:
        """The filters that are set, in words, each with the query string without it."""
        asked = self.address
        return [
            Chip(self._said(name), urlencode({one: asked[one] for one in asked if one != name}))
            for name in asked
            if name not in {"q", "sort"}
        ]

    def _said(self, name: str) -> str:
        one, value = self.fields[name], self.cleaned_data[name]
        if value is True:
            return str(one.label)
        if isinstance(one, forms.ChoiceField):
            value = dict(one.choices)[value].strip(_INDENT)  # type: ignore[arg-type]  # no groups
        return _("%(filter)s: %(value)s") % {"filter": one.label, "value": value}

    def _span(self, first: str, last: str) -> tuple[datetime | None, datetime | None]:
        """Return from when until when two days reach, both included; None where one is open."""
        known, given = self._officer.directory, self.cleaned_data
        since, until = given.get(first), given.get(last)
        return (
            known.span_of(since)[0] if since else None,
            known.span_of(until)[1] if until else None,
        )

    def _due(self, code: str) -> tuple[datetime | None, datetime]:
        """Return from when until when a case is due; today and this week what is still to come."""
        now, known = self._officer.now, self._officer.directory
        if code == "overdue":
            return None, now
        today = known.local_day(now)
        days = 0 if code == "today" else 6 - today.weekday()
        return now, known.span_of(today + timedelta(days=days))[1]

    def _offer(self, name: str, choices: Choices) -> None:
        found = self.fields[name]
        assert isinstance(found, forms.ChoiceField)
        found.choices = [("", _("All")), *choices]


def within(code: str, above: Mapping[str, str | None]) -> tuple[str, ...]:
    """Return a code of a tree with everything below it; () for "" and for what is not known."""
    if code not in above:
        return ()
    found = {code}
    while more := {one for one, parent in above.items() if parent in found} - found:
        found |= more
    return tuple(sorted(found))


def page_after(asked: Mapping[str, str], after: After) -> str:
    """Return the query string of the page that begins after this place."""
    microseconds = (after.place.at - _BEGINNING) // _MICROSECOND
    return urlencode({**asked, "after": f"{after.rank}-{microseconds}-{after.place.case_id}"})


def place_of(key: str) -> After | None:
    """Return the place that stands in an address; None, the beginning, for anything else."""
    found = _KEY.fullmatch(key)
    if found is None:
        return None
    return After(int(found[1]), Place(_BEGINNING + int(found[2]) * _MICROSECOND, int(found[3])))


def _states() -> Choices:
    groups = [("open", _("All that are open")), ("ended", _("All that have ended"))]
    return [*groups, *((state.value, str(STATES[state.value])) for state in State)]


def _group(code: str) -> tuple[State, ...]:
    if not code:
        return ()
    return tuple(sorted(GROUPS.get(code) or {State(code)}))
