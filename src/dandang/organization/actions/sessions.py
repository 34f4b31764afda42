"""Ending sessions: one, all of an account, or all but the present one."""

from dandang.organization.models import Account, KeptSession
from dandang.organization.sessions import digest_of


def end_sessions(account: Account, *, besides: str | None = None) -> int:
    """End the sessions of an account, but for the one with this key; return how many."""
    rows = KeptSession.objects.filter(account=account)
    if besides is not None:
        rows = rows.exclude(session_key=digest_of(besides))
    return int(rows.delete()[0])


def end_session(account: Account, digest: str) -> bool:
    """End one session of an account, by the digest it is kept under; say whether there was one."""
    return bool(KeptSession.objects.filter(account=account, session_key=digest).delete()[0])
