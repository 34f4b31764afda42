"""What may happen when an entry was wrong: a new entry says so; nothing is edited."""

from dandang.lifecycle.casework.events.work import Corrected
from dandang.lifecycle.casework.rules.changes import Changes, unchanged
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.wishes import Correct
from dandang.terms import Code, Event, Refusal


def correct(facts: Facts, wish: Correct) -> tuple[Event, ...]:
    """Say which entry of the case was wrong, what was wrong, and what is right.

    Refuses `unknown_event`: the case has no entry of this number.
    """
    if wish.corrects_seq > facts.case.seq:
        raise Refusal(Code.UNKNOWN_EVENT, number=wish.corrects_seq)
    return (Corrected(corrects_seq=wish.corrects_seq, wrong=wish.wrong, text=wish.text),)


CHANGES: Changes = {Corrected: unchanged}
