"""What administrators do about accounts: each act stands in the ledger and in the event list."""

from datetime import datetime

from axes.models import AccessAttempt
from django.db import transaction
from django.utils import timezone

from dandang.ledger.append import append
from dandang.organization.access.kinds import Happened
from dandang.organization.access.locks import named
from dandang.organization.actions.sessions import end_sessions
from dandang.organization.actions.sign_in_events import write_down
from dandang.organization.events import AccountAdministered
from dandang.organization.models import Account, Invitation
from dandang.organization.queries import body_stream
from dandang.terms import Actor, Code, Recorded, Refusal


def enter(kind: Happened, account: Account, *, by: Actor, now: datetime) -> None:
    """Write an act down where the person sees it, and in the body's chain of the ledger.

    Accounts of no officer stand in the event list alone: the ledger names officers by their codes.
    """
    write_down(kind, account, now=timezone.now(), by=by)
    if account.officer_id is not None:
        event = AccountAdministered(account.officer_id, kind.value)
        append(body_stream(), [Recorded(event, by, now)], now=timezone.now())


def locked_account(officer: str) -> Account:
    """Return the account of an officer, for this transaction alone. Refuses `not_found`."""
    row = Account.objects.select_for_update().filter(officer_id=officer).order_by("pk").first()
    if row is None:
        raise Refusal(Code.NOT_FOUND, officer=officer)
    return row


@transaction.atomic
def close_account(officer: str, *, by: Actor, now: datetime) -> None:
    """Let nobody sign in with an account any more, and end its sessions and invitations.

    Refuses `not_found`, and `not_permitted` to close one's own.
    """
    account = locked_account(officer)
    if by.code == officer:
        raise Refusal(Code.NOT_PERMITTED)
    if not account.is_active:
        return
    account.is_active = False
    account.save(update_fields=["is_active"])
    end_sessions(account)
    revoke_invitations(account)
    enter(Happened.CLOSED, account, by=by, now=now)


@transaction.atomic
def reopen_account(officer: str, *, by: Actor, now: datetime) -> None:
    """Let the officer sign in again. Refuses `not_found`."""
    account = locked_account(officer)
    if account.is_active:
        return
    account.is_active = True
    account.save(update_fields=["is_active"])
    enter(Happened.REOPENED, account, by=by, now=now)


@transaction.atomic
def end_all_sessions(officer: str, *, by: Actor, now: datetime) -> None:
    """Sign an officer out everywhere. Refuses `not_found`."""
    account = locked_account(officer)
    end_sessions(account)
    enter(Happened.SESSION_ENDED, account, by=by, now=now)


@transaction.atomic
def lift_lock(officer: str, *, by: Actor, now: datetime) -> None:
    """Forget the wrong tries of an account's name, wherever they came from. Refuses `not_found`."""
    account = locked_account(officer)
    AccessAttempt.objects.filter(username=named(account.username)).delete()
    enter(Happened.LOCK_LIFTED, account, by=by, now=now)


def revoke_invitations(account: Account) -> int:
    """Let no link that was given out work any more; return how many there were."""
    open_ones = Invitation.objects.filter(account=account, used_at=None, revoked_at=None)
    return open_ones.update(revoked_at=timezone.now())
