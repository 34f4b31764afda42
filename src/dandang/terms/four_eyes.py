"""Four eyes: what one officer asks for another one does."""

from dandang.terms.actor import Actor, ActorKind
from dandang.terms.refusal import Code, Refusal


def four_eyes(asked_by: str, by: Actor) -> None:
    """Refuse `decider_involved` unless `by` is an officer, and not the one who asked.

    `asked_by` is a staff code. The same officer stays the same in another session, with another
    account and in another post; an act that nobody asked for has not been seen by four eyes.
    """
    if by.kind is not ActorKind.OFFICER or not asked_by or not by.code or asked_by == by.code:
        raise Refusal(Code.DECIDER_INVOLVED)
