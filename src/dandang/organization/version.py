"""Which version of the organization is true: read with a session, or asked for."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID


class Version(NamedTuple):
    """Which version of the organization is true, and what `frozen_time` says."""

    number: int
    stamp: UUID
    frozen: datetime | None
