"""Which queues an officer has, by the posts held now, and which cases stand in each."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dandang.interfaces.desk.access import Officer
from dandang.interfaces.desk.overviews.reach import OVERSEEING
from dandang.lifecycle.casework.keeping_out import KeptOut
from dandang.lifecycle.casework.statements import NOW
from dandang.lifecycle.casework.wanted import Wanted
from dandang.lifecycle.states import Outcome, State
from dandang.organization.directory import PostKind

QUEUES: Mapping[str, str | Promise] = MappingProxyType(
    {
        "mine": _("Held by me"),
        "accept": _("To accept"),
        "waiting": _("Waiting for others"),
        "returned": _("Returned to me"),
        "confirm": _("To be confirmed"),
        "assist": _("I assist"),
        "asked": _("Objections to answer"),
        "unit": _("My units"),
        "dispatch": _("To dispatch"),
        "decide": _("To decide"),
        "appeals": _("Appeals"),
        "call-back": _("To call back"),
        "overdue": _("Overdue everywhere"),
        "all": _("All open cases"),
    }
)
_WAITING = (
    *(State.WAITING_REQUESTER, State.WAITING_OTHER, State.ON_LEGAL_ROUTE),
    *(State.PROPOSED, State.DISPUTED),
)


def queues_of(officer: Officer) -> Mapping[str, Wanted]:
    """Return the queues this officer has, by the kinds of the posts held now; none without one.

    Posts that only administer have none, those that audit read along.
    """
    kinds = frozenset(kind for post in officer.posts for kind in post.kinds)
    return _queues(officer.kept_out, kinds)


@lru_cache(maxsize=256)  # the same for every request until other posts are held
def _queues(kept: KeptOut, kinds: frozenset[PostKind]) -> Mapping[str, Wanted]:
    # What stands in a queue may be read for the reason why it stands there; what is left to be
    # looked at is whether the officer is kept out of it.
    hidden = KeptOut(kept.officer, kept.units, reads_all=True)
    queues = _of_work(kept, hidden) if kept.posts else {}
    if kinds & {PostKind.INTAKE, PostKind.DISPATCH}:
        queues["dispatch"] = Wanted(states=(State.RECEIVED,), hidden_from=hidden)
    if kinds & OVERSEEING:
        allows = PostKind.SUPERVISION in kinds
        queues["decide"] = Wanted(undecided=True, unmasking=allows, hidden_from=hidden)
        queues["appeals"] = Wanted(appealed=True, hidden_from=hidden)
    if PostKind.CALL_BACK in kinds:
        queues["call-back"] = Wanted(unjudged=True, hidden_from=hidden)
    if kinds & (OVERSEEING | {PostKind.AUDIT}):
        queues["overdue"] = Wanted(overdue_at=NOW, hidden_from=hidden)
        queues["all"] = Wanted(open_only=True, hidden_from=hidden)
    return MappingProxyType(queues)


def _of_work(kept: KeptOut, hidden: KeptOut) -> dict[str, Wanted]:
    posts, units = kept.posts, kept.below
    mine = Wanted(posts=posts, open_only=True, hidden_from=hidden)
    return {
        "mine": mine,
        "accept": replace(mine, states=(State.ASSIGNED,)),
        "waiting": replace(mine, states=_WAITING),
        "returned": replace(mine, sent_back=True),
        "confirm": replace(mine, states=(State.PROPOSED,), outcomes=(Outcome.RESOLVED.value,)),
        "assist": Wanted(assisted_by=posts, hidden_from=hidden),
        "asked": Wanted(objected_to=posts, hidden_from=hidden),
        "unit": Wanted(units=units, open_only=True, hidden_from=hidden),
    }
