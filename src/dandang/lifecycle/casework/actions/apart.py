"""Telling two cases apart that look alike, and taking that back."""

from datetime import datetime

from django.db import IntegrityError, transaction

from dandang.lifecycle.casework.apart import Apart
from dandang.lifecycle.casework.models import Case
from dandang.lifecycle.casework.queries import facts_of, find
from dandang.lifecycle.casework.rules.permit import acting_post, may_read
from dandang.lifecycle.routing.likeness import Difference
from dandang.lifecycle.verbs import VERBS
from dandang.terms import Actor, Code, Refusal

_MERGE = VERBS["merge"]


@transaction.atomic
def tell_apart(one: str, other: str, why: str, *, by: Actor, now: datetime) -> None:
    """Note that these two cases (by reference) are not the same matter, so that nobody asks again.

    Noting it twice changes nothing. Refuses `not_found`, `not_the_dispatcher` (only who may merge
    them), `same_case`, `value_invalid` (the reason).
    """
    if why not in [difference.value for difference in Difference]:
        raise Refusal(Code.VALUE_INVALID, field="why")
    post = _check(one, by, now)
    _check(other, by, now)
    rows = (
        Case.objects.filter(reference__in=(one, other)).order_by("id").values_list("id", flat=True)
    )
    if len(rows) != 2:  # noqa: PLR2004 a pair
        raise Refusal(Code.SAME_CASE)
    first, second = rows
    try:
        with transaction.atomic():
            Apart.objects.create(
                first_id=first, second_id=second, why=why, told_by=by.code, post=post, told_at=now
            )
    except IntegrityError:  # somebody else noted it already
        return


@transaction.atomic
def join_again(number: int, *, by: Actor, now: datetime) -> None:
    """Take back that two cases were told apart: they may be found alike again.

    Refuses `not_found` (also where it was taken back before) and the codes of `tell_apart`.
    """
    row = Apart.objects.select_for_update(of=("self",)).filter(pk=number, undone_at=None).first()
    if row is None:
        raise Refusal(Code.NOT_FOUND)
    for reference in Case.objects.filter(pk__in=(row.first_id, row.second_id)).values_list(
        "reference", flat=True
    ):
        _check(reference, by, now)
    row.undone_by, row.undone_at = by.code, now
    row.save(update_fields=["undone_by", "undone_at"])


def _check(reference: str, by: Actor, now: datetime) -> str:
    """Return the post with which the officer may merge the case. Refuses."""
    facts = facts_of(find(reference, follow=False), by=by, now=now)
    if not may_read(facts):
        raise Refusal(Code.NOT_FOUND)
    post = acting_post(facts, _MERGE)
    if post is None:
        raise Refusal(Code.NOT_THE_DISPATCHER, verb=_MERGE.name)
    return post
