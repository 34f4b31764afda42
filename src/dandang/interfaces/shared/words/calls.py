"""Words for calls: why somebody was called, and at which level, to officers and to requesters."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dandang.interfaces.shared.words.cases import CLOCKS, word
from dandang.interfaces.shared.words.names import Names
from dandang.lifecycle.escalation.events import BY_REQUESTER
from dandang.policy import CallAnswer, CallTarget

SILENCE = "silence"
"""The occasion of a call after one that nobody answered."""

SURGE = "surge"
"""The occasion of a call when many requests of one kind came in at once."""

CALLED_TO_REQUESTER: Mapping[str, str | Promise] = MappingProxyType(
    {
        CallTarget.OFFICER: gettext_lazy("The unit was asked to act"),
        CallTarget.UNIT_HEAD: gettext_lazy("The head of the unit was asked to act"),
        CallTarget.SUPERVISION: gettext_lazy("The office above the unit was asked to act"),
        CallTarget.LEADER: gettext_lazy("A leader was asked to act"),
    }
)
"""Who was called, without names."""

ACTED_TO_REQUESTER: Mapping[str, str | Promise] = MappingProxyType(
    {
        CallAnswer.TOOK_OVER: gettext_lazy("The office that was asked to act took the matter over"),
        CallAnswer.INSTRUCTED: gettext_lazy(
            "The office that was asked to act ordered who does what until when"
        ),
        CallAnswer.DECIDED: gettext_lazy("The office that was asked to act has decided"),
        CallAnswer.NAMED_SPONSOR: gettext_lazy(
            "The office that was asked to act named somebody who answers for the matter"
        ),
    }
)


def occasion(step: str, names: Names, case_class: str = "") -> str:
    """Return why somebody was called: the step of the ladder, or the clock that ran out."""
    if step == SILENCE:
        return _("the one who was called before did not act")
    if step == BY_REQUESTER:
        return _("the requester asked for it")
    if step == SURGE:
        return _("many requests of this kind and area came in at once")
    found = names.step(step, case_class)
    if found or step not in CLOCKS:
        return found or step
    return _("the time is up: %(clock)s") % {"clock": word(CLOCKS, step)}
