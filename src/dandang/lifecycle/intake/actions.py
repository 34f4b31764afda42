"""Taking requests in: a case is opened, routed and receipted in one transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from dandang.lifecycle.casework.actions.act import Act, Done, act
from dandang.lifecycle.casework.actions.record import NewRequest, Opening, create
from dandang.lifecycle.casework.events.custody import CaseOpened
from dandang.lifecycle.casework.models import Request
from dandang.lifecycle.casework.queries import find
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.happen import Circumstances, happen, terms_under
from dandang.lifecycle.intake.rules import (
    Attach,
    Contact,
    Open,
    Origin,
    attach,
    evolve,
    imported,
    open_case,
    route,
    taken_in_by,
)
from dandang.lifecycle.intake.senders import keep_marks
from dandang.lifecycle.verbs import VERBS
from dandang.organization.directory import Directory
from dandang.organization.queries import policy_by_hash, present
from dandang.policy import Policy
from dandang.terms import (
    Actor,
    Code,
    Event,
    Refusal,
    access_hash,
    new_access_code,
    new_reference,
)
from dandang.workdays import WorkCalendar

ATTACH = Act(VERBS["attach"], attach, evolve)
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the requester takes away. `access_code` is "" where nobody gets one.

    `existing` says that this submission was already here: nothing was written.
    """

    reference: str
    access_code: str
    existing: bool = False


@dataclass(frozen=True, slots=True)
class Sending:
    """One sending of a form: the name it is kept under (None for none), and the access code."""

    submission: str | None
    access_code: str


@dataclass(frozen=True, slots=True)
class InForce:
    """What a case is opened under: who answers for what, what is promised, which days count."""

    directory: Directory
    policy: Policy
    calendar: WorkCalendar


def in_force() -> InForce:
    """Return what is in force now. Refuses `no_organization` or `no_policy` before set-up."""
    known = present()
    if known.policy_hash is None:
        raise Refusal(Code.NO_POLICY)
    return InForce(known.directory, policy_by_hash(known.policy_hash), known.calendar)


def open_request(
    wish: Open,
    *,
    by: Actor,
    now: datetime,
    submission: str | None = None,
    access_code: str | None = None,
) -> Receipt:
    """Open a case for a request, and assign it where the register of duties knows who.

    `now` is when it was sent (aware). `submission` names the sending: the same one again returns
    the existing reference. `access_code` is drawn when not given; "" gives none (imports), and
    nobody gets one for a decision or a finding, which an officer or the system set, nor for a
    letter without a sender.

    Refuses the codes of `open_case` and `keep_files`, and `no_organization` or `no_policy` before
    set-up.
    """
    code = new_access_code() if access_code is None else access_code
    if not wish.gets_code:
        code = ""
    for attempt in range(_TRIES):
        try:
            with transaction.atomic():
                opening = prepare(
                    wish, in_force(), by=by, now=now, submission=submission, access_code=code
                )
                create([opening])
                keep_marks(contacts_in([opening]))
        except IntegrityError:
            # Either this submission is here already, or the drawn reference was taken.
            found = _existing(submission, wish.origin)
            if found is not None:
                return Receipt(found, code, existing=True)
            if attempt + 1 == _TRIES:
                raise
        else:
            return Receipt(opening.request.reference, code)
    raise AssertionError("unreachable")


def prepare(
    wish: Open,
    under: InForce,
    *,
    by: Actor,
    now: datetime,
    submission: str | None = None,
    access_code: str = "",
) -> Opening:
    """Return the case as it will be opened and assigned; nothing is written.

    For opening many at once with `create`, which imports do. Refuses the codes of `open_case`.
    """
    opening = open_case(wish, directory=under.directory, policy=under.policy, now=now, by=by)
    terms = terms_under(under.policy, under.calendar)
    post = taken_in_by(wish, directory=under.directory, now=now, by=by)
    state, records = happen(None, [opening], evolve, Circumstances(by, post, now, terms))
    facts = Facts(state, by, (), under.directory, under.policy, under.calendar, now)
    events: list[Event] = list(route(facts, wish))
    if wish.origin is not None:
        events.append(imported(wish.origin))
    system = Circumstances(Actor.system(), "", now, terms)
    state, more = happen(state, events, evolve, system)
    request = NewRequest(
        reference=new_reference(),
        access_hash=access_hash(access_code) if access_code else None,
        submission=submission,
        source=wish.origin.source if wish.origin else None,
        source_id=wish.origin.source_id if wish.origin else None,
    )
    return Opening(state, [*records, *more], request, files=wish.files)


def contacts_in(openings: Iterable[Opening]) -> dict[str, Contact]:
    """Return the contacts of the requests that open these cases, by reference."""
    found = {}
    for opening in openings:
        event = opening.records[0].event
        assert isinstance(event, CaseOpened)
        contact = Contact(event.name or "", event.phone or "", event.email or "")
        found[opening.request.reference] = contact
    return found


def attach_request(
    reference: str,
    wish: Attach,
    *,
    by: Actor,
    now: datetime,
    seen_seq: int | None = None,
    sending: Sending | None = None,
) -> tuple[Done, Receipt]:
    """Join another requester's request to an open case, with a reference of its own.

    The same `sending` again returns its receipt and writes nothing. Refuses the codes of `act`.
    """
    sending = sending or Sending(None, new_access_code())
    code = sending.access_code if wish.gets_code else ""
    for attempt in range(_TRIES):
        found = _existing(sending.submission, None)
        if found is not None:
            return _as_it_is(found), Receipt(found, code, existing=True)
        request = NewRequest(
            reference=new_reference(),
            access_hash=access_hash(code) if code else None,
            submission=sending.submission,
        )
        try:
            with transaction.atomic():
                done = act(
                    ATTACH, reference, wish, by=by, now=now, seen_seq=seen_seq, new_request=request
                )
                contact = Contact(wish.name, wish.phone, wish.email)
                keep_marks({request.reference: contact})
        except IntegrityError:
            # The same sending came in at this very moment, or the drawn reference was taken.
            if attempt + 1 == _TRIES:
                raise
        else:
            return done, Receipt(request.reference, code)
    raise AssertionError("unreachable")


def _as_it_is(reference: str) -> Done:
    view = find(reference)
    case = view.state
    return Done(view.case_reference, case.state, case.holder, case.seq, ())


def _existing(submission: str | None, origin: Origin | None) -> str | None:
    rows = Request.objects.all()
    if submission is not None:
        rows = rows.filter(submission=submission)
    elif origin is not None:
        rows = rows.filter(source=origin.source, source_id=origin.source_id)
    else:
        return None
    return rows.values_list("reference", flat=True).first()
