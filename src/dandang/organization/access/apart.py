"""Whether two officers are two people: not if one of them has just let the other in.

Four eyes would else be opened by whoever makes an officer, and a link to sign in as that officer.
"""

from datetime import datetime, timedelta

from django.utils import timezone

from dandang.organization.access.kinds import Happened
from dandang.organization.models import Invitation, SignInEvent
from dandang.terms import Actor, Code, Refusal

NEW = timedelta(hours=72)
"""For so long whoever gave somebody a way in does not decide with them: as long as a link works."""


def two_people(one: str, other: str) -> None:
    """Refuse `let_in_lately` where one of two officers gave the other a way in in the last days.

    A way in is a link that set a password, or an identity that was linked. `one` and `other` are
    staff codes. By the real time, as signing in is.
    """
    since = timezone.now() - NEW
    if _let_in(one, other, since) or _let_in(other, one, since):
        raise Refusal(Code.LET_IN_LATELY)


def _let_in(officer: str, by: str, since: datetime) -> bool:
    actor = str(Actor.officer(by))
    links = Invitation.objects.filter(account__officer=officer, made_by=actor, used_at__gte=since)
    identities = SignInEvent.objects.filter(
        account__officer=officer,
        by=actor,
        kind=Happened.IDENTITY_LINKED.value,
        at__gte=since,
    )
    return links.exists() or identities.exists()
