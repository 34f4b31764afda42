"""Events of cases as CloudEvents 1.0 in structured JSON, without anything personal; pure.

Deny by default: a field of an event is told only where `TOLD` names it. Personal fields are not in
the ledger's entries at all; left out besides are codes of officers (`WITHHELD`), what a person
typed in a line, and the units that complaints are about.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from dandang.terms import ActorKind, Due
from dandang.terms.event import JsonValue

CONTENT_TYPE = "application/cloudevents+json; charset=utf-8"
TYPE_PREFIX = "dandang.case."
TEST_TYPE = "dandang.test"

TOLD = frozenset(
    {
        # posts, units, classes
        *("to_post", "to_unit", "from_post", "from_unit", "by_post", "of_post", "of_unit"),
        *("wanted_post", "wanted_unit", "called_post", "called_unit", "sponsor_post"),
        *("purpose", "asked_seq"),
        *("sponsor_unit", "set_by", "post", "kind", "channel", "policy", "case_class", "category"),
        *("from_category", "to_category", "area", "why", "duty", "target", "answered_by"),
        # what it is and how it goes on
        *("reason", "outcome", "verdict", "agreed", "collected", "results_in", "begins_as", "end"),
        *("cause", "ground", "decision", "act", "how", "holds", "internal", "left", "drawn"),
        *("refusals", "reachable", "happening_now", "was_contacted", "publishes", "lists"),
        *("on_behalf", "read_back", "may_publish", "allowed"),
        *("clock", "step", "mark", "request", "call", "corrects_seq", "objection_seq"),
        "notice",
        # times
        *("sent_at", "counts_from", "due_at", "due_by", "promised_by", "promised_for", "until"),
        *("asked_at", "expected_at", "check_at", "confirm_not_before", "inherited_at"),
        *("waited_minutes", "working_days", "reviewed_at", "external_due"),
        # other cases, other systems
        *("parent", "root", "parent_request", "children", "child", "into", "out_of", "to_case"),
        *("from_case", "from_request", "recurrence_of", "external_ref", "source", "source_id"),
        *("ended", "claimed_sent_at", "claimed_ended_at", "claimed_state"),
    }
)
WITHHELD_OF = {"judged": frozenset({"request"}), "rated": frozenset({"request"})}
"""Whose answer it was is not told either, by event."""
WITHHELD = frozenset(
    {
        # officers, who are people
        *("officer", "second_reader", "second_officer", "conflicts", "who", "told"),
        # what somebody typed
        *("missing", "basis", "body", "article", "acceptance_number", "review_number"),
        # whom a complaint is about
        *("subject_units", "unit", "released"),
        # what a holder says keeps a case from going on, which is for those above
        *("obstacle", "remedy", "since"),
        # what requesters think of a unit, as long as they can still change it
        "stars",
        # what a second reader says of the work of others
        *("draw", "answers", "right"),
        # of no use to others
        *("digests", "deadlines", "asked_for"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One event of a case. `index` is its place in the log, `seq` that in its case.

    `reference` is the case's own. Instants are aware.
    """

    index: int
    seq: int
    type: str
    reference: str
    occurred_at: datetime
    recorded_at: datetime
    actor: ActorKind
    post: str
    fields: Mapping[str, JsonValue]
    dues: tuple[Due, ...] = ()


def write_event(origin: str, it: Occurrence) -> bytes:
    """Return the event as UTF-8 JSON: the same bytes whenever it is written again.

    `origin` is the name of the ledger; with the id it is unique in the world.
    """
    told = TOLD - WITHHELD_OF.get(it.type, frozenset())
    data = {
        "seq": it.seq,
        "recorded_at": _instant(it.recorded_at),
        "actor": it.actor.value,
        "post": it.post or None,
        "fields": {name: value for name, value in it.fields.items() if name in told},
        "clocks": [*_clocks(it.dues)],
    }
    return _envelope(
        origin,
        id=str(it.index),
        type=TYPE_PREFIX + it.type,
        subject=it.reference,
        time=_instant(it.occurred_at),
        data=data,
    )


def write_test(origin: str, number: str, at: datetime) -> bytes:
    """Return an event that says nothing but that it is a test."""
    return _envelope(origin, id=f"test-{number}", type=TEST_TYPE, time=_instant(at), data={})


def _envelope(origin: str, **attributes: object) -> bytes:
    whole = {
        "specversion": "1.0",
        "source": origin,
        "datacontenttype": "application/json",
        **attributes,
    }
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _clocks(dues: Iterable[Due]) -> Iterable[dict[str, object]]:
    """Yield the clocks that the event set; `due_at` is null for those it stopped."""
    for due in dues:
        flags = {"provisional": due.provisional, "paused": due.paused}
        yield {
            "name": due.clock,
            "due_at": _instant(due.at) if due.at else None,
            **{name: True for name, is_set in flags.items() if is_set},
        }


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
