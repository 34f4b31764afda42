"""Keeping how an officer wants the desk, and the worklists that an officer has named."""

from django.db import IntegrityError, transaction

from dandang.organization.models import Account, Preferences, SavedView
from dandang.terms import Code, Refusal, check_text

MOST_VIEWS = 30
MOST_NAME = 60
MOST_QUERY = 1000


def keep_preferences(account: int, *, is_compact: bool, uses_keys: bool) -> None:
    """Keep how the desk looks for an account (its primary key)."""
    Preferences.objects.update_or_create(
        account_id=account, defaults={"is_compact": is_compact, "uses_keys": uses_keys}
    )


def save_view(account: int, name: str, query: str) -> SavedView:
    """Save a worklist under a name; the name that an account has already means the new query.

    Refuses `value_invalid` once there are `MOST_VIEWS` of them (reason `too_many`), and the codes
    of `check_text` for a name or a query that cannot be kept.
    """
    name = _checked(name)
    query = check_text("query", query, limit=MOST_QUERY, required=False)
    with transaction.atomic():
        # One at a time for an account, so that the number of views holds.
        Account.objects.select_for_update(no_key=True).get(pk=account)
        own = SavedView.objects.filter(account_id=account)
        known = own.filter(name=name).first()
        if known is None and own.count() >= MOST_VIEWS:
            raise Refusal(Code.VALUE_INVALID, field="name", reason="too_many")
        view = known or SavedView(account_id=account, name=name)
        view.query = query
        view.save()
    return view


def rename_view(account: int, view: int, name: str) -> None:
    """Give a saved view of an account another name.

    Refuses `not_found`, `value_invalid` for a name that is taken, and the codes of `check_text`.
    """
    name = _checked(name)
    try:
        with transaction.atomic():
            changed = SavedView.objects.filter(account_id=account, pk=view).update(name=name)
    except IntegrityError:
        raise Refusal(Code.VALUE_INVALID, field="name", reason="taken") from None
    if not changed:
        raise Refusal(Code.NOT_FOUND)


def delete_view(account: int, view: int) -> None:
    """Delete a saved view of an account; one that is gone already is no accident."""
    SavedView.objects.filter(account_id=account, pk=view).delete()


@transaction.atomic
def show_first(account: int, view: int | None) -> None:
    """Let the worklist begin with a saved view of an account, or with none. Refuses `not_found`."""
    Account.objects.select_for_update(no_key=True).get(pk=account)
    own = SavedView.objects.filter(account_id=account)
    own.filter(is_default=True).update(is_default=False)
    if view is not None and not own.filter(pk=view).update(is_default=True):
        raise Refusal(Code.NOT_FOUND)


def _checked(name: str) -> str:
    return check_text("name", " ".join(name.split()), limit=MOST_NAME)
