"""What officers are told: what is theirs to do. Nobody is told of a case that is closed to them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

from dandang.lifecycle.states import Outcome, State, Verdict
from dandang.notifications.rules.notices import (
    Kind,
    Notice,
    Params,
    Recipient,
    Situation,
    Urgency,
)
from dandang.organization.directory import Directory, Post, PostKind
from dandang.policy import ClockName
from dandang.terms import ActorKind

Rule = Callable[[Situation], Iterator[Notice]]


def to_officers(situation: Situation) -> Iterator[Notice]:
    """Yield what officers are told of an event, each officer once."""
    rule = RULES.get(situation.happened.type)
    if rule is None or situation.happened.by.kind is ActorKind.IMPORT:
        return
    told: set[str] = set()
    for notice in rule(situation):
        if notice.recipient.code not in told:
            told.add(notice.recipient.code)
            yield notice


def _moved(it: Situation) -> Iterator[Notice]:
    """Tell the new holder; not one that the case has left again, as when it is routed at once."""
    post = it.happened.text("to_post")
    if post and post == it.case.holder and it.case.is_open:
        yield from _in_post(it, post, "to_hold", {"how": it.happened.type})


def _reopened(it: Situation) -> Iterator[Notice]:
    """Tell the holder, unless the answer that reopened the case has just told the same."""
    if not it.happened.text("cause").startswith("judged"):
        yield from _moved(it)


def _escalated(it: Situation) -> Iterator[Notice]:
    yield from _moved(it)
    if it.happened.text("step") == "leaders_list":
        yield from _in_posts(it, _outside(it, PostKind.LEADER), "leaders_list")
    yield from _asked_why(it)


def _reminded(it: Situation) -> Iterator[Notice]:
    clock = it.happened.text("clock")
    if clock in (ClockName.JUDGEMENT_REMINDER, ClockName.JUDGEMENT_WINDOW):
        return
    yield from _asked_why(it)
    for post in it.happened.codes("told") or (it.case.holder,):
        yield from _in_post(it, post, "reminded", {"clock": clock})


def _missed(it: Situation) -> Iterator[Notice]:
    clock = it.happened.text("clock")
    if clock not in (ClockName.CALL, ClockName.UNMASKING_DECISION):
        params = {"clock": clock, "due_at": it.happened.text("due_at")}
        yield from _in_post(it, it.case.holder, "deadline_missed", params)


def _called(it: Situation) -> Iterator[Notice]:
    officer = it.happened.text("officer")
    if officer and officer not in it.case.conflicts:
        urgency = Urgency.AT_ONCE if it.case.is_urgent else Urgency.PROMPT
        params = _about(it, {"due_at": it.happened.text("due_at")})
        yield Notice(Recipient(Kind.OFFICER, officer), "called_upon", params, urgency)
    yield from _asked_why(it)


def _asked_why(it: Situation) -> Iterator[Notice]:
    """Ask the holder of a case in which nothing was done what is missing."""
    if it.happened.text("step") in it.case.quiet_steps and it.happened.text("mark"):
        yield from _in_post(it, it.case.holder, "stalled")


def _sponsor(it: Situation) -> Iterator[Notice]:
    officer = it.happened.text("officer")
    if officer and officer != it.happened.by.code:
        yield Notice(Recipient(Kind.OFFICER, officer), "sponsor", _about(it, {}), _urgency(it))


def _judged(it: Situation) -> Iterator[Notice]:
    verdict = it.happened.text("verdict")
    if verdict in (Verdict.NO, Verdict.PARTLY) and it.case.is_open:
        yield from _in_post(it, it.case.holder, "judged_no", {"verdict": verdict})


def _looked_back(it: Situation) -> Iterator[Notice]:
    """Ask the post that set a part or a decision whether it still holds."""
    if it.happened.fields.get("drawn") and it.case.set_by and it.case.state == State.SOLVED:
        yield from _in_post(it, it.case.set_by, "to_look_back")


def _answered(it: Situation) -> Iterator[Notice]:
    yield from _in_post(it, it.case.holder, "question_answered")


def _assist_asked(it: Situation) -> Iterator[Notice]:
    params = {"due_at": it.happened.text("due_at"), "unit": it.case.holder_unit}
    yield from _in_post(it, it.happened.text("of_post"), "assist_requested", params)


def _assist_given(it: Situation) -> Iterator[Notice]:
    yield from _in_post(it, it.case.holder, "assist_given")


def _disputed(it: Situation) -> Iterator[Notice]:
    params = {"unit": it.case.holder_unit}
    yield from _in_posts(it, _deciding(it, PostKind.DISPATCH), "to_decide_dispute", params)


def _split_asked(it: Situation) -> Iterator[Notice]:
    yield from _in_posts(it, _deciding(it, PostKind.DISPATCH), "to_decide", {"what": "split"})


def _extension_asked(it: Situation) -> Iterator[Notice]:
    params: Params = {"what": "extension", "days": it.happened.number("working_days")}
    yield from _in_posts(it, _deciding(it, PostKind.SUPERVISION), "to_decide", params)


def _route_asked(it: Situation) -> Iterator[Notice]:
    posts = _deciding(it, PostKind.SUPERVISION)
    yield from _in_posts(it, posts, "to_decide", {"what": "legal_route"})


def _support_asked(it: Situation) -> Iterator[Notice]:
    """Tell the head of the holder's unit.

    Where the holder is the head, or nobody is there now, it is who may decide about the holder.
    """
    head = it.directory.head_post(it.case.holder_unit)
    if head is not None and head.code != it.case.holder and _is_manned(it, head):
        posts: tuple[Post, ...] = (head,)
    else:
        posts = _deciding(it, PostKind.SUPERVISION)
    yield from _in_posts(it, posts, "to_decide", {"what": "support"})


def _is_manned(it: Situation, post: Post) -> bool:
    return any(one.code != _who(it) for one in it.directory.officers_of(post.code, it.now))


def _proposed(it: Situation) -> Iterator[Notice]:
    outcome = it.happened.text("outcome")
    if outcome != Outcome.RESOLVED:
        posts = _deciding(it, PostKind.SUPERVISION)
        yield from _in_posts(it, posts, "to_decide", {"what": outcome})


def _appealed(it: Situation) -> Iterator[Notice]:
    posts = _deciding(it, PostKind.SUPERVISION)
    yield from _in_posts(it, posts, "to_decide", {"what": "appeal"})


def _asked_to_look(it: Situation) -> Iterator[Notice]:
    """Tell supervision alone: no other office decides who may see a contact."""
    yield from _in_posts(it, _outside(it, PostKind.SUPERVISION), "to_decide", {"what": "contact"})


def _look_decided(it: Situation) -> Iterator[Notice]:
    """Tell the officer who asked."""
    officer = it.happened.text("officer")
    if officer not in it.case.conflicts:
        decision = "granted" if it.happened.type == "unmasking_allowed" else "refused"
        params = _about(it, {"what": "contact", "decision": decision})
        yield Notice(Recipient(Kind.OFFICER, officer), "decided", params, _urgency(it))


def _objected(it: Situation) -> Iterator[Notice]:
    yield from _in_post(it, it.happened.text("to_post"), "objection")


def _decided(it: Situation) -> Iterator[Notice]:
    params = {"what": _DECIDED[it.happened.type], "decision": it.happened.text("decision")}
    yield from _in_post(it, it.case.holder, "decided", params)


def _deciding(it: Situation, kind: PostKind) -> tuple[Post, ...]:
    """Return the posts of this kind that may decide about the holder, else whoever may."""
    everybody = it.directory.deciding_posts(it.case.holder_unit)
    apt = tuple(post for post in everybody if kind in post.kinds)
    return apt or everybody[:1]


def _outside(it: Situation, kind: PostKind) -> tuple[Post, ...]:
    posts = it.directory.deciding_posts(it.case.holder_unit)
    return tuple(post for post in posts if kind in post.kinds)


def _in_posts(
    it: Situation, posts: Iterable[Post], template: str, params: Params = MappingProxyType({})
) -> Iterator[Notice]:
    for post in posts:
        yield from _in_post(it, post.code, template, params)


def _in_post(
    it: Situation, post: str, template: str, params: Params = MappingProxyType({})
) -> Iterator[Notice]:
    """Tell whoever is in the post now, apart from who did it and those it is closed to."""
    if post not in it.directory.posts or _is_closed_to(it.directory, post, it.case.subject_units):
        return
    for officer in it.directory.officers_of(post, it.now):
        if officer.code not in (*it.case.conflicts, _who(it)):
            recipient = Recipient(Kind.OFFICER, officer.code)
            yield Notice(recipient, template, _about(it, params), _urgency(it))


def _is_closed_to(directory: Directory, post: str, subjects: Iterable[str]) -> bool:
    unit = directory.posts[post].unit
    return any(
        subject in directory.units and directory.in_subtree(unit, subject) for subject in subjects
    )


def _who(it: Situation) -> str:
    return it.happened.by.code if it.happened.by.kind is ActorKind.OFFICER else ""


def _about(it: Situation, params: Params) -> Params:
    return {**params, "reference": it.case.reference}


def _urgency(it: Situation) -> Urgency:
    return Urgency.AT_ONCE if it.case.is_urgent else Urgency.ORDINARY


_DECIDED: Mapping[str, str] = {
    "extension_decided": "extension",
    "legal_route_entered": "legal_route",
    "legal_route_refused": "legal_route",
    "proposal_rejected": "proposal",
    "support_decided": "support",
}

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        **dict.fromkeys(
            (
                "case_opened",
                "assigned",
                "handed_over",
                "returned",
                "dispute_decided",
                "recused",
                "unmerged",
            ),
            _moved,
        ),
        **dict.fromkeys(_DECIDED, _decided),
        "reopened": _reopened,
        "escalated": _escalated,
        "reminded": _reminded,
        "deadline_missed": _missed,
        "called_upon": _called,
        "sponsor_named": _sponsor,
        "judged": _judged,
        "look_back_asked": _looked_back,
        "question_answered": _answered,
        "assist_requested": _assist_asked,
        "assist_given": _assist_given,
        "dispute_raised": _disputed,
        "split_requested": _split_asked,
        "extension_requested": _extension_asked,
        "legal_route_requested": _route_asked,
        "support_requested": _support_asked,
        "resolution_proposed": _proposed,
        "appeal_opened": _appealed,
        "objection_filed": _objected,
        "unmasking_requested": _asked_to_look,
        **dict.fromkeys(("unmasking_allowed", "unmasking_refused"), _look_decided),
    }
)
"""By type of event."""
