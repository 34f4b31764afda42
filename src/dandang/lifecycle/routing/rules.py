"""Who should hold a case: the register of duties answers, or the fallback unit does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dandang.organization.directory import Directory, Duty, Post


class Why(StrEnum):
    """Why a case went where it went. Stored in `assigned.why`."""

    DUTY = "duty"
    FALLBACK = "fallback"
    DISPATCHER = "dispatcher"
    SUBJECT = "subject"
    FOUND = "found"
    SET = "set"
    SUPPORT = "support"


@dataclass(frozen=True, slots=True)
class Route:
    """The post that should hold the case; `duty` is the line of the register that says so."""

    post: Post
    why: Why
    duty: Duty | None = None


def route(
    directory: Directory, category_path: Sequence[str], area: str | None, on: date
) -> Route | None:
    """Return where a case of this category and area goes, or None when a person has to decide.

    One matching lead duty assigns; none sends it to the fallback unit (兜底), visibly; several of
    the same rank, or no category at all, leave it at the intake post.
    """
    if not category_path:
        return None
    duties = directory.duties_for(category_path, area, on)
    posts = {duty.post for duty in duties}
    if len(posts) > 1:
        return None
    if duties:
        return Route(directory.post(duties[0].post), Why.DUTY, duties[0])
    return Route(directory.fallback_post(), Why.FALLBACK)
