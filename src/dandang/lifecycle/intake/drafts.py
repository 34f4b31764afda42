"""Reports that are not sent yet: kept for fourteen days, deleted for good when sent or given up.

Whoever knows the token of a draft has the draft; it is kept under the token's hash.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from django.db import transaction

from dandang.lifecycle.intake.models import DraftRow
from dandang.lifecycle.intake.queries import sent_as
from dandang.terms import Code, Refusal

KEPT = timedelta(days=14)
"""How long a draft is kept after the last change."""
MOST_CHARACTERS = 40_000
"""What is longer in one field is not kept: it could not be sent either."""

Typed = Mapping[str, str]
"""What was typed, by field."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A report that somebody has begun.

    `typed` is what was typed, by step; `done` are the steps without mistakes; `declined` are the
    references of public matters that the writer says are others. `changed_at` is when it was last
    written to (UTC; None before).
    """

    typed: Mapping[str, Typed] = field(default_factory=dict)
    done: Sequence[str] = ()
    declined: Sequence[str] = ()
    changed_at: datetime | None = None

    def with_step(self, step: str, typed: Typed, *, is_done: bool) -> "Draft":
        """Return the draft with what was typed in a step, and whether it is without mistakes."""
        kept = {name: text for name, text in typed.items() if _can_be_kept(text)}
        done = [one for one in self.done if one != step] + ([step] if is_done else [])
        return replace(self, typed={**self.typed, step: kept}, done=done)

    def without_step(self, step: str) -> "Draft":
        """Return the draft with this step to be gone through again."""
        return replace(self, done=[one for one in self.done if one != step])

    def without(self, references: Sequence[str]) -> "Draft":
        """Return the draft with these matters declined."""
        return replace(self, declined=list(dict.fromkeys((*self.declined, *references))))


def find_draft(key: str, *, now: datetime) -> Draft | None:
    """Return the draft kept under this key; None where there is none, or it is too old."""
    row = DraftRow.objects.filter(key=key, changed_at__gt=now - KEPT).first()
    return _draft(row) if row else None


def change_draft(key: str, change: Callable[[Draft], Draft], *, now: datetime) -> Draft:
    """Change the draft under this key, an empty one where there is none, and return it.

    Two changes at once follow each other, so that two tabs do not lose each other's steps. Refuses
    `changed_meanwhile` where it was sent: nothing is kept under that key any more.
    """
    with transaction.atomic():
        DraftRow.objects.filter(key=key, changed_at__lte=now - KEPT).delete()
        row = _locked(key, now)
        draft = replace(change(_draft(row)), changed_at=now)
        row.typed, row.done, row.declined = draft.typed, list(draft.done), list(draft.declined)
        row.changed_at = now
        row.save()
    return draft


def forget_draft(key: str) -> bool:
    """Delete the draft under this key with its files, for good; say whether there was one."""
    gone, _ = DraftRow.objects.filter(key=key).delete()
    return gone > 0


def forget_old_drafts(*, now: datetime, limit: int = 500) -> int:
    """Delete drafts nobody has written to for fourteen days, at most so many; return how many."""
    old = DraftRow.objects.filter(changed_at__lte=now - KEPT).order_by("changed_at")[:limit]
    keys = list(old.values_list("pk", flat=True))
    DraftRow.objects.filter(pk__in=keys).delete()
    return len(keys)


def _locked(key: str, now: datetime) -> DraftRow:
    """Return the draft under this key, an empty one where there is none, for this transaction."""
    row = None
    while row is None:  # it was sent or given up while it was waited for
        _, is_new = DraftRow.objects.get_or_create(key=key, defaults={"changed_at": now})
        if is_new and sent_as(key):
            raise Refusal(Code.CHANGED_MEANWHILE)
        row = DraftRow.objects.select_for_update().filter(key=key).first()
    return row


def _can_be_kept(text: str) -> bool:
    """Say whether a text fits; no row can hold NUL, nor half a character."""
    whole = text.encode("utf-8", "ignore").decode() == text
    return whole and "\0" not in text and len(text) <= MOST_CHARACTERS


def _draft(row: DraftRow) -> Draft:
    return Draft(row.typed, row.done, row.declined, row.changed_at)
