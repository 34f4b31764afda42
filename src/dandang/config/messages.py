"""Settings of messages: quiet hours and digests, from the environment."""

import os
import re
from datetime import time, timedelta

from django.core.exceptions import ImproperlyConfigured

from dandang.notifications.rules.timing import Hours

_CLOCK = r"(?:[01]\d|2[0-3]):[0-5]\d"
_QUIET = re.compile(rf"({_CLOCK})-({_CLOCK})")
_DIGEST = re.compile(rf"(\d{{1,3}})/(\d{{1,4}}) ({_CLOCK}(?:,{_CLOCK})*)")


def hours() -> Hours:
    """Return when people are left in peace, and when many messages become one.

    Raises ImproperlyConfigured on anything unclear.
    """
    quiet = _match("DANDANG_QUIET_HOURS", _QUIET, "21:00-08:00")
    digest = _match("DANDANG_DIGEST", _DIGEST, "5/60 11:30,16:30")
    return Hours(
        quiet_from=time.fromisoformat(quiet[1]),
        quiet_to=time.fromisoformat(quiet[2]),
        digest_after=int(digest[1]),
        digest_window=timedelta(minutes=int(digest[2])),
        digest_times=tuple(time.fromisoformat(clock) for clock in digest[3].split(",")),
    )


def _match(name: str, pattern: re.Pattern[str], default: str) -> re.Match[str]:
    text = os.environ.get(name) or default
    found = pattern.fullmatch(text)
    if found is None:
        raise ImproperlyConfigured(f"{name}={text!r}: write it as {default!r} is written")
    return found
