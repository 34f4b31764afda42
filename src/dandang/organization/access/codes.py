"""Codes of an app and recovery codes: each is good for one time, in every process.

Recovery codes are kept as passwords are, so that nobody reads them anywhere. The first digit of
each says which one it is: one hash is made to check one.
"""

import secrets

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils.crypto import constant_time_compare

from dandang.organization.access.sealing import unseal
from dandang.organization.models import Account

_LAST, _HASHES = "last_counter", "hashes"
_CODES = Authenticator.Type.RECOVERY_CODES
_RECOVERY_CODES = 10
_DIGITS = 12


@transaction.atomic
def accept_code(account: Account, typed: str) -> Authenticator | None:
    """Use up the code and return what it belongs to; None where it is wrong or was used before."""
    code = "".join(sign for sign in typed if sign.isalnum())
    kinds = (Authenticator.Type.TOTP, _CODES)
    mine = Authenticator.objects.select_for_update().filter(user=account, type__in=kinds)
    for factor in mine.order_by("-type"):
        if factor.type == _CODES:
            if _use_recovery_code(factor, code):
                return factor
        elif (counter := matching(unseal(factor.data["secret"]), code)) is not None:
            if counter <= factor.data.get(_LAST, -1):
                return None
            use_up(factor, counter)
            return factor
    return None


@transaction.atomic
def make_recovery_codes(account: Account) -> list[str]:
    """Return ten new recovery codes of 12 digits, 11 of them random; earlier ones count no more."""
    Account.objects.select_for_update().get(pk=account.pk)
    codes = [
        f"{place}{secrets.randbelow(10 ** (_DIGITS - 1)):0{_DIGITS - 1}}"
        for place in range(_RECOVERY_CODES)
    ]
    Authenticator.objects.filter(user=account, type=_CODES).delete()
    hashes = [make_password(code) for code in codes]
    Authenticator.objects.create(user=account, type=_CODES, data={_HASHES: hashes})
    return codes


def recovery_codes_left(account: Account) -> int:
    """Return how many recovery codes were not used yet."""
    kept = Authenticator.objects.filter(user=account, type=_CODES).first()
    return 0 if kept is None else sum(bool(one) for one in kept.data.get(_HASHES, ()))


def _use_recovery_code(factor: Authenticator, code: str) -> bool:
    hashes = factor.data.get(_HASHES, ())
    if len(code) != _DIGITS or not (code.isascii() and code.isdigit() and hashes):
        return False
    place = int(code[0])
    if not hashes[place] or not check_password(code, hashes[place]):
        return False
    hashes[place] = ""
    factor.save(update_fields=["data"])
    return True


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
