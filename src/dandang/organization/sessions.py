"""Where sessions are kept: in the database, under digests of their keys.

Whoever reads the database, or a copy of it, cannot go on with anybody's session.
"""

import hashlib
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import connection
from django.utils import timezone
from typing_extensions import override

from dandang.organization.models import Account, KeptSession
from dandang.organization.version import Version

STARTED, DEVICE = "signed_in_at", "device"
"""Names in a session: when somebody signed in (ISO 8601), and with what."""

_ACCOUNT = "_auth_user_id"
_LENGTH = 40
_TOUCHED = timedelta(minutes=5)
"""How exactly it is written down when a session was last used."""


_OF_ACCOUNT = tuple(field.attname for field in Account._meta.concrete_fields)  # noqa: SLF001 Django's
_COLUMNS = ", ".join(f'account."{one.column}"' for one in Account._meta.concrete_fields)  # noqa: SLF001 as above
_BY_KEY = (
    "SELECT kept.session_data, kept.account_id, kept.started_at, kept.seen_at,"  # noqa: S608 constant
    " version.number, version.stamp, (SELECT at FROM organization_frozentime LIMIT 1),"
    f" {_COLUMNS} FROM organization_session kept"
    " LEFT JOIN organization_account account ON account.id = kept.account_id"
    " LEFT JOIN organization_version version ON true"
    " WHERE kept.session_key = %s AND kept.expire_date > %s"
)
_read_along: ContextVar[tuple[Any, ...]] = ContextVar("read_along", default=())
"""The account that was read with a session, until somebody asks whose session it is."""


def digest_of(session_key: str) -> str:
    """Return under what a session is kept: 160 bits of SHA-256 in hexadecimal digits."""
    return hashlib.sha256(session_key.encode()).hexdigest()[:_LENGTH]


class SessionStore(DatabaseStore):
    """A session, kept under the digest of its key, with whose it is.

    `is_used_by_itself`: a page asks again without its reader, which is no use of the session.
    `version` is that of the organization when the session was read, which spares every page of
    the desk a question of its own.
    """

    is_used_by_itself = False
    version: Version | None = None

    @classmethod
    @override
    def get_model_class(cls) -> type[KeptSession]:
        return KeptSession

    @override
    def load(self) -> dict[str, Any]:
        key, now = digest_of(self.session_key or ""), timezone.now()
        row = _kept(key, now)
        if row is None or _is_over(row, now):
            self._session_key = None
            return {}
        if not self.is_used_by_itself:
            _touch(key, row, now)
        self.version = row.version
        _read_along.set(row.owner)
        return dict(self.decode(row.data))

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


class _Kept(NamedTuple):
    data: str
    account: int | None
    started_at: datetime | None
    seen_at: datetime | None
    version: Version | None
    owner: tuple[Any, ...]


def account_read_along(number: int) -> Account | None:
    """Return the account with this primary key if it came with the session that was read last.

    Django finds the account right after it has read from the session whose it is, and does not
    say to its backend by which session. What came with one is given once, so that nobody gets an
    account that was read for an earlier request.
    """
    values = _read_along.get()
    _read_along.set(())
    account = Account.from_db(connection.alias, _OF_ACCOUNT, values) if values else None
    return account if account is not None and account.pk == number else None


def _kept(key: str, now: datetime) -> _Kept | None:
    # Asked by every request: plain SQL costs half of what a query set does.
    with connection.cursor() as cursor:
        cursor.execute(_BY_KEY, [key, now])
        row: tuple[Any, ...] | None = cursor.fetchone()
    if row is None:
        return None
    data, account, started_at, seen_at, number, stamp, frozen, *owner = row
    version = None if stamp is None else Version(number, stamp, frozen)
    return _Kept(data, account, started_at, seen_at, version, tuple(owner) if account else ())


def _is_over(row: _Kept, now: datetime) -> bool:
    """Say whether somebody signed in too long ago, or did nothing for too long."""
    if row.account is None:
        return False
    if row.started_at is None or row.seen_at is None:
        return True
    idle: timedelta = settings.SESSION_IDLE
    longest = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return now - row.seen_at >= idle or now - row.started_at >= longest


def _touch(key: str, row: _Kept, now: datetime) -> None:
    if row.seen_at is not None and now - row.seen_at >= _TOUCHED:
        KeptSession.objects.filter(session_key=key).update(seen_at=now)
