"""Which request of the city to hand to a visitor."""

from collections.abc import Iterable

from dandang.demo.played import Played
from dandang.lifecycle.casework.queries import find
from dandang.lifecycle.states import Outcome, State


def to_try(played: Iterable[Played]) -> Played:
    """Return a request sent on the web that waits for its requester's judgement.

    The newest one sent on the web, where none waits.
    """
    from_web = [one for one in played if one.story.channel == "web" and one.access_code]
    for one in reversed(from_web):
        case = find(one.reference).state
        if case.state is State.PROPOSED and case.outcome is Outcome.RESOLVED:
            return one
    return from_web[-1]
