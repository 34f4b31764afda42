"""What may be the same matter as a case, beside it on its page: a few cases, and why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from django.utils.translation import gettext as _

from dandang.interfaces.desk.access import OpenCase
from dandang.interfaces.shared.words.cases import STATES, word
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import moment
from dandang.lifecycle.casework.candidates import Candidate, candidates, candidates_named
from dandang.lifecycle.casework.keeping_out import kept_out
from dandang.lifecycle.casework.rules.permit import may_read
from dandang.lifecycle.deadlines.rules import end_of
from dandang.publication.cases.queries import similar

MOST = 4
_LONGEST_BACK = timedelta(days=400)
_MOST_SHARED = 3
_LEAST_WIDE, _LEAST_NARROW = 2, 4
_WIDE_FROM = "\u2e80"


@dataclass(frozen=True, slots=True)
class Alike:
    """A case that may be about the same matter. `why` says what both have in common."""

    reference: str
    title: str
    where: str
    state: str
    holder: str
    sent: str
    why: tuple[str, ...]
    is_open: bool


def alike(opened: OpenCase, said: str, *, by_text: bool) -> tuple[Alike, ...]:
    """Return the cases that are likeliest the same and that this officer may read.

    `said` is all that is known of this one in words. `by_text` also looks among the published ones
    of other kinds and places. A set number of queries, whatever there is.
    """
    facts, case = opened.facts, opened.view.state
    stream = opened.view.stream
    hidden_from = kept_out(facts.by.code, facts.posts, facts.directory)
    since = facts.now - _LONGEST_BACK
    found = candidates(case, stream, ended_since=since, hidden_from=hidden_from)
    of_kind = {one.reference for one in found}
    if by_text and said.strip():
        texts = [one.case_reference for one in similar(said, area=case.area or "", limit=MOST)]
        new = [reference for reference in texts if reference not in of_kind]
        found += candidates_named(new, stream, hidden_from=hidden_from)
    readable = [one for one in found if _may_be_it(one, opened)]
    ranked = sorted(readable, key=lambda one: (-_weight(_common(one, said)), _order(one, found)))
    return tuple(
        _line(one, opened, _common(one, said), is_of_kind=one.reference in of_kind)
        for one in ranked[:MOST]
    )


def shared(one: str, other: str) -> tuple[str, ...]:
    """Return the longest pieces of the first text that the second one has, too, longest first.

    Of Chinese two characters or more, of other writing whole words. Pure.
    """
    low = other.casefold()
    found: dict[str, None] = {}
    begin = 0
    while begin < len(one):
        end = begin
        while end < len(one) and one[begin : end + 1].casefold() in low:
            end += 1
        piece = one[begin:end].strip(" \n\t,.;:，。；：、？?")
        if _says_something(piece, low):
            found[piece] = None
        begin = max(end, begin + 1)
    return tuple(sorted(found, key=len, reverse=True)[:_MOST_SHARED])


def _says_something(piece: str, low: str) -> bool:
    if any(letter >= _WIDE_FROM for letter in piece):
        return len(piece) >= _LEAST_WIDE
    words = [word for word in piece.casefold().split() if len(word) >= _LEAST_NARROW]
    return any(word in low.split() for word in words)


def _common(one: Candidate, said: str) -> tuple[str, ...]:
    return shared(f"{one.title}\n{one.location}", said)


def _weight(pieces: Iterable[str]) -> int:
    return sum(map(len, pieces))


def _order(one: Candidate, found: Sequence[Candidate]) -> tuple[bool, int]:
    return not one.state.is_open, found.index(one)


def _may_be_it(one: Candidate, opened: OpenCase) -> bool:
    """Say whether the officer may read it, and it has not ended too long ago to come back."""
    facts = replace(opened.facts, case=one.state, kin_units=frozenset())
    if not may_read(facts):
        return False
    ended, window = one.state.ended_at, facts.policy.limits.recurrence_window
    return ended is None or facts.now <= end_of(window, ended, facts.calendar).at


def _line(one: Candidate, opened: OpenCase, common: Sequence[str], *, is_of_kind: bool) -> Alike:
    facts = opened.facts
    names = Names(facts.directory, facts.policy)
    why = [_("same kind of matter, same area")] if is_of_kind else []
    if common:
        why.append(_("both say: %(words)s") % {"words": _(", ").join(common)})
    return Alike(
        reference=one.reference,
        title=one.title,
        where=one.location,
        state=word(STATES, one.state.state),
        holder=names.unit(one.state.holder_unit),
        sent=moment(one.state.sent_at, facts.now),
        why=tuple(why) or (_("published, and says much the same"),),
        is_open=one.state.is_open,
    )
