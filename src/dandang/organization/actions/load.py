"""Loading an organisation folder: the register becomes what the files say, in one transaction."""

import secrets
from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction

from dandang.organization.actions.change import lock_or_found, move
from dandang.organization.actions.upsert import Counts, Upsert
from dandang.organization.directory import Directory
from dandang.organization.entries import Body, Organization
from dandang.organization.files.rows import MAIN_FILE
from dandang.organization.files.text import decode
from dandang.organization.models import (
    AdoptedPolicy,
    AppointmentRow,
    AreaRow,
    BodyRow,
    DutyRow,
    OfficerRow,
    PostRow,
    RosterRow,
    SubstituteRow,
    UnitRow,
)
from dandang.organization.queries import calendar_of, policy_by_hash
from dandang.organization.reading import CategoriesOf, read_organization
from dandang.policy import Policy, parse_policy, ready_policies, ready_policy
from dandang.terms import Actor, InputError, Problem

POLICY_FILE = "policy.toml"
"""A body's own policy may lie beside its organisation files; it is adopted by an act of its own."""


@transaction.atomic
def load_organization(files: Mapping[str, bytes], *, by: Actor, now: datetime) -> Counts:
    """Make the register say what the files (by name, see `folder.load_folder`) say.

    Entries are known by their codes. What is no longer in the files is gone from now on, and its
    row stays for the history; appointments and the like that had not begun are removed. Loading
    the same files again changes nothing.

    Raises InputError with every problem of the files (`reading`), or `other_body` where the
    database is another body's, or `no_holidays_known` for the body's country.
    """
    organization = read_organization(files, categories_of=_categories_of(files))
    _check_calendar(organization.body)
    version = lock_or_found(by=by, now=now)
    today = Directory(organization).local_day(now)
    upsert = Upsert(now, today)
    _load_body(organization.body, upsert)
    _load_tables(organization, upsert)
    if upsert.counts.touched:
        move(version, by=by, now=now)
    return upsert.counts


def _load_body(body: Body, upsert: Upsert) -> None:
    row = BodyRow.objects.first()
    if row is not None and row.code != body.code:
        params = {"value": body.code, "expected": row.code}
        raise InputError([Problem("other_body", MAIN_FILE, 0, params)])
    upsert.body(row or BodyRow(stream=secrets.token_bytes(16)), body)


def _load_tables(organization: Organization, upsert: Upsert) -> None:
    upsert.coded(AreaRow, organization.areas)
    upsert.coded(UnitRow, organization.units)
    upsert.coded(PostRow, organization.posts)
    upsert.coded(OfficerRow, organization.officers)
    person = ("officer_id", "post_id")
    upsert.related(AppointmentRow, organization.appointments, (*person, "starts"))
    upsert.related(RosterRow, organization.rosters, (*person, "starts_at"))
    upsert.related(SubstituteRow, organization.substitutes, (*person, "absent_id", "starts"))
    place = ("category", "area_id", "unit_id", "post_id")
    upsert.related(DutyRow, organization.duties, (*place, "starts"))


def _check_calendar(body: Body) -> None:
    try:
        calendar_of(body, ())
    except ValueError:
        params = {"country": body.country}
        raise InputError([Problem("no_holidays_known", MAIN_FILE, 0, params)]) from None


def _categories_of(files: Mapping[str, bytes]) -> CategoriesOf:
    def find(name: str) -> Collection[str] | None:
        policy = _policy_of_folder(files, name) or _adopted(name) or _ready(name)
        return None if policy is None else policy.categories.keys()

    return find


def _policy_of_folder(files: Mapping[str, bytes], name: str) -> Policy | None:
    if POLICY_FILE not in files:
        return None
    policy = parse_policy(decode(files[POLICY_FILE], POLICY_FILE), POLICY_FILE)
    return policy if policy.name == name else None


def _adopted(name: str) -> Policy | None:
    hashes = AdoptedPolicy.objects.filter(name=name).order_by("-id").values_list("hash", flat=True)
    latest = hashes.first()
    return None if latest is None else policy_by_hash(latest)


def _ready(name: str) -> Policy | None:
    return ready_policy(name) if name in ready_policies() else None
