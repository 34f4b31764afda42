"""Holding the time still for training and demonstration."""

from datetime import datetime

from dandang.organization.models import FrozenTime


def freeze_time(at: datetime | None) -> None:
    """Let interfaces act at this time (aware) from now on; None lets the real time run again."""
    if at is None:
        FrozenTime.objects.all().delete()
    else:
        FrozenTime.objects.update_or_create(defaults={"at": at})


def lock_time() -> datetime | None:
    """Return the time that is held still, for this transaction alone to move; None if it runs."""
    return FrozenTime.objects.select_for_update().values_list("at", flat=True).first()
