"""A contribution as it is kept in JSON; when it changes by itself is kept beside that."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from dandang.publication.figures.rules.contribution import NOTHING, Contribution


def to_json(one: Contribution) -> dict[str, object]:
    """Return a contribution as JSON values, without `until`."""
    if one.received_on is None:
        return {}
    values: dict[str, object] = {
        "slices": [list(slice_) for slice_ in one.slices],
        "received_on": one.received_on.isoformat(),
        "received": list(one.received),
    }
    if one.ended_on is not None:
        values |= {"ended_on": one.ended_on.isoformat(), "ended": dict(one.ended)}
    return values


def from_json(values: Mapping[str, Any]) -> Contribution:
    """Return the contribution that `to_json` made these values of."""
    if not values:
        return NOTHING
    ended_on = values.get("ended_on")
    return Contribution(
        slices=tuple((dimension, value) for dimension, value in values["slices"]),
        received_on=date.fromisoformat(values["received_on"]),
        received=tuple(values["received"]),
        ended_on=date.fromisoformat(ended_on) if ended_on else None,
        ended=values.get("ended", {}),
    )
