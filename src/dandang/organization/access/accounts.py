"""The accounts behind sessions: every request of somebody who is signed in asks for one."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from typing_extensions import override

from dandang.organization.models import Account
from dandang.organization.sessions import account_read_along


class Accounts(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """Signs in as allauth does, and finds the account of a session, if it is active."""

    @override
    def get_user(self, user_id: Any) -> Account | None:
        account = account_read_along(user_id) or Account.objects.filter(pk=user_id).first()
        return account if account and self.user_can_authenticate(account) else None
