"""Making accounts and setting their passwords."""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from dandang.organization.models import Account, OfficerRow
from dandang.terms import Actor, Code, Refusal

_OURS = {"password", "officer", "created_by", "password_set_at", "password_set_by"}
_REASONS = {"username": "bad_username", "language": "unknown_language"}


@transaction.atomic
def create_account(  # noqa: PLR0913 each is one plain fact about the account
    username: str,
    *,
    by: Actor,
    now: datetime,
    officer: str | None = None,
    password: str | None = None,
    language: str = "",
    is_staff: bool = False,
) -> Account:
    """Make an account, for an officer (staff code) or for nobody in particular.

    Without a password nobody can sign in with it until one is set. Refuses `value_invalid` with
    the field and the reason (`taken`, `bad_username`, `unknown_language`, or why the password is
    too weak) and `not_found` for an unknown officer.
    """
    name = Account.normalize_username(username)
    account = Account(
        username=name,
        language=language,
        is_staff=is_staff,
        created_at=now,
        created_by=str(by),
    )
    if officer is not None:
        account.officer = OfficerRow.objects.filter(code=officer, ended=None).first()
        if account.officer is None:
            raise Refusal(Code.NOT_FOUND, officer=officer)
    _check_fields(account)
    _set(account, password, by=by, now=now)
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError:
        raise Refusal(Code.VALUE_INVALID, field="username", reason="taken") from None
    return account


@transaction.atomic
def set_password(username: str, password: str, *, by: Actor, now: datetime) -> Account:
    """Give an account a new password, which ends all its sessions; return the account.

    Refuses `not_found`, and `value_invalid` with the reasons why the password is too weak.
    """
    name = Account.normalize_username(username)
    account = Account.objects.select_for_update().filter(username=name).first()
    if account is None:
        raise Refusal(Code.NOT_FOUND)
    _set(account, password, by=by, now=now)
    account.save(update_fields=["password", "password_set_at", "password_set_by"])
    return account


def _check_fields(account: Account) -> None:
    try:
        account.clean_fields(exclude=_OURS)
    except ValidationError as error:
        field = next(iter(error.error_dict))
        raise Refusal(Code.VALUE_INVALID, field=field, reason=_REASONS[field]) from None


def _set(account: Account, password: str | None, *, by: Actor, now: datetime) -> None:
    if password is None:
        account.set_unusable_password()
        return
    try:
        validate_password(password, account)
    except ValidationError as error:
        reasons = ",".join(sorted(str(one.code) for one in error.error_list))
        raise Refusal(Code.VALUE_INVALID, field="password", reason=reasons) from None
    account.set_password(password)
    account.password_set_at = now
    account.password_set_by = str(by)


def choose_language(account: Account, language: str) -> None:
    """Keep the language of somebody's screens, empty for the browser's. Refuses `value_invalid`."""
    account.language = language
    _check_fields(account)
    account.save(update_fields=["language"])
