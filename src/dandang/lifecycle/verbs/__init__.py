"""The one table of verbs: what can be done to a case, by whom, from where, with which fields.

Desk forms, command line, REST and the permission matrix are driven by this table or tested
against it, so a verb exists everywhere or nowhere. `ready` marks the verbs that can be done now.
"""

from collections.abc import Mapping
from types import MappingProxyType

from dandang.lifecycle.verbs import calls, contact, custody, ends, publishing, work
from dandang.lifecycle.verbs.shape import Field, Kind, Verb, Who

__all__ = ["READY", "VERBS", "Field", "Kind", "Verb", "Who"]

VERBS: Mapping[str, Verb] = MappingProxyType(
    {
        verb.name: verb
        for verb in (
            *custody.ROWS,
            *work.ROWS,
            *publishing.ROWS,
            *calls.ROWS,
            *contact.ROWS,
            *ends.ROWS,
        )
    }
)
READY: Mapping[str, Verb] = MappingProxyType(
    {name: verb for name, verb in VERBS.items() if verb.ready}
)
