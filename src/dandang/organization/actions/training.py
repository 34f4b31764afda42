"""Holding the time still for training and demonstration."""

from datetime import datetime

from dandang.organization.models import FrozenTime


def freeze_time(at: datetime | None) -> None:
    """Let interfaces act at this time (aware) from now on; None lets the real time run again."""
    if at is None:
        FrozenTime.objects.all().delete()
    else:
        FrozenTime.objects.update_or_create(defaults={"at": at})
