"""Asking for the policies that were adopted and proposed; read only."""

from dataclasses import dataclass
from datetime import datetime

from dandang.organization.models import AdoptedPolicy, PolicyProposal
from dandang.terms import Code, Refusal


@dataclass(frozen=True, slots=True)
class PolicyVersion:
    """A policy as it was put into force: `adopted_by` is an actor as the ledger names them."""

    hash: str
    name: str
    version: int
    adopted_at: datetime
    adopted_by: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A policy that was proposed; `verdict` is "" until it is decided. Officers are staff codes."""

    number: int
    hash: str
    name: str
    version: int
    text: str
    why: str
    proposed_by: str
    proposed_at: datetime
    verdict: str
    decided_by: str
    decided_at: datetime | None
    reply: str


def versions(*, limit: int, before: int | None = None) -> list[tuple[int, PolicyVersion]]:
    """Return adopted policies with the numbers of their rows, the newest first, below `before`."""
    rows = AdoptedPolicy.objects.order_by("-id")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return [
        (row.pk, PolicyVersion(row.hash, row.name, row.version, row.adopted_at, row.adopted_by))
        for row in rows.defer("text")[:limit]
    ]


def version_text(number: int) -> tuple[PolicyVersion, str]:
    """Return an adopted policy by the number of its row, and its text. Refuses `not_found`."""
    row = AdoptedPolicy.objects.filter(pk=number).first()
    if row is None:
        raise Refusal(Code.NOT_FOUND)
    found = PolicyVersion(row.hash, row.name, row.version, row.adopted_at, row.adopted_by)
    return found, row.text


def proposals(*, limit: int) -> list[Proposal]:
    """Return the newest proposals, one that waits for its decision first."""
    return [_proposal(row) for row in PolicyProposal.objects.order_by("-id")[:limit]]


def proposal(number: int) -> Proposal:
    """Return a proposal. Refuses `not_found`."""
    row = PolicyProposal.objects.filter(pk=number).first()
    if row is None:
        raise Refusal(Code.NOT_FOUND)
    return _proposal(row)


def _proposal(row: PolicyProposal) -> Proposal:
    return Proposal(
        number=row.pk,
        hash=row.hash,
        name=row.name,
        version=row.version,
        text=row.text,
        why=row.why,
        proposed_by=row.proposed_by,
        proposed_at=row.proposed_at,
        verdict=row.verdict,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        reply=row.reply,
    )
