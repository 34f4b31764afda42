"""A plain case in memory, which tests of its words change as they need."""

from datetime import timedelta

from dandang.interfaces.shared.words.names import Names
from dandang.lifecycle.casework.rules.particulars import Assist
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.lifecycle.states import State
from tests import town

NOW = town.MONDAY
SOON, LATER = NOW + timedelta(days=1), NOW + timedelta(days=2)
PLAIN = CaseState(
    state=State.IN_PROGRESS,
    holder="water-duty",
    holder_unit="water",
    kind="request",
    channel="web",
    policy="",
    case_class="ordinary",
    sent_at=NOW,
    counts_from=NOW,
    held_since=NOW,
)
HELP = Assist("housing-duty", "housing", LATER), Assist("cityman-duty", "cityman", SOON)


def names():
    return Names(town.directory(), town.policy())
