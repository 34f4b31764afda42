"""What stands around a case on its page: promises, answers, files, what may be the same matter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.functional import Promise as Words
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dandang.interfaces.desk.access import OpenCase
from dandang.interfaces.desk.case_alike import Alike, alike
from dandang.interfaces.desk.case_earlier import Earlier, earlier_of
from dandang.interfaces.desk.timeline import Line
from dandang.interfaces.shared.origins import written_by
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import moment
from dandang.ledger.queries import StoredEvent
from dandang.lifecycle.casework.files.queries import ListedFile
from dandang.lifecycle.casework.promised import promises_of
from dandang.lifecycle.casework.rules.promises import Fate, Promise

_FATES: Mapping[Fate | None, str | Words] = MappingProxyType(
    {
        None: gettext_lazy("open"),
        Fate.KEPT: gettext_lazy("kept"),
        Fate.BROKEN: gettext_lazy("broken"),
        Fate.REPLACED: gettext_lazy("replaced by another date"),
        Fate.DROPPED: gettext_lazy("the case ended before"),
    }
)

History = Sequence[tuple[StoredEvent, Mapping[str, object]]]


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise in words. `tag` is how it looks: late where it was broken, ok where kept."""

    until: str
    unit: str
    made: str
    text: str
    fate: str
    tag: str


@dataclass(frozen=True, slots=True)
class Attached:
    """The files that came with one entry; `number` is that of the entry."""

    number: int
    who: str
    when: str
    files: tuple[ListedFile, ...]


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a case. `alike` is empty for parts of others and once it has ended."""

    promises: tuple[Promised, ...]
    attached: tuple[Attached, ...]
    alike: tuple[Alike, ...]
    can_merge: bool
    earlier: Earlier


def around_of(
    opened: OpenCase, history: History, lines: Sequence[Line], *, can_merge: bool
) -> Around:
    """Return what stands around a case for this officer. A set number of queries."""
    case = opened.view.state
    is_compared = case.is_open and not case.parent and not case.set_by
    said = "\n".join(
        str(written_by(1, history).get(name) or "") for name in ("title", "location", "text")
    )
    return Around(
        promises=tuple(_promised(one, opened, history) for one in promises_of(opened.view.stream)),
        attached=tuple(
            Attached(line.number, line.who, line.when, line.files) for line in lines if line.files
        ),
        alike=alike(opened, said, by_text=can_merge) if is_compared else (),
        can_merge=can_merge,
        earlier=earlier_of(opened, history),
    )


def _promised(one: Promise, opened: OpenCase, history: History) -> Promised:
    facts = opened.facts
    names = Names(facts.directory, facts.policy)
    said = (personal for event, personal in history if event.event_id == one.event_id)
    is_late = one.fate is None and one.promised_for < facts.now
    late = "late" if is_late or one.fate is Fate.BROKEN else ""
    return Promised(
        until=moment(one.promised_for, facts.now),
        unit=names.unit(one.unit),
        made=moment(one.made_at, facts.now),
        text=str(next(said, {}).get("text") or _("(erased)")),
        fate=_("open, and late") if is_late else str(_FATES[one.fate]),
        tag="ok" if one.fate is Fate.KEPT else late,
    )
