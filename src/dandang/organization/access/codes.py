"""Codes of an app and recovery codes: each is good for one time, in every process."""

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.db import transaction
from django.utils.crypto import constant_time_compare

from dandang.organization.access.sealing import unseal
from dandang.organization.models import Account

_LAST = "last_counter"


@transaction.atomic
def accept_code(account: Account, typed: str) -> Authenticator | None:
    """Use up the code and return what it belongs to; None where it is wrong or was used before."""
    code = "".join(sign for sign in typed if sign.isalnum())
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)
    mine = Authenticator.objects.select_for_update().filter(user=account, type__in=kinds)
    for factor in mine.order_by("-type"):
        if factor.type == Authenticator.Type.RECOVERY_CODES:
            if RecoveryCodes(factor).validate_code(code):
                return Authenticator.objects.get(pk=factor.pk)
        elif (counter := matching(unseal(factor.data["secret"]), code)) is not None:
            if counter <= factor.data.get(_LAST, -1):
                return None
            use_up(factor, counter)
            return factor
    return None


def matching(secret: str, code: str) -> int | None:
    """Return the number of the half minute for which this is the code, if it is near now."""
    found = None
    for counter in yield_hotp_counters_from_time():
        if constant_time_compare(format_hotp_value(hotp_value(secret, counter)), code):
            found = counter
    return found


def use_up(factor: Authenticator, counter: int) -> None:
    """Take no code of this half minute or an earlier one any more."""
    factor.data[_LAST] = counter
    factor.save(update_fields=["data"])
