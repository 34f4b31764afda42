"""What the columns of the overview are called, and how each number is counted."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dandang.interfaces.desk.access import Officer
from dandang.lifecycle.casework.by_unit import Borders, What
from dandang.lifecycle.deadlines.quiet import quiet_before

QUIET_DAYS = 5
"""So many working days without an entry of substance are no progress, as in `report stalled`."""

Words = Mapping[str, str | Promise]

COLUMNS: Words = MappingProxyType(
    {
        What.OPEN: pgettext_lazy("cases", "Open"),
        What.TODAY: _("Due today"),
        What.WEEK: _("Due this week"),
        What.OVERDUE: _("Overdue"),
        What.QUIET: _("No progress"),
        What.REQUESTER: _("Waiting for the requester"),
        What.OTHERS: _("Waiting for others"),
        What.LEGAL_ROUTE: _("Legal route"),
        What.PROPOSED: _("Closing proposed"),
        What.DISPUTED: _("Disputed"),
        What.CALLED: _("With open calls"),
    }
)

COUNTED: Words = MappingProxyType(
    {
        What.OPEN: _("Cases that the unit, or one below it, holds and that have not ended."),
        What.TODAY: _(
            "The deadline that comes next, whatever it is for, is still to come and falls on today."
        ),
        What.WEEK: _("The same until the end of Sunday; those of today are among them."),
        What.OVERDUE: _("A deadline has passed and what it is for has not been done."),
        What.QUIET: _(
            "Nothing of substance was entered for five whole working days. Cases that wait for "
            "their requester are not counted."
        ),
        What.REQUESTER: _("A question was asked and the requester has not answered."),
        What.OTHERS: _("A body outside was asked and has not answered."),
        What.LEGAL_ROUTE: _("Given to the body that is competent by law; news is due regularly."),
        What.PROPOSED: _(
            "Closing is proposed: the requester answers, or a deciding office decides. No clock "
            "stops by it."
        ),
        What.DISPUTED: _("Two units disagree who holds it, and nobody has decided."),
        What.CALLED: _("Somebody above was called to act and has not acted yet."),
    }
)


def borders(officer: Officer) -> Borders:
    """Return the instants between which cases are told apart, by the days of the body."""
    calendar, now = officer.calendar, officer.now
    today = calendar.local_date(now)
    return Borders(
        now=now,
        tomorrow=_begin(officer, today + timedelta(days=1)),
        next_week=_begin(officer, today + timedelta(days=7 - today.weekday())),
        quiet=quiet_before(calendar, QUIET_DAYS, now),
    )


def _begin(officer: Officer, day: date) -> datetime:
    return datetime.combine(day, time(), officer.calendar.time_zone)
