"""The edits of acts that touch several entries: ending a post or a unit, leaving a post."""

from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from dandang.organization.edits import Edit
from dandang.organization.entries import Appointment, Duty, Organization
from dandang.organization.files.writing import cells_of, code_of
from dandang.organization.hanging import hanging

_ONE_DAY = timedelta(days=1)


def end_edits(
    organization: Organization, table: str, code: str, *, duties_to: str = ""
) -> list[Edit]:
    """Return the edits that end an entry and what ends with it.

    With `duties_to`, a post, duties that named an ending post go there instead of ending.
    """
    zone = ZoneInfo(organization.body.time_zone)
    edits = [Edit(table, code)]
    for one in hanging(organization, table, code):
        if one.ends and isinstance(one.entry, Duty) and duties_to:
            cells = {**cells_of(one.table, one.entry, zone), "post": duties_to}
            edits.append(Edit(one.table, one.code, cells))
        elif one.ends:
            edits.append(Edit(one.table, one.code))
    return edits


@dataclass(frozen=True, slots=True)
class Leaving:
    """How an officer leaves a post: after `last_day`, or at once where that is None.

    `successor` and `substitute` are staff codes, "" for nobody. A substitute needs `until`.
    """

    last_day: date | None = None
    successor: str = ""
    substitute: str = ""
    until: date | None = None


def leave_edits(appointment: Appointment, leaving: Leaving, *, today: date) -> list[Edit]:
    """Return the edits by which an officer leaves a post and others follow, `today` at the body.

    Whoever follows begins on the day after the last one, or today.
    """
    code = code_of("appointments", appointment)
    given = {"officer": appointment.officer, "post": appointment.post}
    cells = {**given, "starts": appointment.starts.isoformat()}
    first, edits = today, [Edit("appointments", code)]
    if leaving.last_day is not None:
        first = leaving.last_day + _ONE_DAY
        edits = [Edit("appointments", code, {**cells, "ends": leaving.last_day.isoformat()})]
    following = {"post": appointment.post, "starts": first.isoformat()}
    if leaving.successor:
        edits.append(Edit("appointments", None, {**following, "officer": leaving.successor}))
    if leaving.substitute:
        until = "" if leaving.until is None else leaving.until.isoformat()
        substitute = {**following, "officer": leaving.substitute, "ends": until}
        edits.append(Edit("substitutes", None, substitute))
    return edits
