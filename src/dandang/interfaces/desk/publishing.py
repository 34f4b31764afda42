"""What stands beside the form that publishes a text: the original, what was found, a preview."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from dandang.interfaces.desk.forms import VerbForm
from dandang.interfaces.desk.timeline import History
from dandang.lifecycle.redaction.marks import Mark, MarkKind, marks_in, without
from dandang.lifecycle.redaction.numbers import Number, numbers_in, without_numbers

VERB = "publish-text"
_FIELDS = ("title", "place", "text")
_WRITTEN_AS = {"title": "title", "place": "location", "text": "text"}
_MOST_TICKS = 200

Part = tuple[str, str]
"""A piece of a text, and what it was found to be: "number", "name", "address" or nothing."""


@dataclass(frozen=True, slots=True)
class Beside:
    """Texts with what was found in them: as they were written, and as they would be published.

    `found` are the names and addresses that still stand in the form, each with its kind.
    """

    original: Mapping[str, Sequence[Part]]
    public: Mapping[str, Sequence[Part]]
    found: tuple[tuple[str, str], ...]


def proposed(events: History) -> dict[str, str]:
    """Return what to begin with: the text as it was published last, else the words of the sender.

    Numbers that belong to a person are taken out of these.
    """
    for event, personal in reversed(events):
        if event.type == "text_published" and personal.get("text"):
            return {name: str(personal.get(name) or "") for name in _FIELDS}
    return {name: without_numbers(text) for name, text in _written(events).items()}


def taken_out(typed: QueryDict) -> dict[str, str]:
    """Return what was typed, without the names and addresses that were ticked."""
    ticked = typed.getlist("take")[:_MOST_TICKS]
    given = typed.dict()
    return {
        name: without(str(given[name]), ticked) if name in _FIELDS else str(given[name])
        for name in given
    }


def beside(events: History, form: VerbForm, *, is_preview: bool) -> Beside:
    """Return what stands beside the form as it is filled in now."""
    now = {name: str(form[name].value() or "") for name in _FIELDS}
    found = {
        text[mark.start : mark.end]: mark.kind.value
        for text in now.values()
        for mark in marks_in(text)
    }
    return Beside(
        original={name: _parts(text) for name, text in _written(events).items()},
        public={name: _parts(text) for name, text in now.items()} if is_preview else {},
        found=tuple(sorted(found.items(), key=lambda one: (one[1] != MarkKind.NAME, one[0]))),
    )


def _written(events: History) -> dict[str, str]:
    _, personal = events[0]
    return {name: str(personal.get(written) or "") for name, written in _WRITTEN_AS.items()}


def _parts(text: str) -> list[Part]:
    """Return a text in parts; of what overlaps, a number goes before a name or an address."""
    numbers = numbers_in(text)
    marks = [mark for mark in marks_in(text) if not any(_overlap(mark, one) for one in numbers)]
    kinds = {(one.start, one.end): "number" for one in numbers}
    kinds |= {(mark.start, mark.end): mark.kind.value for mark in marks}
    parts: list[Part] = []
    reached = 0
    for (start, end), kind in sorted(kinds.items()):
        parts += [(text[reached:start], ""), (text[start:end], kind)]
        reached = end
    return [part for part in (*parts, (text[reached:], "")) if part[0]]


def _overlap(mark: Mark, number: Number) -> bool:
    return mark.start < number.end and number.start < mark.end
