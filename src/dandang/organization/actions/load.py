"""Loading an organisation folder: the register becomes what the files say, in one transaction."""

import secrets
from collections.abc import Collection, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from dandang.organization.actions.change import lock_or_found, move, record
from dandang.organization.actions.upsert import Counts, Upsert
from dandang.organization.edits import changes_between
from dandang.organization.entries import Body, Organization
from dandang.organization.events import RegisterLoaded
from dandang.organization.files.rows import MAIN_FILE
from dandang.organization.files.schema import TABLES
from dandang.organization.files.text import decode
from dandang.organization.files.writing import entries_of
from dandang.organization.models import (
    AppointmentRow,
    AreaRow,
    BodyRow,
    DutyRow,
    OfficerRow,
    PostRow,
    ReplyTemplateRow,
    RosterRow,
    SubstituteRow,
    UnitRow,
)
from dandang.organization.models.kept import Kept
from dandang.organization.queries import calendar_of
from dandang.organization.reading import CategoriesOf, read_organization
from dandang.organization.registered import named_policy, registered
from dandang.organization.themselves import given_to
from dandang.policy import Policy, parse_policy
from dandang.terms import Actor, ActorKind, InputError, Problem

POLICY_FILE = "policy.toml"
"""A body's own policy may lie beside its organisation files; it is adopted by an act of its own."""


_PERSON = ("officer_id", "post_id")
_PLACE = ("category", "area_id", "unit_id", "post_id")
_ROWS: Mapping[str, tuple[type[Kept], tuple[str, ...]]] = {
    "areas": (AreaRow, ()),
    "units": (UnitRow, ()),
    "posts": (PostRow, ()),
    "officers": (OfficerRow, ()),
    "appointments": (AppointmentRow, (*_PERSON, "starts")),
    "rosters": (RosterRow, (*_PERSON, "starts_at")),
    "substitutes": (SubstituteRow, (*_PERSON, "absent_id", "starts")),
    "duties": (DutyRow, (*_PLACE, "starts")),
    "reply_templates": (ReplyTemplateRow, ()),
}
"""The rows of each table, and what tells them apart where they have no codes."""


@transaction.atomic
def load_organization(
    files: Mapping[str, bytes],
    *,
    by: Actor,
    now: datetime,
    categories: CategoriesOf | None = None,
) -> Counts:
    """Make the register say what the files (by name, see `folder.load_folder`) say.

    Entries are known by their codes. What is no longer in the files is gone from now on, and its
    row stays for the history; appointments and the like that had not begun are removed. Loading
    the same files again changes nothing. `categories` knows those of policies; without it, those of
    the policies in the files and in the database count.

    Raises InputError with every problem of the files (`reading`), with those of
    `themselves.given_to` where an officer loads them, or `other_body` where the database is another
    body's, or `no_holidays_known` for the body's country.
    """
    organization = read_organization(files, categories_of=categories or categories_of(files))
    version = lock_or_found(by=by, now=now)
    if by.kind is ActorKind.OFFICER:
        _check_unselfish(organization, by, now)
    counts = write(organization, TABLES, now=now)
    if counts.touched:
        record([RegisterLoaded(counts.added, counts.changed, counts.ended)], by=by, now=now)
        move(version, by=by, now=now)
    return counts


def _check_unselfish(after: Organization, by: Actor, now: datetime) -> None:
    before = registered()
    problems = given_to(by.code, before, after, changes_between(before, after, now))
    if problems:
        raise InputError(problems)


def write(organization: Organization, tables: Collection[str], *, now: datetime) -> Counts:
    """Bring the rows of the body and of these tables in line; the caller holds the lock.

    Raises InputError as `load_organization` does.
    """
    _check_calendar(organization.body)
    today = now.astimezone(ZoneInfo(organization.body.time_zone)).date()
    upsert = Upsert(now, today)
    _load_body(organization.body, upsert)
    for table, (model, key) in _ROWS.items():
        if table not in tables:
            continue
        if key:
            upsert.related(model, entries_of(organization, table), key)
        else:
            upsert.coded(model, entries_of(organization, table))
    return upsert.counts


def _load_body(body: Body, upsert: Upsert) -> None:
    row = BodyRow.objects.first()
    if row is not None and row.code != body.code:
        params = {"value": body.code, "expected": row.code}
        raise InputError([Problem("other_body", MAIN_FILE, 0, params)])
    upsert.body(row or BodyRow(stream=secrets.token_bytes(16)), body)


def _check_calendar(body: Body) -> None:
    try:
        calendar_of(body, ())
    except ValueError:
        params = {"country": body.country}
        raise InputError([Problem("no_holidays_known", MAIN_FILE, 0, params)]) from None


def categories_of(files: Mapping[str, bytes]) -> CategoriesOf:
    """Return what knows the categories of policies, of one that lies beside the files, too."""

    def find(name: str) -> Collection[str] | None:
        policy = _policy_of_folder(files, name) or named_policy(name)
        return None if policy is None else policy.categories.keys()

    return find


def _policy_of_folder(files: Mapping[str, bytes], name: str) -> Policy | None:
    if POLICY_FILE not in files:
        return None
    policy = parse_policy(decode(files[POLICY_FILE], POLICY_FILE), POLICY_FILE)
    return policy if policy.name == name else None
