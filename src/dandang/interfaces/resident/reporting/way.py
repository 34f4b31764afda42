"""The way through a report: its steps, what comes next, how far somebody is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dandang.lifecycle.intake.drafts import Draft

STEPS: Mapping[str, str | Promise] = MappingProxyType(
    {
        "where": _("Where it is"),
        "similar": _("Similar matters"),
        "what": pgettext_lazy("step", "What has happened"),
        "contact": _("How to reach you"),
        "check": _("Check and send"),
    }
)
"""The steps in their order, by the last part of their address."""

TO_FILL_IN = ("where", "what", "contact")
"""The steps without which nothing can be sent."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One step as the head of the page shows it."""

    words: str | Promise
    is_done: bool
    is_here: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """How far somebody is: step `number` of `total`, called `words`."""

    number: int
    total: int
    words: str | Promise
    marks: tuple[Mark, ...]


def progress(here: str) -> Progress:
    """Return how far somebody is who is at a step: those before it are behind them."""
    names = list(STEPS)
    at = names.index(here)
    marks = tuple(Mark(STEPS[name], n < at, n == at) for n, name in enumerate(names))
    return Progress(at + 1, len(names), STEPS[here], marks)


def next_step(draft: Draft, has_similar: Callable[[], bool]) -> str:
    """Return the step that comes next: the first that is not done, then the check.

    Similar matters come before the words are written, where the place has some, and once more
    after, where the words find others; where there are none they are passed over. Who was shown
    them goes on, however many there are.
    """
    if "where" not in draft.done:
        return "where"
    if "similar" not in draft.done and has_similar():
        return "similar"
    if "what" not in draft.done:
        return "what"
    return "contact" if "contact" not in draft.done else "check"


def missing_step(draft: Draft) -> str:
    """Return the first step without which nothing can be sent, "" where none is missing."""
    return next((step for step in TO_FILL_IN if step not in draft.done), "")
