"""Taking somebody's second factors away, who lost them: one administrator asks, another decides."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.utils import timezone

from dandang.organization.access.apart import two_people
from dandang.organization.access.kinds import Happened
from dandang.organization.actions.administering import enter, locked_account
from dandang.organization.actions.sessions import end_sessions
from dandang.organization.models import FactorReset
from dandang.terms import Actor, Code, Refusal
from dandang.terms.four_eyes import four_eyes


@transaction.atomic
def ask_reset(officer: str, *, by: Actor, now: datetime) -> None:
    """Ask another administrator to take the second factors of an officer away.

    Refuses `not_found`, and `changed_meanwhile` where that was asked and is not decided.
    """
    account = locked_account(officer)
    try:
        with transaction.atomic():
            FactorReset.objects.create(account=account, asked_at=timezone.now(), asked_by=str(by))
    except IntegrityError:
        raise Refusal(Code.CHANGED_MEANWHILE) from None
    enter(Happened.RESET_ASKED, account, by=by, now=now)


@transaction.atomic
def decide_reset(officer: str, *, grant: bool, by: Actor, now: datetime) -> None:
    """Take the second factors away, which also ends all sessions; or refuse to.

    Refuses `not_found` where nothing was asked, `decider_involved` for whoever asked, and for the
    officer whose factors they are, and `let_in_lately`.
    """
    account = locked_account(officer)
    asked = FactorReset.objects.select_for_update().filter(account=account, decided_at=None).first()
    if asked is None:
        raise Refusal(Code.NOT_FOUND)
    four_eyes(asked.asked_by.partition(":")[2], by)
    four_eyes(officer, by)
    two_people(asked.asked_by.partition(":")[2], by.code)
    asked.decided_at, asked.decided_by, asked.granted = timezone.now(), str(by), grant
    asked.save()
    if grant:
        Authenticator.objects.filter(user=account).delete()
        end_sessions(account)
    enter(Happened.RESET_GRANTED if grant else Happened.RESET_REFUSED, account, by=by, now=now)


@transaction.atomic
def reset_by_operator(officer: str, *, now: datetime) -> None:
    """Take the second factors away on the machine itself, where whoever may do so owns it anyway.

    For the time when no second administrator can get in. Refuses `not_found`.
    """
    account = locked_account(officer)
    open_ones = FactorReset.objects.filter(account=account, decided_at=None)
    open_ones.update(decided_at=timezone.now(), decided_by=str(Actor.system()), granted=True)
    Authenticator.objects.filter(user=account).delete()
    end_sessions(account)
    enter(Happened.RESET_GRANTED, account, by=Actor.system(), now=now)
