"""What can come of a call."""

from enum import StrEnum


class Result(StrEnum):
    """What came of a call. The first three are what an officer records."""

    TOLD = "told"
    """The requester was reached and told; an answer is recorded in the case itself."""
    NOT_REACHED = "not_reached"
    """Nobody answered: it is tried again, until it is given up."""
    WRONG_NUMBER = "wrong_number"
    """The number leads nowhere or to somebody else: it is not called again."""
    OVERTAKEN = "overtaken"
    """There is nothing to call about any more: answered meanwhile, or something newer is."""
