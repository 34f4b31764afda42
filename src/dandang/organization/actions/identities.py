"""Linking an identity of the body's own provider with an account."""

from datetime import datetime

from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from dandang.organization.access.kinds import Happened
from dandang.organization.actions.sign_in_events import write_down
from dandang.organization.models import Account
from dandang.terms import Actor, Code, Refusal

PROVIDER = "oidc"


@transaction.atomic
def link(account: Account, subject: str, *, by: Actor, now: datetime) -> None:
    """Let the identity with this subject sign in to the account, in place of any before.

    Refuses `value_invalid` (`taken`) where it belongs to another account.
    """
    others = SocialAccount.objects.filter(provider=PROVIDER, uid=subject).exclude(user=account)
    if others.exists():
        raise Refusal(Code.VALUE_INVALID, field="subject", reason="taken")
    SocialAccount.objects.filter(provider=PROVIDER, user=account).exclude(uid=subject).delete()
    SocialAccount.objects.get_or_create(provider=PROVIDER, uid=subject, user=account)
    write_down(Happened.IDENTITY_LINKED, account, now=now, by=by)


def unlink(account: Account) -> None:
    """Let no identity of the provider sign in to the account."""
    SocialAccount.objects.filter(provider=PROVIDER, user=account).delete()
