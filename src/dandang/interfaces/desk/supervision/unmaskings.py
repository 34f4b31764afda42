"""Officers who wait to be allowed to see who sent a request, for supervision to decide."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from dandang.interfaces.desk.access import Officer
from dandang.interfaces.shared.words.fields import choice
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import moment
from dandang.ledger.queries import events_of_types, personal_of
from dandang.lifecycle.casework.queries import facts_for_all, whole
from dandang.lifecycle.casework.rules.permit import acting_post
from dandang.lifecycle.casework.wanted import Wanted
from dandang.lifecycle.verbs import VERBS
from dandang.organization.directory import PostKind

_MOST = 50
_ASKED = "unmasking_requested"


@dataclass(frozen=True, slots=True)
class Waits:
    """One officer who waits: for which request of which case, what for, in what words, since when.

    `can_decide`: it is for this officer to answer, who is another one.
    """

    reference: str
    title: str
    officer: str
    number: int
    purpose: str
    text: str
    since: str
    can_decide: bool


def waiting_to_look(officer: Officer, names: Names) -> tuple[Waits, ...]:
    """Return who waits, the case that is due first in front; nothing for other than supervision."""
    if not any(PostKind.SUPERVISION in post.kinds for post in officer.posts):
        return ()
    cases = whole(Wanted(unmasking=True, hidden_from=officer.kept_out), limit=_MOST)
    known = facts_for_all([one.state for one in cases], by=officer.actor, now=officer.now)
    asked = events_of_types([one.stream for one in cases], [_ASKED])
    texts = personal_of([event.event_id for event in asked], ["text"])
    said = {(one.stream, one.seq): texts.get(one.event_id, {}).get("text", "") for one in asked}
    return tuple(
        Waits(
            reference=one.reference,
            title=one.title or _("(erased)"),
            officer=names.officer(waits.by),
            number=waits.request,
            purpose=choice("purpose", waits.purpose),
            text=str(said.get((one.stream, waits.seq), "")),
            since=moment(waits.asked_at, officer.now),
            can_decide=waits.by != officer.code
            and acting_post(facts, VERBS["allow-unmask"]) is not None,
        )
        for one, facts in zip(cases, known, strict=True)
        for waits in one.state.unmaskings
        if waits.waits
    )
