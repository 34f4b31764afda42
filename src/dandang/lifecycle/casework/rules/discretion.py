"""What is kept from the unit for a while: who of several judged, and how the service was rated.

As long as an answer can be changed nobody is to be asked to change it (domain rule 8).
"""

from collections.abc import Mapping
from datetime import datetime

from dandang.lifecycle.casework.rules.answers import changeable_until
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.permit import may_see_private_answers
from dandang.lifecycle.casework.rules.state import RequestState
from dandang.lifecycle.states import Verdict


def kept_until(
    facts: Facts, event_type: str, fields: Mapping[str, object], occurred_at: datetime
) -> datetime | None:
    """Return until when an event is shown to this officer without who it was and what was said.

    None where nothing of it is kept. Whoever is not content goes on in a case that the unit works
    on, so that is no secret; nor is who judged where only one person asked. Supervision and
    call-back outside the unit see everything.
    """
    if event_type not in ("rated", "judged") or may_see_private_answers(facts):
        return None
    if event_type == "judged" and not (_are_several(facts) and _is_content(fields)):
        return None
    request = facts.case.request(int(str(fields["request"])))
    judged_at = request.judged_at if request is not None else None
    until = changeable_until(facts, judged_at or occurred_at)
    return until if facts.now <= until else None


def keeps_verdict(facts: Facts, request: RequestState) -> bool:
    """Say whether it is kept from this officer what the sender of one request of several said."""
    if request.judged_at is None or request.verdict is Verdict.NO or not _are_several(facts):
        return False
    if may_see_private_answers(facts):
        return False
    return facts.now <= changeable_until(facts, request.judged_at)


def keeps_rating(facts: Facts, request: RequestState) -> bool:
    """Say whether the rating of a request is kept from this officer."""
    if request.rated_at is None or may_see_private_answers(facts):
        return False
    return facts.now <= changeable_until(facts, request.judged_at or request.rated_at)


def _are_several(facts: Facts) -> bool:
    return len(facts.case.requests) > 1


def _is_content(fields: Mapping[str, object]) -> bool:
    return fields.get("verdict") == Verdict.SOLVED or bool(fields.get("agreed"))
