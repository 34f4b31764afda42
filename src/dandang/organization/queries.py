"""Asking about the organisation: the directory, the policy and the calendar in force; read only.

Each call costs one tiny query, which tells whether the copy this process holds is still true.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection

from dandang.organization.directory import Directory
from dandang.organization.entries import Body, Calendar, Organization
from dandang.organization.models import (
    AdoptedNotice,
    AdoptedPolicy,
    AppointmentRow,
    AreaRow,
    BodyRow,
    DutyRow,
    OfficerRow,
    PostRow,
    RosterRow,
    SavedView,
    SubstituteRow,
    UnitRow,
)
from dandang.organization.version import Version
from dandang.policy import Policy, parse_policy
from dandang.terms import Code, Refusal
from dandang.workdays import Notice, WorkCalendar, china, computed

_VIEW = ("id", "account_id", "name", "query", "is_default")
_VIEWS = (
    f"SELECT {', '.join(_VIEW)} FROM organization_saved_view WHERE account_id = %s ORDER BY name"  # noqa: S608 constant
)


@dataclass(frozen=True, slots=True)
class Present:
    """What holds now: the directory, the calendar, and the hash of the policy in force if any."""

    directory: Directory
    calendar: WorkCalendar
    policy_hash: str | None


class _Held:
    """The copy of this process with the stamp of its version, in one value for all threads."""

    copy: tuple[UUID, Present] | None = None


def present() -> Present:
    """Return everything that holds now, for one tiny query. Refuses `no_organization`."""
    return present_and_time()[0]


def present_and_time(version: Version | None = None) -> tuple[Present, datetime | None]:
    """Return the same with what `frozen_time` says, in one query. Refuses `no_organization`.

    No query is needed with the version that was read at the beginning of this very request.
    """
    number, stamp, frozen = version or _version()
    return _true_copy(number, stamp), frozen


def _true_copy(number: int, stamp: UUID) -> Present:
    held = _Held.copy
    if held is not None and held[0] == stamp:
        return held[1]
    while True:
        value = _read_present(number)
        number, after, _ = _version()
        # Rows read while somebody changed them may not fit together: read them again.
        if after == stamp:
            _Held.copy = (stamp, value)
            return value
        stamp = after


def _version() -> Version:
    # Asked by every request: plain SQL costs half of what a query set does.
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number, stamp, (SELECT at FROM organization_frozentime LIMIT 1)"
            " FROM organization_version"
        )
        row: tuple[int, UUID, datetime | None] | None = cursor.fetchone()
    if row is None:
        raise Refusal(Code.NO_ORGANIZATION)
    return Version(*row)


def directory() -> Directory:
    """Return the directory of the body. Refuses `no_organization` when none was loaded."""
    return present().directory


def current_policy() -> Policy:
    """Return the policy in force. Refuses `no_organization`, `no_policy`."""
    return policy_in_force(present().policy_hash)


def policy_in_force(policy_hash: str | None) -> Policy:
    """Return the policy with the hash of what is `present`. Refuses `no_policy`."""
    if policy_hash is None:
        raise Refusal(Code.NO_POLICY)
    return policy_by_hash(policy_hash)


@lru_cache(maxsize=64)
def policy_by_hash(policy_hash: str) -> Policy:
    """Return a policy that was adopted at some time. Refuses `no_policy` for any other hash.

    Raises ValueError when the stored text is no longer the one that was adopted.
    """
    row = AdoptedPolicy.objects.filter(hash=policy_hash).first()
    if row is None:
        raise Refusal(Code.NO_POLICY, policy=policy_hash)
    policy = parse_policy(row.text, row.name)
    if policy.hash != policy_hash:
        raise ValueError(f"the stored text of policy {row} does not have the hash {policy_hash}")
    return policy


def work_calendar() -> WorkCalendar:
    """Return the body's calendar with all adopted notices. Refuses `no_organization`."""
    return present().calendar


def body_stream() -> bytes:
    """Return the tag of the body's chain in the ledger. Refuses `no_organization`."""
    row = BodyRow.objects.values_list("stream", flat=True).first()
    if row is None:
        raise Refusal(Code.NO_ORGANIZATION)
    return bytes(row)


def frozen_time() -> datetime | None:
    """Return the time that training or a demonstration holds still, or None."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT at FROM organization_frozentime")
        row: tuple[datetime] | None = cursor.fetchone()
    return row[0] if row else None


def calendar_of(body: Body, notices: tuple[Notice, ...]) -> WorkCalendar:
    """Return the calendar the body names, with these notices on top.

    Raises ValueError on a country whose holidays are not known and on unfit notices.
    """
    if body.calendar is Calendar.CHINA:
        return china(notices)
    return computed(body.country, time_zone=body.time_zone, notices=notices)


def adopted_notices() -> tuple[Notice, ...]:
    """Return the notices the body has adopted, in that order."""
    return tuple(row.notice() for row in AdoptedNotice.objects.order_by("id"))


def look_of(account: int) -> tuple[bool, bool]:
    """Say whether lists are narrow and whether single keys act, for an account (primary key)."""
    # This and the saved views are asked for by every worklist: plain SQL, as above.
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT is_compact, uses_keys FROM organization_preferences WHERE account_id = %s",
            [account],
        )
        row: tuple[bool, bool] | None = cursor.fetchone()
    return row or (False, False)


def saved_views(account: int) -> list[SavedView]:
    """Return the worklists that an account (primary key) has saved, by name."""
    with connection.cursor() as cursor:
        cursor.execute(_VIEWS, [account])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return [SavedView.from_db(connection.alias, _VIEW, row) for row in rows]


def first_view(account: int) -> str:
    """Return the query of the saved worklist that an account wants first; "" for none."""
    rows = SavedView.objects.filter(account_id=account, is_default=True)
    return rows.values_list("query", flat=True).first() or ""


def _read_present(number: int) -> Present:
    directory = _read_directory(number)
    return Present(
        directory=directory,
        calendar=calendar_of(directory.body, adopted_notices()),
        policy_hash=AdoptedPolicy.objects.order_by("-id").values_list("hash", flat=True).first(),
    )


def _read_directory(number: int) -> Directory:
    # Ended rows still tell who was where; an ended duty would only be found again for ever.
    organization = Organization(
        body=BodyRow.objects.get().entry(),
        areas=tuple(row.entry() for row in AreaRow.objects.order_by("code")),
        units=tuple(row.entry() for row in UnitRow.objects.order_by("code")),
        posts=tuple(row.entry() for row in PostRow.objects.order_by("code")),
        officers=tuple(row.entry() for row in OfficerRow.objects.order_by("code")),
        appointments=tuple(row.entry() for row in AppointmentRow.objects.order_by("id")),
        rosters=tuple(row.entry() for row in RosterRow.objects.order_by("id")),
        substitutes=tuple(row.entry() for row in SubstituteRow.objects.order_by("id")),
        duties=tuple(row.entry() for row in DutyRow.objects.filter(ended=None).order_by("id")),
    )
    return Directory(organization, number)
