"""Drawing a sample again from the ledger alone, to see that it is the one that was drawn.

Every case is rebuilt from its events up to the entry that the draw names. Nothing of the rows of
cases or samples is used: they are compared with what the ledger gives.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from dandang.ledger.queries import entry_hash, events_of_types, stream_all
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.lifecycle.event_types import EVENT_TYPES
from dandang.lifecycle.replay import rebuild
from dandang.lifecycle.sampling.actions import event_of
from dandang.lifecycle.sampling.models import Draw, Item
from dandang.lifecycle.sampling.queries import sought_of
from dandang.lifecycle.sampling.rules import Sought, digest_of, drawn, seed_of, size_of
from dandang.organization.directory import Directory
from dandang.organization.queries import body_stream, present
from dandang.terms import Code, Refusal


@dataclass(frozen=True, slots=True)
class Recomputed:
    """A sample drawn again. `streams` are hex, in the order of the draw.

    What follows says whether the sample was drawn as its rows say, whether seed, frame and cases
    are those that were kept, and whether second readers said what is kept of them.
    """

    number: int
    seed: str
    frame: int
    streams: tuple[str, ...]
    same_draw: bool
    same_seed: bool
    same_frame: bool
    same_sample: bool
    same_judgements: bool

    @property
    def is_same(self) -> bool:
        """Whether everything is as it was kept."""
        drawn_so = self.same_draw and self.same_seed and self.same_frame and self.same_sample
        return drawn_so and self.same_judgements


def recompute(number: int) -> Recomputed:
    """Draw a sample again. Reads the whole ledger once, in bounded memory. Refuses `not_found`.

    The tree of units is that of today: after a change of it the frame of one unit can differ.
    """
    row = Draw.objects.filter(pk=number).first()
    if row is None:
        raise Refusal(Code.NOT_FOUND)
    sought = sought_of(row)
    seed = seed_of(entry_hash(row.upto), sought)
    frame = _frame(sought, row.upto)
    chosen = drawn(seed, frame, size_of(len(frame), sought))
    items = list(Item.objects.filter(draw=row).order_by("place").select_related("case"))
    kept = [bytes(item.case.stream) for item in items]
    return Recomputed(
        number=number,
        seed=seed.hex(),
        frame=len(frame),
        streams=tuple(stream.hex() for stream in chosen),
        same_draw=_recorded(number) == event_of(row, len(kept)).to_fields(),
        same_seed=seed.hex() == row.seed,
        same_frame=digest_of(frame) == row.frame_digest,
        same_sample=chosen == kept,
        same_judgements=_judgements(number, kept) == _kept_judgements(items),
    )


def _recorded(number: int) -> Mapping[str, object]:
    """Return the fields of the event with which the sample was drawn; none without one."""
    events = events_of_types([body_stream()], ["sample_drawn"])
    found = (event.fields for event in events if event.fields.get("sample") == number)
    return next(found, {})


def _judgements(number: int, streams: Sequence[bytes]) -> dict[bytes, tuple[object, object]]:
    """Return what the ledger says second readers said, the first of each case."""
    found: dict[bytes, tuple[object, object]] = {}
    for event in events_of_types(streams, ["sample_judged"]):
        if event.fields.get("draw") == number:
            said = (event.fields["answers"], event.fields["right"])
            found.setdefault(event.stream, said)
    return found


def _kept_judgements(items: Sequence[Item]) -> dict[bytes, tuple[object, object]]:
    judged = (item for item in items if item.judged_at is not None)
    return {bytes(item.case.stream): (item.answers, item.right) for item in judged}


def _frame(sought: Sought, upto: int) -> list[bytes]:
    directory = present().directory
    found = []
    for stream, events in groupby(stream_all(), key=lambda event: event.stream):
        state: CaseState | None = None
        for event in events:
            if event.type not in EVENT_TYPES:
                break
            if event.event_id <= upto:
                state = rebuild(state, event)
        if state is not None and _is_sought(state, sought, directory):
            found.append(stream)
    return found


def _is_sought(state: CaseState, sought: Sought, directory: Directory) -> bool:
    if state.ended_at is None or state.end_cause == "imported" or state.state not in sought.ends:
        return False
    begins, _ = directory.span_of(sought.first)
    _, ends = directory.span_of(sought.last)
    if not begins <= state.ended_at < ends:
        return False
    return not sought.unit or directory.in_subtree(state.holder_unit, sought.unit)
