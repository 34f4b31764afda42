"""How a request becomes a case, or joins one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dandang.lifecycle.casework.events.custody import Assigned, CaseOpened
from dandang.lifecycle.casework.events.shape import RequestAttached
from dandang.lifecycle.casework.files.prepared import PreparedFile, digests
from dandang.lifecycle.casework.rules.behalf import check_behalf, gets_code
from dandang.lifecycle.casework.rules.changes import end
from dandang.lifecycle.casework.rules.custody import assign_by_duty
from dandang.lifecycle.casework.rules.evolve import opened
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.holding import is_subject, outside
from dandang.lifecycle.casework.rules.permit import taking_in
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.lifecycle.confirmation.rules.evolve import evolve as evolve_confirmation
from dandang.lifecycle.intake.events import Imported
from dandang.lifecycle.routing.rules import Why
from dandang.lifecycle.states import Behalf, State
from dandang.organization.directory import Directory, Post, PostKind
from dandang.policy import Policy
from dandang.terms import Actor, ActorKind, Code, Event, Recorded, Refusal

KINDS = ("request", "decision", "finding", "incident")
CHANNELS = ("web", "phone", "counter", "letter", "api", "import", "system")
SET_KINDS = ("decision", "finding")
"""Cases that an officer sets and whose result the same post judges: nobody sent a request."""

_SETS = (PostKind.LEADER, PostKind.SUPERVISION, PostKind.DISPATCH)


@dataclass(frozen=True, slots=True)
class Contact:
    """How the requester can be reached; every part may be empty."""

    name: str = ""
    phone: str = ""
    email: str = ""

    @property
    def reachable(self) -> bool:
        """Whether an answer can be asked for."""
        return bool(self.phone or self.email)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an imported row comes from, and what its source claims of it.

    `ended` closes the case as unanswered with cause `imported`, outside every rate.
    """

    source: str
    source_id: str
    sent_at: datetime
    ended: bool = False
    state: str = ""
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Open:
    """A request as it came in. Texts are checked; `category` and `area` may be empty.

    `can_follow` says that the requester holds an access code and can be asked on the web, even
    where no phone or e-mail was left. `subject_units` are the units complained about;
    `external_ref` and `external_due` are number and deadline of the system above. A decision or a
    finding may name the class it is carried out under, else that of its category counts, and the
    time it has to be done by. `to_post` is who gets what is set; without it the register decides.
    `may_publish`: whoever sends or sets it agrees that it is shown publicly, once it was cleaned.

    `on_behalf` is who stood before the officer who takes it in, a proxy with name and relation to
    the sender. `read_back`: what was written down was read to them, and they agreed.
    """

    title: str
    text: str
    channel: str
    category: str = ""
    area: str = ""
    location: str = ""
    contact: Contact = Contact()
    happening_now: bool = False
    kind: str = "request"
    can_follow: bool = False
    origin: Origin | None = None
    case_class: str = ""
    due_by: datetime | None = None
    subject_units: tuple[str, ...] = ()
    external_ref: str = ""
    external_due: datetime | None = None
    to_post: str = ""
    may_publish: bool = False
    on_behalf: Behalf | None = None
    proxy_name: str = ""
    proxy_relation: str = ""
    read_back: bool = False
    files: tuple[PreparedFile, ...] = ()

    @property
    def is_set(self) -> bool:
        """Whether an officer sets it, who judges the result."""
        return self.kind in SET_KINDS

    @property
    def gets_code(self) -> bool:
        """Whether there is a requester to hand an access code to."""
        return not self.is_set and gets_code(self)


@dataclass(frozen=True, slots=True)
class Attach:
    """Another requester's request about the same matter.

    `channel` is how an officer got it, at the counter if not said; requesters come on the web.
    `on_behalf`, the proxy and `read_back` are those of an opening. `number` is the number the
    request is meant to get, where it matters.
    """

    text: str
    name: str = ""
    phone: str = ""
    email: str = ""
    channel: str = ""
    may_publish: bool = False
    on_behalf: Behalf | None = None
    proxy_name: str = ""
    proxy_relation: str = ""
    read_back: bool = False
    number: int | None = None
    files: tuple[PreparedFile, ...] = ()

    @property
    def gets_code(self) -> bool:
        """Whether there is a requester to hand an access code to."""
        return gets_code(self)


def open_case(
    wish: Open, *, directory: Directory, policy: Policy, now: datetime, by: Actor
) -> CaseOpened:
    """Return the event that opens a case, held by the intake post of its area.

    A complaint about the unit of that post arrives at the post that answers for it.
    The total clock counts from `now`, when the requester sent it or the import ran.
    Refuses `unknown_category`, `unknown_area`, `value_invalid` (channel, kind, class),
    `in_the_future` (an imported row that claims to be sent later than now), `not_permitted` (a
    decision or finding of somebody who may set none), `in_the_past` (the time it is due by, or due
    in the system above), `unknown_unit` and `nobody_outside` (complained about), `field_required`
    (the number in the system above), and the codes of `check_behalf`; `not_permitted` also where an
    officer without a post for it takes a request in for somebody.
    """
    if wish.channel not in CHANNELS:
        raise Refusal(Code.VALUE_INVALID, field="channel")
    if wish.kind not in KINDS:
        raise Refusal(Code.VALUE_INVALID, field="kind")
    if wish.origin is not None:
        _check_times(wish.origin, now)
    check_behalf(wish, name=wish.contact.name, by=by)
    if wish.on_behalf is not None and not taken_in_by(wish, directory=directory, now=now, by=by):
        raise Refusal(Code.NOT_PERMITTED)
    category = policy.category(wish.category).code if wish.category else None
    area = directory.area(wish.area).code if wish.area else None
    subjects = _subjects(wish, directory)
    post = _intake(directory, area, subjects)
    setter = _setter(wish, directory, by, now) if wish.is_set else None
    return CaseOpened(
        kind=wish.kind,
        channel=wish.channel,
        to_post=post.code,
        to_unit=post.unit,
        policy=policy.hash,
        case_class=_class_of(wish, policy),
        sent_at=wish.origin.sent_at if wish.origin else now,
        counts_from=now,
        reachable=setter is None and (wish.contact.reachable or _can_follow(wish)),
        title=wish.title,
        text=wish.text,
        category=category,
        area=area,
        happening_now=wish.happening_now,
        location=wish.location or None,
        name=wish.contact.name or None,
        phone=wish.contact.phone or None,
        email=wish.contact.email or None,
        set_by=setter,
        promised_by=_due_by(wish, now),
        subject_units=subjects,
        external_ref=wish.external_ref or None,
        external_due=_external_due(wish, now),
        may_publish=wish.may_publish,
        on_behalf=wish.on_behalf,
        read_back=wish.read_back,
        proxy_name=wish.proxy_name or None,
        proxy_relation=wish.proxy_relation or None,
        files=digests(wish.files),
    )


def taken_in_by(wish: Open, *, directory: Directory, now: datetime, by: Actor) -> str:
    """Return the post in which an officer takes a request in for somebody; "" where none does."""
    if wish.on_behalf is None or wish.is_set:
        return ""
    return next((post.code for post in taking_in(directory.posts_of(by.code, now))), "")


def route(facts: Facts, wish: Open) -> tuple[Event, ...]:
    """Give a fresh case to its post: to the one named for what is set, else by the register.

    The system does this in the same transaction as the opening. Refuses `unknown_post`,
    `not_permitted` (a request may name none), `decider_involved` (a post of the very unit that
    judges the result, or above it) and the codes of `assign_by_duty`.
    """
    if not wish.to_post:
        return assign_by_duty(facts)
    if not wish.is_set:
        raise Refusal(Code.NOT_PERMITTED)
    post, directory = facts.directory.post(wish.to_post), facts.directory
    setter = directory.posts.get(facts.case.set_by)
    if setter is not None and directory.in_subtree(setter.unit, post.unit):
        raise Refusal(Code.DECIDER_INVOLVED, field="to_post")
    why = Why.SET if facts.by.kind is ActorKind.OFFICER else Why.FOUND
    return (Assigned(to_post=post.code, to_unit=post.unit, why=why.value),)


def imported(origin: Origin) -> Imported:
    """Return the event that keeps what the source claims, and ends what had ended there."""
    return Imported(
        source=origin.source,
        source_id=origin.source_id,
        claimed_sent_at=origin.sent_at,
        ended=origin.ended,
        claimed_state=origin.state or None,
        claimed_ended_at=origin.ended_at,
    )


def attach(facts: Facts, wish: Attach) -> tuple[Event, ...]:
    """Join another request to an open case; it keeps its own reference and judgement.

    Refuses the codes of `check_behalf`, and `changed_meanwhile` where another request has the
    number it was meant to get.
    """
    contact = Contact(wish.name, wish.phone, wish.email)
    check_behalf(wish, name=wish.name, by=facts.by)
    number = max(one.number for one in facts.case.requests) + 1
    if wish.number not in {None, number}:
        raise Refusal(Code.CHANGED_MEANWHILE)
    return (
        RequestAttached(
            request=number,
            channel="web" if facts.request_number is not None else wish.channel or "counter",
            sent_at=facts.now,
            reachable=wish.gets_code or contact.reachable,
            text=wish.text,
            name=contact.name or None,
            phone=contact.phone or None,
            email=contact.email or None,
            may_publish=wish.may_publish,
            on_behalf=wish.on_behalf,
            read_back=wish.read_back,
            proxy_name=wish.proxy_name or None,
            proxy_relation=wish.proxy_relation or None,
            files=digests(wish.files),
        ),
    )


def evolve(case: CaseState | None, recorded: Recorded) -> CaseState:
    """Return the case after any event; None is the case before it was opened."""
    event = recorded.event
    if case is None:
        return opened(recorded)
    if isinstance(event, Imported):
        return end(case, recorded, State.UNANSWERED, "imported") if event.ended else case
    return evolve_confirmation(case, recorded)


def _can_follow(wish: Open) -> bool:
    return wish.can_follow and wish.gets_code


def _setter(wish: Open, directory: Directory, by: Actor, now: datetime) -> str:
    """Return the post with which an officer sets a decision or a finding, and judges the result.

    Leaders and supervision set them, and dispatchers, who see what nobody has reported. What the
    system finds is judged by one of them outside the unit that gets it.
    """
    posts: tuple[Post, ...] = ()
    if by.kind is ActorKind.OFFICER:
        posts = directory.posts_of(by.code, now)
    elif by.kind is ActorKind.SYSTEM and wish.to_post:
        posts = directory.deciding_posts(directory.post(wish.to_post).unit)
    setter = sets_with(posts)
    if setter is None:
        raise Refusal(Code.NOT_PERMITTED)
    return setter.code


def sets_with(posts: Sequence[Post]) -> Post | None:
    """Return the one of these posts that sets decisions and findings; None where none does."""
    found = (post for kind in _SETS for post in posts if kind in post.kinds)
    return next(found, None)


def _subjects(wish: Open, directory: Directory) -> tuple[str, ...]:
    return tuple(dict.fromkeys(directory.unit(code).code for code in wish.subject_units))


def _intake(directory: Directory, area: str | None, subjects: tuple[str, ...]) -> Post:
    """Return where the case arrives: never in a unit that it complains about."""
    post = directory.intake_post(area)
    if is_subject(directory, post.unit, subjects):
        return outside(directory, post.unit, subjects)
    return post


def _external_due(wish: Open, now: datetime) -> datetime | None:
    """Return the deadline of the system above; only an import may bring one that has passed."""
    if wish.external_due is None:
        return None
    if not wish.external_ref:
        raise Refusal(Code.FIELD_REQUIRED, field="external_ref")
    if wish.external_due <= now and wish.origin is None:
        raise Refusal(Code.IN_THE_PAST, field="external_due")
    return wish.external_due


def _class_of(wish: Open, policy: Policy) -> str:
    if not wish.case_class:
        return policy.case_class(wish.category or None, happening_now=wish.happening_now).code
    if not wish.is_set or wish.case_class not in policy.classes:
        raise Refusal(Code.VALUE_INVALID, field="class")
    return wish.case_class


def _due_by(wish: Open, now: datetime) -> datetime | None:
    if wish.due_by is None:
        return None
    if not wish.is_set:
        raise Refusal(Code.VALUE_INVALID, field="due_by")
    if wish.due_by <= now:
        raise Refusal(Code.IN_THE_PAST, field="due_by")
    return wish.due_by


def _check_times(origin: Origin, now: datetime) -> None:
    if origin.sent_at > now:
        raise Refusal(Code.IN_THE_FUTURE, field="sent_at")
    if origin.ended_at is not None and origin.ended_at > now:
        raise Refusal(Code.IN_THE_FUTURE, field="ended_at")
