"""Erasing by law: the values go and the event that names them is written, in one transaction."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from dandang.ledger import base64url
from dandang.ledger.erasure import erasable
from dandang.ledger.erasure import erase as erase_values
from dandang.lifecycle.archive.rules import Erase, erase, evolve
from dandang.lifecycle.casework.actions.act import Act, Done, act
from dandang.lifecycle.casework.actions.files import forget_files
from dandang.lifecycle.casework.models import Case, Request
from dandang.lifecycle.casework.queries import standing_of
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.intake.senders import forget_marks
from dandang.lifecycle.verbs import VERBS
from dandang.terms import Actor, Event


def erase_what_there_is(facts: Facts, wish: Erase) -> tuple[Event, ...]:
    """Decide with the digests of the values that the ledger still has of the locked case.

    And of those merged into it: what their requesters wrote stands where it came in.
    """
    whole = _with_merged(Case.objects.get(stream=base64url.decode(facts.tag)))
    digests = [one for case in whole for one in erasable(bytes(case.stream))]
    return erase(replace(facts, digests=tuple(digests)), wish)


ERASE = Act(VERBS["erase"], erase_what_there_is, evolve)


@transaction.atomic
def erase_case(
    reference: str, wish: Erase, *, by: Actor, now: datetime, seen_seq: int | None = None
) -> Done:
    """Erase the personal values and files of the case of this reference, of all its requesters.

    Cases merged into it are erased with it: their references lead here.
    Entries and hashes stay, so that everything that was proved of the case can still be proved.
    Refuses the codes of `act` and of `archive.rules.erase`.
    """
    done = act(ERASE, reference, wish, by=by, now=now, seen_seq=seen_seq)
    request, _ = standing_of(reference)
    for case in _with_merged(request.case):
        stream = bytes(case.stream)
        erase_values(stream, erasable(stream))
        forget_files(case)
        forget_marks(Request.objects.filter(case=case).values_list("reference", flat=True))
    return done


def _with_merged(case: Case) -> list[Case]:
    """Return a case and those merged into it, and into those. A query for each such step.

    The lock on the case keeps them there: a merge is undone under it.
    """
    found = [case]
    tags = {case.tag}
    while tags:
        came_from = Request.objects.filter(case__stream__in=[base64url.decode(one) for one in tags])
        streams = {
            base64url.decode(tag)
            for tag in came_from.exclude(from_case="").values_list("from_case", flat=True)
        }
        new = Case.objects.filter(stream__in=streams, merged_into__in=tags)
        merged = list(new.exclude(pk__in=[one.pk for one in found]).order_by("id"))
        found += merged
        tags = {one.tag for one in merged}
    return found
