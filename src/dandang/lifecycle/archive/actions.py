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
from dandang.lifecycle.casework.queries import standing_of
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.verbs import VERBS
from dandang.terms import Actor, Event


def erase_what_there_is(facts: Facts, wish: Erase) -> tuple[Event, ...]:
    """Decide with the digests of the values that the ledger still has of the locked case."""
    digests = erasable(base64url.decode(facts.tag))
    return erase(replace(facts, digests=digests), wish)


ERASE = Act(VERBS["erase"], erase_what_there_is, evolve)


@transaction.atomic
def erase_case(
    reference: str, wish: Erase, *, by: Actor, now: datetime, seen_seq: int | None = None
) -> Done:
    """Erase the personal values and files of the case of this reference, of all its requesters.

    Entries and hashes stay, so that everything that was proved of the case can still be proved.
    Refuses the codes of `act` and of `archive.rules.erase`.
    """
    done = act(ERASE, reference, wish, by=by, now=now, seen_seq=seen_seq)
    request, _ = standing_of(reference)
    stream = bytes(request.case.stream)
    erase_values(stream, erasable(stream))
    forget_files(request.case)
    return done
