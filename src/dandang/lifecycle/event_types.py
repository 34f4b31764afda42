"""The closed list of events of a case: every name the ledger can hold, and its type."""

from collections.abc import Mapping
from types import MappingProxyType

from dandang.lifecycle.archive import events as archive
from dandang.lifecycle.casework.events import custody, ends, publishing, shape, stalling, work
from dandang.lifecycle.confirmation import events as confirmation
from dandang.lifecycle.contact import events as contact
from dandang.lifecycle.escalation import events as escalation
from dandang.lifecycle.intake import events as intake
from dandang.terms import Event

_MODULES = (
    custody,
    publishing,
    work,
    stalling,
    shape,
    ends,
    escalation,
    confirmation,
    intake,
    contact,
    archive,
)


def _declared(module: object) -> list[type[Event]]:
    return [
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Event) and value is not Event
    ]


EVENT_TYPES: Mapping[str, type[Event]] = MappingProxyType(
    {kind.type_name(): kind for module in _MODULES for kind in _declared(module)}
)

CUSTODY_EVENTS = frozenset(
    {
        "case_opened",
        "assigned",
        "handed_over",
        "returned",
        "dispute_decided",
        "escalated",
        "recused",
        "reopened",
        "unmerged",
    }
)
