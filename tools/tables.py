"""Writes the reference pages that are tables of the code: verbs, clocks, events, commands and more.

The text above the mark of each page is written by hand; what follows is generated, and a test
fails when it is not up to date.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from inspect import cleandoc
from pathlib import Path

from dandang.lifecycle.contact.sight import FIELDS, Eyes
from dandang.lifecycle.deadlines.clocks import CLOCKS, ClockRule
from dandang.lifecycle.event_types import CUSTODY_EVENTS, EVENT_TYPES
from dandang.lifecycle.states import ENDS, OPEN, State
from dandang.lifecycle.verbs import VERBS, Verb
from dandang.terms import Code
from tools.commands import commands
from tools.docs import ROOT, with_index


def verbs() -> str:
    """Return the table of verbs."""
    rows = (
        [
            f"`{verb.name}`" if verb.ready else f"`{verb.name}` (later)",
            ", ".join(sorted(verb.who)),
            _states(verb.states),
            _states(verb.goes_to) or "same",
            " / ".join(f"`{event}`" for event in verb.events),
            _fields(verb),
            "may move" if verb.custody else "stays",
        ]
        for verb in VERBS.values()
    )
    header = ["verb", "who", "from", "to", "events", "fields (optional in brackets)", "custody"]
    return _table(header, rows)


def clocks() -> str:
    """Return the table of clocks."""
    rows = (
        [
            f"`{rule.name}`",
            ", ".join(f"`{event}`" for event in sorted(rule.starts | rule.begins)),
            ", ".join(f"`{event}`" for event in sorted(rule.stops)) or "–",
            _states(rule.runs_in),
            _states(rule.pauses_in) or "never",
            _counts_from(rule),
        ]
        for rule in CLOCKS
    )
    return _table(["clock", "starts", "stops", "runs in", "pauses in", "counts from"], rows)


def _counts_from(rule: ClockRule) -> str:
    if rule.given:
        return "no span: the act names the time"
    return "the request was sent" if rule.from_opening else "its starting event"


def events() -> str:
    """Return the list of events with their fields."""
    rows = (
        [
            f"`{name}`" + (" (custody)" if name in CUSTODY_EVENTS else ""),
            ", ".join(
                f"*{field.name}*" if field.name in kind.personal else f"`{field.name}`"
                for field in fields(kind)
            )
            or "–",
            cleandoc(kind.__doc__ or "").split("\n\n")[0].replace("\n", " "),
        ]
        for name, kind in sorted(EVENT_TYPES.items())
    )
    return _table(["event", "fields (personal ones in italics)", "meaning"], rows)


def refusals() -> str:
    """Return the codes of refusals with their English words."""
    with _in_english():
        from dandang.interfaces.shared.words.refusals import REFUSALS  # noqa: PLC0415 needs Django

        return _table(
            ["code", "words"], ([f"`{code}`", str(REFUSALS[code])] for code in sorted(Code))
        )


def messages() -> str:
    """Return the templates of messages with their English words."""
    with _in_english():
        from dandang.notifications.words import TEMPLATES  # noqa: PLC0415 needs Django

        rows = (
            [f"`{code}`", one.kind.value, str(one.headline), " ".join(map(str, one.sentences))]
            for code, one in TEMPLATES.items()
        )
        return _table(["template", "to", "in one line", "in full"], rows)


_EYES = {
    Eyes.READERS: "whoever may read the case",
    Eyes.UNMASKED: "whoever unmasked it today",
    Eyes.OUTSIDE_SUPERVISION: "supervision, outside the holder's subtree",
    Eyes.OUTSIDE_LISTENERS: "supervision and call-back, outside the holder's subtree",
    Eyes.NOBODY: "nobody",
}


def permissions() -> str:
    """Return the table of fields and of whom they are shown to."""
    rows = (
        [
            f"`{name}`",
            _EYES[rule.full],
            "those who meet requesters" if rule.is_masked else "–",
            "yes" if rule.to_requester else "no",
        ]
        for name, rule in FIELDS.items()
    )
    return _table(["field", "officers who see it", "masked for", "its sender"], rows)


def figures() -> str:
    """Return the definitions of the figures, in the words that are shown beside them."""
    with _in_english():
        from dandang.publication.figures.definitions import DEFINITIONS  # noqa: PLC0415 as above

        rows = ([f"`{one.key}`", str(one.name), str(one.words)] for one in DEFINITIONS)
        return _table(["key", "figure", "what it is"], rows)


@contextmanager
def _in_english() -> Iterator[None]:
    """Let the words of the code be read as they are written."""
    from django.conf import settings  # noqa: PLC0415 few tables need words
    from django.utils import translation  # noqa: PLC0415 as above

    if not settings.configured:
        settings.configure(USE_I18N=False)
    with translation.override(None):
        yield


TABLES: dict[str, Callable[[], str]] = {
    "docs/reference/verbs.md": verbs,
    "docs/reference/clocks.md": clocks,
    "docs/reference/events.md": events,
    "docs/reference/refusals.md": refusals,
    "docs/reference/command-line.md": commands,
    "docs/reference/notifications.md": messages,
    "docs/reference/figures.md": figures,
    "docs/reference/permissions.md": permissions,
}


def page(name: str, root: Path = ROOT) -> str:
    """Return a page as it should be."""
    return with_index((root / name).read_text(encoding="utf-8"), TABLES[name]())


def _states(states: frozenset[State]) -> str:
    order = list(State)
    for whole, words in ((frozenset(State), "any"), (OPEN, "any open"), (ENDS, "any end")):
        if states == whole:
            return words
    return ", ".join(f"`{state}`" for state in sorted(states, key=order.index))


def _fields(verb: Verb) -> str:
    return (
        ", ".join(
            f"`{field.name}`" if field.required else f"(`{field.name}`)" for field in verb.fields
        )
        or "–"
    )


def _table(header: list[str], rows: Iterable[list[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |\n" for line in lines)


if __name__ == "__main__":
    for name in TABLES:
        (ROOT / name).write_text(page(name), encoding="utf-8")
    sys.stdout.write(f"Written: {', '.join(TABLES)}\n")
