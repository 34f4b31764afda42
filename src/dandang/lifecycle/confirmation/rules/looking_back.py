"""Looking back at a solved case: its requesters say whether it is still solved."""

from dataclasses import dataclass

from dandang.lifecycle.casework.events.custody import Reopened
from dandang.lifecycle.casework.rules.answers import collected, request_meant
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.holding import last_holder
from dandang.lifecycle.confirmation.events import LookedBack
from dandang.terms import Code, Event, Refusal

RELAPSE = "relapse"
"""Why a case is taken up again that was solved, and is not any more."""


@dataclass(frozen=True, slots=True)
class LookBack:
    """Whether it still holds. A call-back officer names the request."""

    holds: bool
    text: str = ""
    request: int | None = None


def look_back(facts: Facts, wish: LookBack) -> tuple[Event, ...]:
    """Take the answer of one requester; a "no" takes the case up again where it was held last.

    It goes on with its history under its old total clock. Refuses `unknown_request`,
    `nothing_asked`, `look_back_window_passed` and `already_answered` (the same answer again).
    """
    request = request_meant(facts, wish.request)
    until = facts.case.look_back_until
    if until is None:
        raise Refusal(Code.NOTHING_ASKED)
    if facts.now > until:
        raise Refusal(Code.LOOK_BACK_WINDOW_PASSED)
    if request.holds is wish.holds:
        raise Refusal(Code.ALREADY_ANSWERED)
    answer = LookedBack(request.number, wish.holds, collected(facts), wish.text or None)
    if wish.holds:
        return (answer,)
    post = last_holder(facts)
    return (answer, Reopened(to_post=post.code, to_unit=post.unit, cause=RELAPSE))
