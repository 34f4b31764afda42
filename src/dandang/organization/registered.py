"""The register as its files would have it: everything that has not ended."""

from dandang.organization.entries import Organization
from dandang.organization.models import (
    AdoptedPolicy,
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
from dandang.organization.queries import policy_by_hash
from dandang.policy import Policy, ready_policies, ready_policy
from dandang.terms import Code, Refusal


def registered() -> Organization:
    """Return everything in the register that has not ended. Refuses `no_organization`.

    Eleven queries; asked under the lock of `actions.change.lock` where something follows from it.
    """
    body = BodyRow.objects.first()
    if body is None:
        raise Refusal(Code.NO_ORGANIZATION)
    return Organization(
        body=body.entry(),
        areas=tuple(row.entry() for row in AreaRow.objects.filter(ended=None).order_by("code")),
        units=tuple(row.entry() for row in UnitRow.objects.filter(ended=None).order_by("code")),
        posts=tuple(row.entry() for row in PostRow.objects.filter(ended=None).order_by("code")),
        officers=tuple(
            row.entry() for row in OfficerRow.objects.filter(ended=None).order_by("code")
        ),
        appointments=tuple(
            row.entry() for row in AppointmentRow.objects.filter(ended=None).order_by("id")
        ),
        rosters=tuple(row.entry() for row in RosterRow.objects.filter(ended=None).order_by("id")),
        substitutes=tuple(
            row.entry() for row in SubstituteRow.objects.filter(ended=None).order_by("id")
        ),
        duties=tuple(row.entry() for row in DutyRow.objects.filter(ended=None).order_by("id")),
        reply_templates=tuple(
            row.entry() for row in ReplyTemplateRow.objects.filter(ended=None).order_by("code")
        ),
    )


def named_policy(name: str) -> Policy | None:
    """Return the policy of this name: the one adopted last, else a ready one, else None."""
    hashes = AdoptedPolicy.objects.filter(name=name).order_by("-id").values_list("hash", flat=True)
    latest = hashes.first()
    if latest is not None:
        return policy_by_hash(latest)
    return ready_policy(name) if name in ready_policies() else None
