"""What it takes to rebuild every case from a large ledger, and to compare every column.

python benchmarks/replay.py [EVENTS]   (with the project's environment; a million by default)

Another process fills the ledger with whole histories, made by the real rules and written in bulk,
so that the memory told at the end is that of the replay alone.
"""

import subprocess
import sys
import time
from dataclasses import replace
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone
from measuring import measured_replay, own_database, peak_memory  # first: it sets Django up

from dandang.demo.building import load_city
from dandang.ledger.queries import size
from dandang.lifecycle.casework.actions.record import NewRequest, Opening, create
from dandang.lifecycle.casework.queries import facts_for
from dandang.lifecycle.casework.rules.happen import Circumstances, happen, terms_under
from dandang.lifecycle.casework.rules.permit import permit
from dandang.lifecycle.intake.actions import in_force, prepare
from dandang.lifecycle.intake.rules import Contact, Open, evolve
from dandang.lifecycle.rulebook import RULES
from dandang.lifecycle.verbs import READY
from dandang.lifecycle.verbs.values import parse
from dandang.organization.queries import directory
from dandang.terms import Actor, new_reference

EVENTS = 1_000_000
BATCH = 100
NOW = timezone.now()
HOLDER, REQUESTER = "holder", Actor.requester(1)
TEXT = "We were there and saw the place; the crew comes tomorrow morning. "
ROUND = (
    (HOLDER, "contacted", {"how": "phone", "text": TEXT}),
    (HOLDER, "note", {"text": TEXT * 2}),
    (HOLDER, "reply", {"text": TEXT * 3}),
    (HOLDER, "propose", {"outcome": "resolved", "text": TEXT}),
)
STEPS = (
    (HOLDER, "accept", {}),
    *ROUND,
    (REQUESTER, "judge", {"verdict": "no", "text": "It is not done."}),
    *ROUND,
    (REQUESTER, "judge", {"verdict": "solved", "text": "Now it is."}),
    (REQUESTER, "reopen", {"text": "It is back."}),
    *ROUND,
    (REQUESTER, "judge", {"verdict": "solved"}),
)


def history(number: int) -> Opening:
    """Return a whole history of some twenty events, by the real rules, not yet written."""
    wish = Open(
        title="No water",
        text="No water since six this morning. " * 8,
        channel="web",
        category="water_supply",
        area="qingshan",
        contact=Contact(phone=f"139{number:08d}"),
    )
    opening = prepare(wish, in_force(), by=REQUESTER, now=NOW)
    state, records = opening.state, list(opening.records)
    for hours, (who, verb, values) in enumerate(STEPS, start=1):
        now = NOW + timedelta(hours=hours)
        by = who if isinstance(who, Actor) else _officer_of(state.holder, now)
        facts = facts_for(state, by=by, now=now)
        post = permit(facts, READY[verb])
        wanted = RULES[verb].wish(**parse(READY[verb], values))
        events = RULES[verb].rule(replace(facts, post=post), wanted)
        how = Circumstances(by, post, now, terms_under(facts.policy, facts.calendar))
        state, more = happen(state, events, evolve, how)
        records += more
    return replace(opening, state=state, records=records)


def _officer_of(post: str, now: object) -> Actor:
    return Actor.officer(directory().officers_of(post, now)[0].code)


def fill(events: int) -> None:
    """Write histories until the ledger holds so many events."""
    load_city()
    patterns = [history(number) for number in range(BATCH)]
    began, written = time.monotonic(), size()
    while written < events:
        with transaction.atomic():
            create(
                [
                    replace(one, stream=None, request=NewRequest(reference=new_reference()))
                    for one in patterns
                ]
            )
        written += sum(len(one.records) for one in patterns)
        rate = written / (time.monotonic() - began)
        print(f"\rfilled {written:,} of {events:,} events, {rate:,.0f}/s", end="", flush=True)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print()


def main() -> None:
    if sys.argv[1:2] == ["--fill"]:
        fill(int(sys.argv[2]))
        return
    events = int(sys.argv[1]) if len(sys.argv) > 1 else EVENTS
    with own_database():
        subprocess.run([sys.executable, __file__, "--fill", str(events)], check=True)
        base = peak_memory()
        result = measured_replay()
        print(f"{result.events:,} events, {result.cases:,} cases, {result.differing} differences")
        print(f"peak memory {peak_memory():.0f} MiB, of which {base:.0f} MiB before the replay")


if __name__ == "__main__":
    main()
