"""Who plays a step: from the role that a story names to the actor who is there at that time."""

from datetime import datetime

from dandang.organization.directory import Directory, PostKind
from dandang.terms import Actor

_KINDS = {
    "intake": PostKind.INTAKE,
    "dispatcher": PostKind.DISPATCH,
    "callback": PostKind.CALL_BACK,
    "supervision": PostKind.SUPERVISION,
    "leader": PostKind.LEADER,
}
_WEB = "web"


def actor(  # noqa: PLR0913 all that decides who comes
    directory: Directory,
    who: str,
    at: datetime,
    *,
    holder: str,
    channel: str,
    other: str = "",
    turn: int = 0,
) -> Actor:
    """Return who plays the role at this instant.

    `who` is one of: holder, head (of the holder's unit), deciding, intake, dispatcher, callback,
    supervision, leader, other (the post `other`), requester, second, asker (the requester on the
    web, else the call-back officer), `requester:N` and `asker:N` for the N-th request,
    `post:CODE`, `officer:CODE`, system. `turn` chooses among several officers of a post. Refuses
    `unknown_post`; raises LookupError where nobody is in the post.
    """
    role, _, name = who.partition(":")
    if role == "second":
        role, name = "asker", "2"
    if role == "asker":
        own_web = channel == _WEB and name in {"", "1"}
        role = "requester" if own_web or _holds(directory, holder) else "callback"
    if role == "requester":
        return Actor.requester(int(name or 1))
    if role == "system":
        return Actor.system()
    if role == "officer":
        return Actor.officer(name)
    post = other if role == "other" else _post(directory, role, name, holder)
    return Actor.officer(_officer(directory, post, at, turn))


def request_of(who: str) -> int:
    """Return the number of the request a role speaks of."""
    role, _, name = who.partition(":")
    if role == "second":
        return 2
    return int(name) if name and role in {"asker", "requester"} else 1


def _post(directory: Directory, role: str, name: str, holder: str) -> str:
    if role == "holder":
        return holder
    if role == "post":
        return name
    if role in _KINDS:
        return directory.posts_of_kind(_KINDS[role])[0].code
    unit = directory.post(holder).unit
    if role == "deciding":
        return directory.deciding_posts(unit)[0].code
    head = directory.head_post(unit)
    return head.code if role == "head" and head else holder


def _officer(directory: Directory, post: str, at: datetime, turn: int) -> str:
    officers = directory.officers_of(post, at)
    if not officers:
        raise LookupError(f"nobody is in {post} at {at}")
    return officers[turn % len(officers)].code


def _holds(directory: Directory, holder: str) -> bool:
    """Say whether the call-back officer's own unit holds: then the requester answers alone."""
    callback = directory.posts_of_kind(PostKind.CALL_BACK)[0]
    return directory.in_subtree(callback.unit, directory.post(holder).unit)
