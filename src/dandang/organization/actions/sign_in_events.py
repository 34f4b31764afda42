"""Writing down what happened about getting in, and forgetting it when its time is over."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from dandang.organization.access.kinds import Happened
from dandang.organization.models import Account, SignInEvent
from dandang.terms import Actor


@dataclass(frozen=True, slots=True)
class Circumstances:
    """With what somebody came (a coarse word), and a keyed digest of where from."""

    device: str = ""
    source: bytes = b""


NONE = Circumstances()


def write_down(
    kind: Happened,
    account: Account | None,
    *,
    now: datetime,
    by: Actor | None = None,
    detail: str = "",
    seen: Circumstances = NONE,
) -> None:
    """Write down what happened to an account, or to none where a name was wrong.

    `by` is who did it where it was not the person; `detail` is a code.
    """
    SignInEvent.objects.create(
        at=now,
        kind=kind.value,
        account=account,
        by="" if by is None else str(by),
        device=seen.device,
        source=seen.source,
        detail=detail,
        keep_until=now + timedelta(days=settings.SIGN_IN_DAYS),
    )


def forget(now: datetime) -> int:
    """Delete what need not be kept any longer; return how much that was."""
    return int(SignInEvent.objects.filter(keep_until__lt=now).delete()[0])
