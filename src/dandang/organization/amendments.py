"""Asking what was proposed for the register of duties: read only, every answer bounded."""

from dataclasses import dataclass
from datetime import date, datetime

from dandang.organization.models import DutyProposal
from dandang.organization.proposals import Amendment
from dandang.terms import Code, Refusal

_MOST = 50


@dataclass(frozen=True, slots=True)
class Amending:
    """A proposal as it stands: what, why, who and when; `verdict` is "" while it is open."""

    number: int
    change: Amendment
    duty: str
    category: str
    area: str
    unit: str
    post: str
    type: str
    basis: str
    starts: date
    why: str
    cases: tuple[str, ...]
    proposed_by: str
    proposed_post: str
    proposed_at: datetime
    verdict: str
    decided_by: str
    decided_at: datetime | None
    reply: str


def open_proposals() -> list[Amending]:
    """Return the proposals that nobody has decided, the newest first; at most 50. One query."""
    rows = DutyProposal.objects.filter(verdict="").order_by("-id")
    return [_amending(row) for row in rows[:_MOST]]


def decided_proposals(limit: int = 10) -> list[Amending]:
    """Return the proposals that were decided last. One query."""
    rows = DutyProposal.objects.exclude(verdict="").order_by("-id")
    return [_amending(row) for row in rows[:limit]]


def proposal(number: int) -> Amending:
    """Return the proposal of this number. Refuses `not_found`."""
    row = DutyProposal.objects.filter(pk=number).first()
    if row is None:
        raise Refusal(Code.NOT_FOUND)
    return _amending(row)


def _amending(row: DutyProposal) -> Amending:
    return Amending(
        number=row.pk,
        change=Amendment(row.change),
        duty=row.duty,
        category=row.category,
        area=row.area,
        unit=row.unit,
        post=row.post,
        type=row.type,
        basis=row.basis,
        starts=row.starts,
        why=row.why,
        cases=tuple(row.cases),
        proposed_by=row.proposed_by,
        proposed_post=row.proposed_post,
        proposed_at=row.proposed_at,
        verdict=row.verdict,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        reply=row.reply,
    )
