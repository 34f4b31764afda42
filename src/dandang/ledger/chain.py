"""The entries of one stream and the chain they form: every entry names the hash of the one before.

A stream is what has a history of its own: a case, or the body itself. The format is in
`docs/reference/ledger-format.md`.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from dandang.ledger import base64url
from dandang.ledger.disclosures import DIGEST_METHOD, digest

VERSION = 1
STREAM_BYTES = 16
HASH_BYTES = 32

_KEYS = frozenset({"v", "log", "case", "cseq", "prev", "type", "at", "_sd_alg", "_sd"})
_LEAF = b"\x00"  # RFC 6962 §2.1: a leaf can never be taken for an inner node of the tree
_ORIGIN = re.compile(r"[!-*,-~]{1,255}")  # ASCII, without spaces and "+" (signed-note key names)
_TYPE = re.compile(r"[a-z][a-z_]{0,63}")
_TOO_LARGE = 2**53  # RFC 8785: not every JSON reader can hold it exactly
_DIGEST_CHARACTERS = 43
# 32 bytes each: two last bits are zero
_DIGESTS = re.compile(r"(?:[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048])*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One event as the log holds it: no personal data, no names, no free text.

    `stream` is a random tag (16 bytes), `seq` counts from 0 within it, `prev` is the leaf hash of
    the entry before (None for the first). `at` is when it was recorded (UTC, whole seconds).
    `digests` commit to everything else and are sorted.

    Raises ValueError when a value breaks the format.
    """

    log: str
    stream: bytes
    seq: int
    prev: bytes | None
    type: str
    at: datetime
    digests: tuple[str, ...]

    def __post_init__(self) -> None:
        checks = {
            "log": is_origin(self.log),
            "case": len(self.stream) == STREAM_BYTES,
            "cseq": type(self.seq) is int and 0 <= self.seq < _TOO_LARGE,  # JSON true is no number
            "prev": (self.prev is None) == (self.seq == 0)
            and (self.prev is None or len(self.prev) == HASH_BYTES),
            "type": _is_type(self.type),
            "at": self.at.utcoffset() is not None and self.at.microsecond == 0,
            "_sd": _are_digests(self.digests),
        }
        wrong = [name for name, right in checks.items() if not right]
        if wrong:
            raise ValueError(f"not an entry: {', '.join(wrong)}")


class Fault(StrEnum):
    """What can be wrong with an entry at its place in a stream."""

    WRONG_HASH = "wrong_hash"
    UNREADABLE = "unreadable"
    FOREIGN_LOG = "foreign_log"
    FOREIGN_STREAM = "foreign_stream"
    WRONG_SEQ = "wrong_seq"
    BROKEN_LINK = "broken_link"
    WRONG_DISCLOSURE = "wrong_disclosure"
    WRONG_COLUMNS = "wrong_columns"


@dataclass(frozen=True, slots=True)
class ChainProblem:
    """The first fault of a stream and its position, counted from 0."""

    position: int
    fault: Fault


@dataclass(frozen=True, slots=True)
class Columns:
    """What a table repeats of an entry, to be found and read without opening it."""

    seq: int
    type: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as kept: its exact bytes, its leaf hash, the disclosures that were not erased.

    `columns` is None where an entry is handed on without a table.
    """

    entry: bytes
    leaf_hash: bytes
    disclosures: Sequence[str] = ()
    columns: Columns | None = None


@lru_cache(maxsize=16)  # a log has one name
def is_origin(text: str) -> bool:
    """Say whether the text can name a log: ASCII without spaces and "+" (it becomes a key name)."""
    return _ORIGIN.fullmatch(text) is not None


@lru_cache(maxsize=512)  # the types of events are few
def _is_type(text: str) -> bool:
    return _TYPE.fullmatch(text) is not None


def build_entry(entry: Entry) -> bytes:
    """Return the exact bytes of an entry: canonical JSON (RFC 8785).

    Written out, because that is a tenth of the work of writing any value canonically: the keys
    are sorted, and of what an entry may hold only the name of the log has signs to be escaped.
    """
    digests = ",".join([f'"{one}"' for one in entry.digests])
    prev = "null" if entry.prev is None else f'"{base64url.encode(entry.prev)}"'
    text = (
        f'{{"_sd":[{digests}],"_sd_alg":"{DIGEST_METHOD}",'
        f'"at":"{_second(entry.at)}","case":"{base64url.encode(entry.stream)}",'
        f'"cseq":{entry.seq},"log":{json.dumps(entry.log)},"prev":{prev},'
        f'"type":"{entry.type}","v":{VERSION}}}'
    )
    return text.encode("ascii")


def parse_entry(data: bytes) -> Entry:
    """Read an entry back. Raises ValueError unless the bytes are those `build_entry` writes.

    Only one writing is accepted because two readers must never see different things in the same
    bytes (a key given twice, for instance).
    """
    try:
        values = json.loads(data)
        if not isinstance(values, dict) or values.keys() != _KEYS:
            raise ValueError("not an entry: keys")
        entry = _from_json(values)
    except (TypeError, AttributeError, RecursionError) as error:
        raise ValueError("not an entry: types") from error
    if build_entry(entry) != data:
        raise ValueError("not an entry: not canonical")
    return entry


def leaf_hash(entry: bytes) -> bytes:
    """Return the hash of an entry as a leaf of the log's tree (RFC 6962 §2.1)."""
    return hashlib.sha256(_LEAF + entry).digest()


def check_chain(links: Iterable[Link], *, log: str, stream: bytes) -> ChainProblem | None:
    """Return the first problem of a stream's entries, given in order from the first; None if none.

    Finds every changed, missing, repeated, foreign or swapped entry, and every disclosure and
    column that does not belong to it, up to the last entry given. That nothing is missing *after*
    it, and that not all of it was rewritten together, only the signed tree can show.
    """
    prev: bytes | None = None
    for position, link in enumerate(links):
        fault = _fault(link, _Place(log=log, stream=stream, seq=position, prev=prev))
        if fault is not None:
            return ChainProblem(position, fault)
        prev = link.leaf_hash
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where an entry has to fit."""

    log: str
    stream: bytes
    seq: int
    prev: bytes | None


def _fault(link: Link, place: _Place) -> Fault | None:
    if leaf_hash(link.entry) != link.leaf_hash:
        return Fault.WRONG_HASH
    try:
        entry = parse_entry(link.entry)
    except ValueError:
        return Fault.UNREADABLE
    checks = (
        (Fault.FOREIGN_LOG, entry.log == place.log),
        (Fault.FOREIGN_STREAM, entry.stream == place.stream),
        (Fault.WRONG_SEQ, entry.seq == place.seq),
        (Fault.BROKEN_LINK, entry.prev == place.prev),
        (Fault.WRONG_DISCLOSURE, _belong(link.disclosures, entry)),
        (Fault.WRONG_COLUMNS, link.columns in (None, Columns(entry.seq, entry.type, entry.at))),
    )
    return next((fault for fault, right in checks if not right), None)


def _belong(disclosures: Sequence[str], entry: Entry) -> bool:
    known = set(entry.digests)
    return all(text.isascii() and digest(text) in known for text in disclosures)


@lru_cache(maxsize=16)  # those of one append were recorded together
def _second(at: datetime) -> str:
    return f"{at.astimezone(UTC).replace(tzinfo=None).isoformat()}Z"


def _are_digests(texts: tuple[str, ...]) -> bool:
    rising = list(texts) == sorted(set(texts))
    whole = set(map(len, texts)) <= {_DIGEST_CHARACTERS}
    return rising and whole and _DIGESTS.fullmatch("".join(texts)) is not None


def _from_json(values: dict[str, Any]) -> Entry:
    prev = values["prev"]
    return Entry(
        log=values["log"],
        stream=base64url.decode(values["case"]),
        seq=values["cseq"],
        prev=None if prev is None else base64url.decode(prev),
        type=values["type"],
        at=datetime.fromisoformat(values["at"]),
        digests=tuple(values["_sd"]),
    )
