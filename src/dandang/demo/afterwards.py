"""What people say after the work is done: how they rate it, and whether it still holds. Pure.

Who says what follows from the story alone, so that nothing else of the city depends on it.
"""

_SILENT_BACK, _RELAPSED = 7, 19
_BACK = 20
_STARS = (None, None, None, None, 5, 5, 4, 4, 3, 2)


def stars(turn: int, verdict: str) -> int | None:
    """Return the rating that goes with this judgement; None where nobody rates."""
    found = _STARS[turn // _BACK % len(_STARS)]
    return found if found is None or verdict != "no" else min(found, 2)


def still_holds(turn: int) -> bool | None:
    """Return what is said when somebody looks back; None where nobody answers."""
    drawn = turn % _BACK
    return None if drawn < _SILENT_BACK else drawn != _RELAPSED
