"""How requesters rate the service, after they judged the result."""

from dataclasses import dataclass

from dandang.lifecycle.casework.rules.answers import changeable_until, collected, request_meant
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.confirmation.events import Rated
from dandang.terms import Code, Event, Refusal

MOST_STARS = 5


@dataclass(frozen=True, slots=True)
class Rate:
    """How content a requester is, 1 to 5. A call-back officer names the request."""

    stars: int
    text: str = ""
    request: int | None = None


def rate(facts: Facts, wish: Rate) -> tuple[Event, ...]:
    """Take a rating; the last one counts.

    Changeable as long as the judgement is. Refuses `unknown_request`, `value_invalid` (not 1 to 5),
    `not_judged` and `judgement_window_passed`.
    """
    request = request_meant(facts, wish.request)
    if not 1 <= wish.stars <= MOST_STARS:
        raise Refusal(Code.VALUE_INVALID, field="stars")
    if request.judged_at is None:
        raise Refusal(Code.NOT_JUDGED)
    if facts.now > changeable_until(facts, request.judged_at):
        raise Refusal(Code.JUDGEMENT_WINDOW_PASSED)
    return (Rated(request.number, wish.stars, collected(facts), wish.text or None),)
