"""Changing and erasing contacts, replacing codes: values go with the event that names them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.db import transaction

from dandang.ledger.erasure import digests_of, erase_of
from dandang.lifecycle.casework.actions.act import Act, Done, act
from dandang.lifecycle.casework.actions.locking import lock
from dandang.lifecycle.casework.actions.record import keep_access
from dandang.lifecycle.casework.models import Request
from dandang.lifecycle.casework.queries import standing_of
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.contact import rules
from dandang.lifecycle.contact.queries import CONTACT, PROXY, came_in_first, contact_events
from dandang.lifecycle.contact.rules import ChangeContact, EraseContact, ReplaceCode
from dandang.lifecycle.intake.actions import Receipt
from dandang.lifecycle.intake.rules import Contact
from dandang.lifecycle.intake.senders import change_marks, forget_marks
from dandang.lifecycle.verbs import VERBS, Verb, Who
from dandang.terms import Actor, ActorKind, Event, access_hash, new_access_code

Wish = ChangeContact | EraseContact | ReplaceCode

_RULES: Mapping[type, tuple[str, Callable[[Facts, Any], Sequence[Event]]]] = MappingProxyType(
    {
        ChangeContact: ("change-contact", rules.change_contact),
        EraseContact: ("erase-contact", rules.erase_contact),
        ReplaceCode: ("replace-code", rules.replace_code),
    }
)


def act_on_contact(reference: str, wish: Wish) -> Act:
    """Return the act that does this, with what the rule has to know of the contact as it is."""
    name, _ = _RULES[type(wish)]
    return _act(reference, VERBS[name])


@transaction.atomic
def keep_contact(
    reference: str,
    wish: ChangeContact | EraseContact,
    *,
    by: Actor,
    now: datetime,
    seen_seq: int | None = None,
) -> Done:
    """Change or erase the contact of a request: the values it had go in the same transaction.

    An officer who names no request means that of the reference. Refuses the codes of `act` and
    those of the rules.
    """
    done = act(act_on_contact(reference, wish), reference, wish, by=by, now=now, seen_seq=seen_seq)
    request = _meant(reference, wish)
    *before, _ = _events_of(request)
    erase_of(before, _values_of(wish))
    assert request is not None
    if isinstance(wish, EraseContact):
        forget_marks([request.reference])
    else:
        change_marks(request.reference, Contact(wish.name, wish.phone, wish.email))
    return done


def replace_code(
    reference: str,
    wish: ReplaceCode,
    *,
    by: Actor,
    now: datetime,
    seen_seq: int | None = None,
) -> tuple[Done, Receipt]:
    """Give a request another access code, for an officer who made sure who asks for it.

    Everything that was opened with the old one is closed: whoever checks a grant or a link
    compares it with the code there is. Refuses the codes of `act` and those of the rule.
    """
    return _replace(
        reference, wish, VERBS["replace-code"], new_access_code(), by=by, now=now, seen_seq=seen_seq
    )


def replace_lost_code(reference: str, code: str, *, by: Actor, now: datetime) -> Receipt:
    """Give the requester this access code. The caller has just taken a one-time code of theirs.

    Where it is the one they have already, nothing is written. Refuses the codes of `act`.
    """
    verb = replace(VERBS["replace-code"], who=frozenset({Who.SENDER}))
    with transaction.atomic():
        lock(reference)
        request = _meant(reference, ReplaceCode())
        if request is not None and bytes(request.access_hash or b"") == access_hash(code):
            return Receipt(request.reference, code, existing=True)
        _, receipt = _replace(reference, ReplaceCode(), verb, code, by=by, now=now)
    return receipt


@transaction.atomic
def _replace(  # noqa: PLR0913 who gives which code to whom
    reference: str,
    wish: ReplaceCode,
    verb: Verb,
    code: str,
    *,
    by: Actor,
    now: datetime,
    seen_seq: int | None = None,
) -> tuple[Done, Receipt]:
    done = act(_act(reference, verb), reference, wish, by=by, now=now, seen_seq=seen_seq)
    request = _meant(reference, wish)
    assert request is not None
    keep_access(request, access_hash(code))
    return done, Receipt(request.reference, code)


def _act(reference: str, verb: Verb) -> Act:
    def rule(facts: Facts, wish: Any) -> Sequence[Event]:  # noqa: ANN401 one of three
        request = _meant(reference, wish)
        facts = replace(
            facts,
            digests=digests_of(_events_of(request), _values_of(wish)),
            has_code=request is not None and request.access_hash is not None,
        )
        if facts.by.kind is ActorKind.OFFICER and wish.request is None:
            wish = replace(wish, request=standing_of(reference)[0].number)
        _, decide = _RULES[type(wish)]
        return decide(facts, wish)

    return Act(verb, rule, rules.evolve)


def _values_of(wish: Wish) -> tuple[str, ...]:
    """Return the names of the values that go: with a contact that is erased, who spoke for it."""
    return (*CONTACT, *PROXY) if isinstance(wish, EraseContact) else CONTACT


def _meant(reference: str, wish: Wish) -> Request | None:
    """Return the request that a wish is about, where it came in; None for one that is not there."""
    standing, _ = standing_of(reference)
    number = getattr(wish, "request", None)
    if number is not None and number != standing.number:
        found = Request.objects.filter(case=standing.case_id, number=number).first()
    else:
        found = Request.objects.get(pk=standing.pk)
    return None if found is None else came_in_first({reference: found})[reference]


def _events_of(request: Request | None) -> list[int]:
    if request is None:
        return []
    return contact_events([request.reference]).get(request.reference, [])
