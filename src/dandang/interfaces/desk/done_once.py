"""Acts for several cases, done once however often they are sent; what came of it is kept."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.db import connection
from django.http import QueryDict

_KEPT = "bulk"
_MOST_KEPT = 5
_KEY_LENGTH = 32
_NOT_SAID = frozenset({"csrfmiddlewaretoken"})


@dataclass(frozen=True, slots=True)
class Item:
    """What would come, or came, of an act for one case: where it stands then, or why not."""

    reference: str
    said: str
    is_done: bool


@dataclass(frozen=True, slots=True)
class Came:
    """What came of an act, case by case; `told` is what else its page needs to know."""

    items: tuple[Item, ...]
    told: Mapping[str, Any]


def do_once(
    session: SessionBase, sent: QueryDict, do: Callable[[], Sequence[Item]], **told: str
) -> str:
    """Do it, unless this very form was sent before; return the key under which it is remembered.

    A form is told by its token and everything in it: whoever goes back and writes something else
    into it does another thing.
    """
    key = _key(sent)
    with _alone(key):
        # Somebody may have sent the same while we waited.
        kept = type(session)(session.session_key).get(_KEPT, {})
        if key not in kept:
            entry = {"items": [asdict(one) for one in do()], **told}
            session[_KEPT] = dict([*kept.items(), (key, entry)][-_MOST_KEPT:])
            session.save()
    return key


def came_of(session: SessionBase, key: str) -> Came | None:
    """Return what came of what has this key, None where the session knows nothing of it."""
    kept = session.get(_KEPT, {}).get(key)
    if kept is None:
        return None
    told = {name: value for name, value in kept.items() if name != "items"}
    return Came(tuple(Item(**one) for one in kept["items"]), told)


def _key(sent: QueryDict) -> str:
    told = [(name, values) for name, values in sent.lists() if name not in _NOT_SAID]
    return sha256(json.dumps(sorted(told)).encode()).hexdigest()[:_KEY_LENGTH]


@contextmanager
def _alone(key: str) -> Iterator[None]:
    """Let nobody else send what has this key, until this is done."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [key])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [key])
