"""Other cases that a case belongs to: its parent, its parts, those it was joined with."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from dandang.interfaces.desk.access import OpenCase
from dandang.interfaces.shared.words.cases import STATES, word
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import moment
from dandang.ledger import base64url
from dandang.ledger.queries import StoredEvent
from dandang.lifecycle.casework.related import Related, related
from dandang.lifecycle.casework.rules.permit import acting_post, may_read
from dandang.lifecycle.verbs import VERBS

_NAMES = ("parent", "into", "out_of", "child", "from_case", "to_case", "recurrence_of")
"""Fields of events that name another case."""

History = Iterable[tuple[StoredEvent, Mapping[str, object]]]


@dataclass(frozen=True, slots=True)
class Kin:
    """Another case. `title` is "" for who may not read it; `can_undo` is for a merged one."""

    reference: str
    title: str
    state: str
    holder: str
    due: str
    is_open: bool
    can_read: bool
    can_undo: bool


@dataclass(frozen=True, slots=True)
class Family:
    """The cases around one. `cases` holds all that its events name, by tag."""

    cases: Mapping[str, Kin]
    parent: Kin | None = None
    parts: tuple[Kin, ...] = ()
    open_parts: int = 0
    joined: tuple[Kin, ...] = ()
    merged_into: Kin | None = None

    def __bool__(self) -> bool:
        return bool(self.parent or self.parts or self.joined or self.merged_into)


def tags_of(event: StoredEvent) -> Iterator[str]:
    """Yield the tags of the cases that an event names."""
    yield from (str(event.fields[name]) for name in _NAMES if event.fields.get(name))
    children = event.fields.get("children")
    if isinstance(children, list):
        yield from map(str, children)


def family_of(opened: OpenCase, history: History) -> Family:
    """Return the cases around this one, as far as the officer may see them. Two queries."""
    case = opened.view.state
    events = [event for event, _personal in history]
    named = [tag for event in events for tag in tags_of(event)]
    found = related(named)
    tag_here = base64url.encode(opened.view.stream)
    cases = {
        tag: _kin(one, opened, is_near=tag == case.parent or one.state.parent == tag_here)
        for tag, one in found.items()
    }
    children = [
        tag for event in events if event.type == "split" for tag in tags_of(event) if tag in cases
    ]
    joined = dict.fromkeys(one.from_case for one in case.active if one.from_case)
    return Family(
        cases=cases,
        parent=cases.get(case.parent),
        parts=tuple(cases[tag] for tag in children),
        open_parts=case.open_children,
        joined=tuple(cases[tag] for tag in joined if tag in cases),
        merged_into=cases.get(case.merged_into),
    )


def _kin(one: Related, opened: OpenCase, *, is_near: bool) -> Kin:
    near = frozenset({opened.view.state.holder_unit} if is_near else ())
    facts = replace(opened.facts, case=one.state, kin_units=near)
    names = Names(facts.directory, facts.policy)
    can_read = may_read(facts)
    unmerge = VERBS["unmerge"]
    total = one.state.total
    return Kin(
        reference=one.reference,
        title=(one.title or _("(erased)")) if can_read else "",
        state=word(STATES, one.state.state),
        holder=names.unit(one.state.holder_unit),
        due=moment(total.at, facts.now) if one.state.is_open and total and total.at else "",
        is_open=one.state.is_open,
        can_read=can_read,
        can_undo=can_read
        and one.state.state in unmerge.states
        and acting_post(facts, unmerge) is not None,
    )
