"""What is outstanding in a case: what was asked for, what was promised, what is still open."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dandang.interfaces.shared.words.cases import word
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import stamp
from dandang.lifecycle.casework.rules.particulars import Wanted
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.lifecycle.states import State

_WANTED: Mapping[str, str | Promise] = MappingProxyType(
    {
        Wanted.EXTENSION: gettext_lazy("asked for more time, not decided yet"),
        Wanted.LEGAL_ROUTE: gettext_lazy("asked for the legal route, not decided yet"),
        Wanted.SPLIT: gettext_lazy("asked to split it, not decided yet"),
        Wanted.SUPPORT: gettext_lazy("asked for what the matter needs, not answered yet"),
    }
)


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
