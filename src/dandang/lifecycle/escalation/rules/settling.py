"""When a calendar notice came: what it makes of the provisional clocks of a case."""

from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.deadlines.provisional import notice_about, settled
from dandang.lifecycle.escalation.events import DueTimesSettled


def settle_due_times(facts: Facts) -> tuple[DueTimesSettled, ...]:
    """Return the event by which provisional clocks get their final times, where any does.

    `facts.calendar` is the calendar with the notice.
    """
    calendar = facts.calendar
    moved = [
        due.at
        for due in facts.case.clocks.values()
        if due.at is not None and settled(due, calendar, facts.now) != due
    ]
    if not moved:
        return ()
    notice = notice_about(calendar, min(moved))
    assert notice is not None
    return (DueTimesSettled(notice.source),)
