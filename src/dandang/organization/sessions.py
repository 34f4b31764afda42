"""Where sessions are kept: in the database, under digests of their keys.

Whoever reads the database, or a copy of it, cannot go on with anybody's session.
"""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone
from typing_extensions import override

from dandang.organization.models import KeptSession

STARTED, DEVICE = "signed_in_at", "device"
"""Names in a session: when somebody signed in (ISO 8601), and with what."""

_ACCOUNT = "_auth_user_id"
_LENGTH = 40
_TOUCHED = timedelta(minutes=5)
"""How exactly it is written down when a session was last used."""


def digest_of(session_key: str) -> str:
    """Return under what a session is kept: 160 bits of SHA-256 in hexadecimal digits."""
    return hashlib.sha256(session_key.encode()).hexdigest()[:_LENGTH]


class SessionStore(DatabaseStore):
    """A session, kept under the digest of its key, with whose it is."""

    @classmethod
    @override
    def get_model_class(cls) -> type[KeptSession]:
        return KeptSession

    @override
    def load(self) -> dict[str, Any]:
        row = KeptSession.objects.filter(
            session_key=digest_of(self.session_key or ""), expire_date__gt=timezone.now()
        ).first()
        if row is None or _is_over(row):
            self._session_key = None
            return {}
        _touch(row)
        return dict(self.decode(row.session_data))

    @override
    def exists(self, session_key: str | None) -> bool:
        return KeptSession.objects.filter(session_key=digest_of(session_key or "")).exists()

    @override
    def create_model_instance(self, data: dict[str, Any]) -> KeptSession:
        account = data.get(_ACCOUNT)
        started = data.get(STARTED)
        return KeptSession(
            session_key=digest_of(self.session_key or ""),
            session_data=self.encode(data),
            expire_date=self.get_expiry_date(),
            account_id=int(account) if account else None,
            started_at=datetime.fromisoformat(started) if account and started else None,
            seen_at=timezone.now() if account else None,
            device=data.get(DEVICE, "") if account else "",
        )

    @override
    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            KeptSession.objects.filter(session_key=digest_of(key)).delete()


def _is_over(row: KeptSession) -> bool:
    """Say whether somebody signed in too long ago, or did nothing for too long."""
    if row.account_id is None:
        return False
    if row.started_at is None or row.seen_at is None:
        return True
    now = timezone.now()
    idle: timedelta = settings.SESSION_IDLE
    longest = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return now - row.seen_at >= idle or now - row.started_at >= longest


def _touch(row: KeptSession) -> None:
    now = timezone.now()
    if row.seen_at is not None and now - row.seen_at >= _TOUCHED:
        KeptSession.objects.filter(session_key=row.session_key).update(seen_at=now)
