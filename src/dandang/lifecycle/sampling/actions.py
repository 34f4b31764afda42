"""Drawing samples and writing down what second readers say: rows and ledger in one transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from dandang.ledger.append import append
from dandang.ledger.queries import entry_hash, last_number
from dandang.lifecycle.archive.rules import evolve
from dandang.lifecycle.casework.actions.locking import lock as lock_case
from dandang.lifecycle.casework.actions.record import update
from dandang.lifecycle.casework.events.ends import SampleJudged
from dandang.lifecycle.casework.models import Case
from dandang.lifecycle.casework.queries import facts_for
from dandang.lifecycle.casework.rules.happen import Circumstances, happen, terms_under
from dandang.lifecycle.sampling.models import Draw, Item
from dandang.lifecycle.sampling.queries import frame_of
from dandang.lifecycle.sampling.rules import (
    Judgement,
    Sought,
    check_judgement,
    check_sought,
    digest_of,
    drawing_post,
    drawn,
    reading_post,
    seed_of,
    size_of,
)
from dandang.organization.actions.change import lock
from dandang.organization.events import SampleDrawn
from dandang.organization.queries import body_stream, present
from dandang.terms import Actor, Code, Recorded, Refusal


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sample that was just drawn: its number, how many cases, of how many."""

    number: int
    cases: int
    frame: int


@transaction.atomic
def draw(sought: Sought, *, by: Actor, now: datetime) -> Drawn:
    """Draw a sample of the ended cases that are sought. The chance comes from the ledger.

    Refuses `not_permitted` to all but supervision and auditors, the codes of `check_sought`,
    `unknown_unit`, and `nothing_to_draw` where no case ended so.
    """
    lock()
    known = present()
    post = drawing_post(known.directory.posts_of(by.code, now))
    check_sought(sought, known.directory.local_day(now))
    upto = last_number()
    entry = entry_hash(upto)
    frame = frame_of(sought)
    if not frame:
        raise Refusal(Code.NOTHING_TO_DRAW)
    seed = seed_of(entry, sought)
    chosen = drawn(seed, frame, size_of(len(frame), sought))
    row = Draw.objects.create(
        first=sought.first,
        last=sought.last,
        unit=sought.unit,
        ends=[end.value for end in sought.ends],
        percent=sought.percent,
        number=sought.number,
        upto=upto,
        entry=entry.hex(),
        seed=seed.hex(),
        frame=len(frame),
        frame_digest=digest_of(frame),
        drawn_at=now,
        drawn_by=by.code,
        post=post.code,
    )
    _keep_items(row, chosen)
    append(body_stream(), [Recorded(event_of(row, len(chosen)), by, now, post.code)], now=_real())
    return Drawn(row.pk, len(chosen), len(frame))


@transaction.atomic
def judge(draw_number: int, place: int, said: Judgement, *, by: Actor, now: datetime) -> None:
    """Write down what a second reader says of a case in a sample.

    Refuses `not_found`, `already_judged`, the codes of `reading_post` and of `check_judgement`.
    """
    item = Item.objects.select_related("case").filter(draw=draw_number, place=place).first()
    if item is None:
        raise Refusal(Code.NOT_FOUND)
    locked = lock_case(item.case.reference, follow=False)
    # The lock on the case holds this row, too: nobody else comes to it.
    item.refresh_from_db()
    before = locked.states[locked.tag]
    facts = facts_for(before, by=by, now=now)
    post = reading_post(facts, item.unit)
    if item.judged_at is not None:
        raise Refusal(Code.ALREADY_JUDGED)
    said = check_judgement(said)
    event = SampleJudged(
        draw=draw_number, answers=said.answers, right=said.right, text=said.text or None
    )
    how = Circumstances(by, post, now, terms_under(facts.policy, facts.calendar))
    after, records = happen(before, [event], evolve, how)
    update(locked.cases[locked.tag], locked.requests[locked.tag], before, after, records)
    item.answers, item.right = said.answers.value, said.right.value
    item.judged_at, item.judged_by, item.post = now, by.code, post
    item.save()


def _keep_items(row: Draw, chosen: Iterable[bytes]) -> None:
    order = {stream: place for place, stream in enumerate(chosen, 1)}
    cases = Case.objects.filter(stream__in=list(order))
    Item.objects.bulk_create(
        Item(
            draw=row,
            case=case,
            place=order[bytes(case.stream)],
            end=case.state,
            unit=case.holder_unit,
            ended_at=case.ended_at,
        )
        for case in cases
        if case.ended_at is not None
    )


def event_of(row: Draw, cases: int) -> SampleDrawn:
    """Return the event that tells how a sample of so many cases was drawn."""
    return SampleDrawn(
        sample=row.pk,
        first=row.first,
        last=row.last,
        unit=row.unit,
        ends=tuple(row.ends),
        percent=row.percent,
        number=row.number,
        upto=row.upto,
        seed=row.seed,
        frame=row.frame,
        frame_digest=row.frame_digest,
        cases=cases,
    )


def _real() -> datetime:
    return timezone.now()
