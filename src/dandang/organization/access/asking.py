"""Asking about accounts: who has one, with which second factors, which sessions, what happened."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.conf import settings

from dandang.organization.access.codes import recovery_codes_left
from dandang.organization.access.kinds import Happened
from dandang.organization.actions.sign_in_events import Circumstances
from dandang.organization.models import Account, BodyRow, KeptSession, SignInEvent

__all__ = [
    "Account",
    "Factors",
    "SignInEvent",
    "account_named",
    "body_name",
    "events",
    "events_of",
    "factors_of",
    "last_sign_in",
    "sessions_of",
]

_CODES = Authenticator.Type.RECOVERY_CODES


@dataclass(frozen=True, slots=True)
class Factors:
    """What somebody has set up to sign in with, besides the password."""

    app: bool
    passkeys: int
    codes_left: int

    @property
    def has_second(self) -> bool:
        """Whether there is a second factor; recovery codes alone are none."""
        return self.app or bool(self.passkeys)


def account_named(username: str) -> Account | None:
    """Return the account of this name, if there is one."""
    name = Account.normalize_username(username)
    return Account.objects.filter(username__iexact=name).first() if "\0" not in name else None


def body_name() -> str:
    """Return what the body calls itself in English, or the product where there is none yet."""
    name = BodyRow.objects.values_list("name_en", flat=True).first()
    return name or "Dandang"


def factors_of(account: Account) -> Factors:
    """Return what the account has set up."""
    kinds = list(Authenticator.objects.filter(user=account).values_list("type", flat=True))
    return Factors(
        app=Authenticator.Type.TOTP in kinds,
        passkeys=kinds.count(Authenticator.Type.WEBAUTHN),
        codes_left=recovery_codes_left(account) if _CODES in kinds else 0,
    )


def sessions_of(account: Account, now: datetime) -> Sequence[KeptSession]:
    """Return the sessions the account has open, the one used last first."""
    return list(
        KeptSession.objects.filter(
            account=account, expire_date__gt=now, seen_at__gt=now - settings.SESSION_IDLE
        ).order_by("-seen_at")
    )


def last_sign_in(account: Account, seen: Circumstances) -> SignInEvent | None:
    """Return when the account was last signed in to with this kind of device at this place."""
    rows = SignInEvent.objects.filter(account=account, kind=Happened.SIGNED_IN.value)
    return rows.filter(device=seen.device, source=seen.source).order_by("-pk").first()


def events_of(
    account: Account,
    *,
    kinds: Collection[Happened] = frozenset(Happened),
    since: datetime | None = None,
    before: int | None = None,
    limit: int,
) -> list[SignInEvent]:
    """Return what happened to an account, newest first; `before` is the id of the last one seen."""
    rows = SignInEvent.objects.filter(account=account, kind__in=[kind.value for kind in kinds])
    if since is not None:
        rows = rows.filter(at__gte=since)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return list(rows.select_related("account").order_by("-pk")[:limit])


def events(
    kind: str = "",
    account: str = "",
    *,
    before: int | None = None,
    limit: int,
) -> list[SignInEvent]:
    """Return what happened to all accounts, newest first, of one kind or of one name."""
    rows = SignInEvent.objects.select_related("account")
    if kind:
        rows = rows.filter(kind=kind)
    if account:
        rows = rows.filter(account__username__iexact=Account.normalize_username(account))
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return list(rows.order_by("-pk")[:limit])
