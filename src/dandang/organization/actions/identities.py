"""Linking an identity of the body's own provider with an account, and taking the link away."""

from datetime import datetime

from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from dandang.organization.access.kinds import Happened
from dandang.organization.actions.administering import enter
from dandang.organization.models import Account
from dandang.terms import Actor, Code, Refusal

PROVIDER = "oidc"


@transaction.atomic
def link(account: Account, subject: str, *, by: Actor, now: datetime) -> None:
    """Let the identity with this subject sign in to the account, in place of any before.

    Refuses `value_invalid` (`taken`) where it belongs to another account.
    """
    kept = SocialAccount.objects.filter(provider=PROVIDER, user=account)
    if [one.uid for one in kept] == [subject]:
        return
    others = SocialAccount.objects.filter(provider=PROVIDER, uid=subject).exclude(user=account)
    if others.exists():
        raise Refusal(Code.VALUE_INVALID, field="subject", reason="taken")
    kept.delete()
    SocialAccount.objects.create(provider=PROVIDER, uid=subject, user=account)
    enter(Happened.IDENTITY_LINKED, account, by=by, now=now)


@transaction.atomic
def link_first(account: Account, subject: str, *, now: datetime) -> bool:
    """Link an identity that names the account; say whether that may be.

    Only the first may: what the provider says of another one later replaces nothing.
    """
    Account.objects.select_for_update().get(pk=account.pk)
    if SocialAccount.objects.filter(provider=PROVIDER, user=account).exists():
        return False
    link(account, subject, by=Actor.system(), now=now)
    return True


@transaction.atomic
def unlink(account: Account, *, by: Actor, now: datetime) -> None:
    """Let no identity of the provider sign in to the account."""
    if SocialAccount.objects.filter(provider=PROVIDER, user=account).delete()[0]:
        enter(Happened.IDENTITY_UNLINKED, account, by=by, now=now)
