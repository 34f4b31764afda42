"""What a requester is promised before sending: who will hold the case, and by when."""

from datetime import datetime

from django.utils.translation import gettext as _

from dandang.interfaces.resident.pages import Promise
from dandang.interfaces.resident.presenting import deadline, holder
from dandang.interfaces.shared.words.cases import ROUTING, word
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import span
from dandang.lifecycle.intake.actions import InForce, prepare
from dandang.lifecycle.intake.rules import Open
from dandang.policy import ClockName
from dandang.terms import Actor


def promise(wish: Open, under: InForce, now: datetime) -> Promise:
    """Return what opening this request would do now; nothing is written.

    Refuses what opening it would refuse.
    """
    case = prepare(wish, under, by=Actor.requester(1), now=now).state
    case_class = under.policy.classes[case.case_class]
    total = under.policy.clock(case_class, ClockName.TOTAL)
    return Promise(
        holder=holder(under.directory, case.holder, Names(under.directory, under.policy)),
        why=word(ROUTING, case.routed_by)
        if case.routed_by
        else _("a dispatcher decides which unit answers"),
        first=deadline(case.clocks.get(ClockName.FIRST_RESPONSE), now),
        total=deadline(case.clocks.get(ClockName.TOTAL), now),
        total_span=span(total) if total else "",
    )
