"""What is outstanding in a case: who has to keep a clock, what was asked for, what was promised."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dandang.interfaces.shared.words.cases import TURNS, word
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import stamp
from dandang.lifecycle.casework.rules.particulars import Wanted
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.lifecycle.states import State, Turn
from dandang.policy import ClockName

_KEEPERS: Mapping[str, str | Promise] = MappingProxyType(
    {
        ClockName.DISPUTE_DECISION: TURNS[Turn.DECIDING_OFFICE],
        ClockName.EXTENSION_DECISION: TURNS[Turn.DECIDING_OFFICE],
        ClockName.APPEAL_DECISION: TURNS[Turn.DECIDING_OFFICE],
        ClockName.JUDGEMENT_WINDOW: TURNS[Turn.REQUESTER],
        ClockName.STATUTORY: TURNS[Turn.LEGAL_BODY],
        ClockName.CHECK: gettext_lazy("the head of the unit or the deciding office"),
        ClockName.CALL: gettext_lazy("the officer who was called"),
    }
)
"""Who keeps a clock, where that is neither the holder nor a post that the case names."""

_WANTED: Mapping[str, str | Promise] = MappingProxyType(
    {
        Wanted.EXTENSION: gettext_lazy("asked for more time, not decided yet"),
        Wanted.LEGAL_ROUTE: gettext_lazy("asked for the legal route, not decided yet"),
        Wanted.SPLIT: gettext_lazy("asked to split it, not decided yet"),
    }
)


def keeper(clock: str, case: CaseState, names: Names) -> str:
    """Return who has to act by a clock of the case, in words."""
    if clock == ClockName.ASSISTANCE and case.assists:
        first = min(case.assists, key=lambda one: one.due_at)
        return names.post_with_unit(first.of_post)
    if clock == ClockName.OBJECTION_ANSWER and case.objections:
        return names.post_with_unit(case.objections[0].to_post)
    return str(_KEEPERS.get(clock) or names.post_with_unit(case.holder))


def outstanding(case: CaseState, names: Names) -> Iterator[str]:
    """Yield what the next officer has to know of, a line each."""
    if case.state is State.WAITING_REQUESTER and case.asked_at is not None:
        yield _("asked the requester on %(time)s") % {"time": stamp(case.asked_at)}
    if case.promised_for is not None:
        yield _("promised for %(time)s") % {"time": stamp(case.promised_for)}
    if case.asked is not None:
        yield word(_WANTED, case.asked.what)
    for assist in case.assists:
        values = {"post": names.post_with_unit(assist.of_post), "time": stamp(assist.due_at)}
        yield _("help asked of %(post)s by %(time)s") % values
    if case.pause is not None:
        yield _("paused, to be checked on %(time)s") % {"time": stamp(case.pause.check_at)}
    if case.route is not None:
        yield _("legal route until %(time)s") % {"time": stamp(case.route.due_at)}
    yield from _unsettled(case)


def _unsettled(case: CaseState) -> Iterator[str]:
    if case.open_children:
        number = case.open_children
        yield ngettext("%(n)s part still open", "%(n)s parts still open", number) % {"n": number}
    if case.objections:
        yield _("a written objection waits for its answer")
    if case.appeal is not None:
        yield _("an appeal waits for its decision")
