"""Officers with their accounts, as administrators look them up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db.models import Q
from django.utils import timezone

from dandang.organization.access.locks import locked_names
from dandang.organization.actions.identities import PROVIDER
from dandang.organization.models import Account, FactorReset, Invitation, OfficerRow

_SECOND = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass(frozen=True, slots=True)
class Listed:
    """An officer of the register with the account, if there is one."""

    code: str
    name_zh: str
    name_en: str
    account: Account | None
    has_second: bool
    is_locked: bool

    @property
    def last_day(self) -> date | None:
        """The day of the last sign-in; the hour is nobody else's business."""
        last = self.account.last_login if self.account else None
        return timezone.localtime(last).date() if last else None

    @property
    def has_password(self) -> bool:
        """Whether the account can be signed in to with a password."""
        return self.account is not None and self.account.has_usable_password()


@dataclass(frozen=True, slots=True)
class Standing:
    """What is open about the account of one officer."""

    invited_until: datetime | None
    reset_asked_by: str
    subject: str


def listed(search: str = "", *, after: str = "", limit: int, now: datetime) -> list[Listed]:
    """Return officers of the register by code, those whose code or name holds the words."""
    rows = OfficerRow.objects.filter(ended=None)
    if search:
        rows = rows.filter(
            Q(code__icontains=search) | Q(name_zh__icontains=search) | Q(name_en__icontains=search)
        )
    if after:
        rows = rows.filter(code__gt=after)
    return _with_accounts(list(rows.order_by("code")[:limit]), now)


def one(officer: str, *, now: datetime) -> Listed | None:
    """Return one officer, also one who is gone; None for a stranger."""
    found = _with_accounts(list(OfficerRow.objects.filter(code=officer)), now)
    return found[0] if found else None


def standing(account: Account | None, now: datetime) -> Standing:
    """Return what is open about an account."""
    if account is None:
        return Standing(None, "", "")
    links = Invitation.objects.filter(
        account=account, used_at=None, revoked_at=None, expires_at__gt=now
    )
    reset = FactorReset.objects.filter(account=account, decided_at=None).first()
    identity = SocialAccount.objects.filter(provider=PROVIDER, user=account).first()
    return Standing(
        invited_until=links.values_list("expires_at", flat=True).first(),
        reset_asked_by=reset.asked_by.partition(":")[2] if reset else "",
        subject=identity.uid if identity else "",
    )


def _with_accounts(officers: Sequence[OfficerRow], now: datetime) -> list[Listed]:
    codes = [row.code for row in officers]
    accounts = {
        account.officer_id: account
        for account in Account.objects.filter(officer__in=codes).order_by("-pk")
    }
    secured = set(
        Authenticator.objects.filter(user__officer__in=codes, type__in=_SECOND).values_list(
            "user_id", flat=True
        )
    )
    locked = locked_names([account.username for account in accounts.values()], now)
    return [_listed(row, accounts.get(row.code), secured, locked) for row in officers]


def _listed(
    row: OfficerRow, account: Account | None, secured: set[int], locked: set[str]
) -> Listed:
    return Listed(
        code=row.code,
        name_zh=row.name_zh,
        name_en=row.name_en,
        account=account,
        has_second=account is not None and account.pk in secured,
        is_locked=account is not None and account.username in locked,
    )
