"""What it takes the database to find cases among very many, for every kind of search.

python benchmarks/find_cases.py [--rows ROWS] [--rounds ROUNDS] [--keep] [--only WORDS]
(a million rows; 5 rounds; --keep leaves the database and measures the kept one next time; --only
does the searches alone whose name has these words)

The index of cases is filled as the follower would fill it, with the texts of real requests and
replies where they are at hand (`../shared/data/requests_zh`, said when they are not), else with
matters of the demonstration and words of their own; each text stands in many cases, with other
units, areas, categories, states and times. Every search is carried out as one page with its count,
for the officer who may read everything and for one of a small unit: milliseconds and buffers as
EXPLAIN (ANALYZE, BUFFERS) tells them, planning included (on a busy machine these are longer than
the work), and the CPU of the server process, which is what the goal is about.
Beside it, at 20,000 rows, what LIKE takes for the same words: it grows with the number of rows.
"""

import argparse
import csv
import json
import os
import random
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
from django.db import connection
from measuring import DATABASE, own_database  # first: it sets Django up

from dandang.database import Role, connect
from dandang.demo.building import load_city
from dandang.demo.texts import texts
from dandang.finding import finder
from dandang.finding.finder import Effort, Hunt, count, with_any
from dandang.finding.models import IndexedCase
from dandang.finding.queries import (
    PAGE,
    Sort,
    Sought,
    hunt_for,
    most_counted,
    places_of,
    search,
)
from dandang.finding.rules.keys import Key, keys
from dandang.lifecycle.casework.models import Case
from dandang.lifecycle.intake.actions import open_request
from dandang.lifecycle.intake.rules import Open
from dandang.lifecycle.states import OPEN, State
from dandang.organization.directory import PostKind
from dandang.organization.queries import current_policy, directory
from dandang.terms import Actor
from dandang.terms.bigrams import labelled

NOW = datetime(2026, 11, 19, 2, 0, tzinfo=UTC)
REAL = Path(__file__).parents[2] / "shared" / "data" / "requests_zh" / "messages_replies.csv"
MADE = 20_000
BLOCK_SECONDS = 8 * 60 * 60
_COPY = """
INSERT INTO casework_case ({columns})
SELECT {values} FROM casework_case one, generate_series(1, %s::bigint) AS number
WHERE one.id = %s
"""
_FILL = """
INSERT INTO finding_case (case_id, sent_at, due_at, keys, title, words)
SELECT case_id, sent, due,
    ARRAY['u:' || unit, 'h:' || unit, 's:' || state, 'c:' || category, 'a:' || area, 'l:ordinary',
        'n:' || (ARRAY['web', 'phone', 'counter'])[1 + case_id %% 3], 'k:request', 'e:' || case_id]
    || ARRAY(SELECT 't:' || level || '.' || (block / (8 ^ level)::int)
        FROM generate_series(0, 4) AS level)
    || CASE WHEN due IS NULL THEN '{}'::text[] ELSE ARRAY['x:deadline'] || ARRAY(
        SELECT 'd:' || level || '.' || (extract(epoch FROM due)::bigint / %(block)s
            / (8 ^ level)::int) FROM generate_series(0, 4) AS level) END,
    template.title, template.words
FROM (
    SELECT case_id, sent, extract(epoch FROM sent)::bigint / %(block)s AS block,
        %(units)s::text[] AS units,
        (%(units)s::text[])[1 + floor(power(random(), 3) * array_length(%(units)s::text[], 1))]
            AS unit,
        (%(areas)s::text[])[1 + floor(random() * array_length(%(areas)s::text[], 1))] AS area,
        (%(categories)s::text[])[1 + floor(power(random(), 2)
            * array_length(%(categories)s::text[], 1))] AS category,
        CASE WHEN case_id %% 10 = 0 THEN 'in_progress' ELSE 'solved' END AS state,
        CASE WHEN case_id %% 10 = 0 THEN sent + interval '30 days' END AS due
    FROM (
        SELECT id AS case_id,
            %(now)s::timestamptz - interval '5 years' * (1 - id::float8 / %(rows)s) AS sent
        FROM casework_case WHERE id BETWEEN %(first)s AND %(last)s
    ) AS cases
) AS made
JOIN template ON template.number = (case_id * 7919) %% %(templates)s
"""
SEARCHES: dict[str, Sought] = {
    "one common character": Sought(text="路"),
    "the commonest characters": Sought(text="的 是"),
    "a word": Sought(text="停车"),
    "a longer word": Sought(text="业主委员会"),
    "two words": Sought(text="渣土车 夜间"),
    "two common characters": Sought(text="路 水"),
    "a phrase": Sought(text="“严重影响居民”"),
    "a phrase of common pairs": Sought(text="“小区 业主”"),
    "a rare word": Sought(text="搅拌站"),
    "a word nobody wrote": Sought(text="鯊鰐"),
    "a word without another": Sought(text="停车 -小区"),
    "without the commonest character": Sought(text="路 -的"),
    "no internal words": Sought(text="停车", internal=False),
    "a word, open cases": Sought(text="停车", states=tuple(OPEN)),
    "a word, a category": Sought(text="停车", categories=("CATEGORY",)),
    "a word, a year ago": Sought(
        text="停车", since=NOW - timedelta(days=400), until=NOW - timedelta(days=365)
    ),
    "a word, newest first": Sought(text="停车", sort=Sort.NEWEST),
    "one common character, due soonest": Sought(text="路", sort=Sort.DUE),
    "a word, overdue": Sought(text="停车", due_until=NOW),
    "due this week": Sought(due_since=NOW, due_until=NOW + timedelta(days=4)),
    "due this week, due soonest": Sought(
        due_since=NOW, due_until=NOW + timedelta(days=4), sort=Sort.DUE
    ),
    "filters alone": Sought(states=tuple(OPEN), areas=("AREA",)),
    "an end nobody had": Sought(states=(State.CONCLUDED_BY_LAW,)),
    "open, due soonest": Sought(sort=Sort.DUE),
    "a month": Sought(since=NOW - timedelta(days=400), until=NOW - timedelta(days=370)),
    "nothing asked": Sought(sort=Sort.NEWEST),
}


def told(rng: random.Random) -> list[tuple[str, str]]:
    """Return titles and texts: real ones where they are, else made ones."""
    if REAL.exists():
        with REAL.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        print(f"texts: {len(rows)} real requests with their replies")
        return [(one["title"], f"{one['body']}\n{one['reply']}") for one in rows]
    print(f"texts: made ones, because there are no real ones at {REAL.name}")
    words = ["".join(chr(0x4E00 + rng.randrange(3000)) for _ in range(3)) for _ in range(MADE)]
    return [_made(rng, words) for _ in range(MADE)]


def _made(rng: random.Random, words: Sequence[str]) -> tuple[str, str]:
    city = texts("zh")
    matters = rng.choices(city.matters, k=2)
    place = city.place(matters[0].where, rng).name
    own = "，".join(rng.choices(words, k=rng.randint(3, 30)))
    body = "".join(one.text.format(place=place) for one in matters)
    return matters[0].title.format(place=place), f"{body}{own}，小区停车，渣土车夜间"


def is_filled(rows: int) -> bool:
    """Say whether a kept database has as many cases, all of them in the index."""
    if not IndexedCase.objects.exists():
        return False
    if IndexedCase.objects.count() == rows:
        return True
    raise SystemExit("The kept database has other cases: run once without --keep, which drops it.")


def fill(rows: int, written: Sequence[tuple[str, str]]) -> None:
    """Write cases and what they are found by; the units come with those with most cases first."""
    load_city()
    wish = Open(title="停水", text="停水", channel="web", category="water_supply")
    reference = open_request(wish, by=Actor.requester(1), now=NOW).reference
    template = Case.objects.get(reference=reference)
    units = sorted(directory().units)
    with connect(Role.OWNER, DATABASE) as owner:
        owner.autocommit = True
        owner.execute("ALTER TABLE finding_case SET UNLOGGED")
        owner.execute("DROP INDEX finding_found_by")
        owner.execute(_copying(), [rows, template.pk])
        owner.execute("CREATE UNLOGGED TABLE template (number int, title tsvector, words tsvector)")
        with owner.cursor() as cursor, cursor.copy("COPY template FROM STDIN") as copy:
            for number, (title, text) in enumerate(written):
                both = [(title, "A"), (text, "A")]
                copy.write_row((number, labelled(both[:1]), labelled(both)))
        owner.execute("ANALYZE template")
        _index(owner, rows, len(written), units)


def _index(owner: psycopg.Connection, rows: int, templates: int, units: Sequence[str]) -> None:
    asked = {
        "units": list(units),
        "areas": sorted(directory().areas),
        "categories": sorted(current_policy().categories),
        "templates": templates,
        "rows": rows,
        "now": NOW,
        "block": BLOCK_SECONDS,
    }
    for first in range(1, rows + 1, 100_000):
        last = min(rows, first + 99_999)
        owner.execute(_FILL, {**asked, "first": first, "last": last})
    owner.execute("SET maintenance_work_mem = '1GB'")
    owner.execute(
        "CREATE INDEX finding_found_by ON finding_case USING gin (words, title, keys)"
        " WITH (fastupdate = off)"
    )
    owner.execute("VACUUM ANALYZE finding_case, casework_case")


def _copying() -> str:
    fields = Case._meta.concrete_fields  # noqa: SLF001 Django's
    columns = [field.column for field in fields if not field.primary_key]
    instead = {
        "stream": "decode(md5(number::text), 'hex')",
        "reference": "'X' || number::text",
        "holder_unit": "one.holder_unit",
    }
    names = ", ".join(f'"{name}"' for name in columns)
    values = ", ".join(instead.get(name, f'one."{name}"') for name in columns)
    return _COPY.format(columns=names, values=values)


def overseer() -> str:
    """Return the staff code of somebody who may read everything."""
    known = directory()
    posts = known.posts_of_kind(PostKind.SUPERVISION)
    return next(one.code for post in posts for one in known.officers_of(post.code, NOW))


class Cpu:
    """The CPU that the server process of this connection has used, in milliseconds.

    Ticks of ten milliseconds: only many rounds together tell anything.
    """

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            (self._pid,) = cursor.fetchone()

    def spent(self) -> float:
        """Return what was used so far."""
        stat = Path(f"/proc/{self._pid}/stat").read_text()
        fields = stat.rsplit(")", 1)[1].split()
        return 1000 * (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def cpu_of(sought: Sought, hunt: Hunt, rounds: int) -> float:
    """Return the milliseconds of the server's CPU that one page with its count takes."""
    cpu, before = Cpu(), 0.0
    for number in range(rounds + 1):
        if number == 1:  # the first one plans and warms up
            before = cpu.spent()
        if len(places_of(hunt, sought, PAGE + 1, None, None)) > PAGE:
            count(hunt, most=most_counted(sought) + 1)
    return (cpu.spent() - before) / rounds


def of_index(sought: Sought, hunt: Hunt) -> tuple[float, int, int, int]:
    """Return milliseconds, buffers, statements and cases of one page with its count."""
    effort = Effort()
    places = places_of(hunt, sought, PAGE + 1, None, effort)
    if len(places) > PAGE:
        count(hunt, most=most_counted(sought) + 1, effort=effort)
    spent, buffers = 0.0, 0
    with connection.cursor() as cursor:
        for sql, params in effort.sql:
            cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}", params)
            ((plan,),) = cursor.fetchall()
            (one,) = json.loads(plan) if isinstance(plan, str) else plan
            spent += one["Planning Time"] + one["Execution Time"]
            buffers += one["Plan"]["Shared Hit Blocks"] + one["Plan"]["Shared Read Blocks"]
    return spent, buffers, effort.statements, len(places)


def searches() -> Iterator[tuple[str, Sought]]:
    """Yield every search with its name, about a category and an area that there are."""
    category = sorted(current_policy().categories)[3]
    area = sorted(directory().areas)[1]
    for name, sought in SEARCHES.items():
        yield (
            name,
            replace(
                sought,
                categories=(category,) if sought.categories else (),
                areas=(area,) if sought.areas else (),
            ),
        )


def measure(rounds: int, units: Sequence[str], only: str) -> float:
    """Print what every search costs for whoever sees everything and a small unit; the most."""
    by = Actor.officer(overseer())
    small = tuple(keys(Key.NEAR_UNIT, units[-2:]))
    print(f"load average {os.getloadavg()[0]:.1f}")
    worst = 0.0
    print(f"{'':<36}{'sees everything':>39}{'a small unit':>39}")
    for name, sought in searches():
        if only not in name:
            continue
        line = f"{name:<36}"
        whole = hunt_for(sought, by=by, now=NOW)
        assert whole is not None
        for hunt in (whole, replace(whole, groups=(*whole.groups, small))):
            took = [of_index(sought, hunt) for _ in range(rounds)]
            median = statistics.median(one[0] for one in took)
            cpu = cpu_of(sought, hunt, 4 * rounds)
            worst = max(worst, cpu)
            _, buffers, statements, cases = took[-1]
            line += f"{median:>9.1f} ms{cpu:>7.1f} cpu{buffers:>7} b{statements:>4} q{cases:>4}"
        print(line)
    return worst


def numbers(rounds: int) -> None:
    """Print what it costs to be led straight to a case by its number."""
    meter = Cpu()
    before = meter.spent()
    for number in range(20 * rounds):
        with_any(keys(Key.REFERENCE, [f"X{number}", f"x{number}"]), PAGE)
    each = (meter.spent() - before) / (20 * rounds)
    print(f"a number: {each:.1f} ms of the server's CPU")


def whole_pages(rounds: int) -> None:
    """Print what a page takes as its reader waits for it, with the cases and texts it shows."""
    by = Actor.officer(overseer())
    for name, sought in list(searches())[:3]:
        took = []
        for _ in range(rounds):
            before = time.perf_counter()
            search(sought, by=by, now=NOW)
            took.append(1000 * (time.perf_counter() - before))
        print(f"{name}: a page with its cases, {statistics.median(took):.1f} ms for its reader")


def like(written: Sequence[tuple[str, str]]) -> None:
    """Print what LIKE takes at 20,000 rows, and what that comes to at a million."""
    with connect(Role.OWNER, DATABASE) as owner:
        owner.autocommit = True
        owner.execute(
            "DROP TABLE IF EXISTS plain; CREATE UNLOGGED TABLE plain (number int, text text)"
        )
        with owner.cursor() as cursor, cursor.copy("COPY plain FROM STDIN") as copy:
            for number in range(MADE):
                copy.write_row((number, "\n".join(written[number % len(written)])))
        for word in ("路", "停车", "丽发新城"):
            took = []
            for _ in range(3):
                before = time.perf_counter()
                owner.execute(
                    "SELECT number FROM plain WHERE text LIKE %s ORDER BY number DESC LIMIT 50",
                    [f"%{word}%"],
                ).fetchall()
                took.append(1000 * (time.perf_counter() - before))
            each = statistics.median(took)
            print(f"LIKE {word}: {each:.0f} ms at {MADE} rows")


def main() -> None:
    """Fill and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--only", default="")
    asked = parser.parse_args()
    finder.PATIENCE_MS = 600_000  # a busy machine is no reason to measure nothing
    written = told(random.Random(7))
    with own_database(keep=asked.keep):
        if not is_filled(asked.rows):
            before = time.perf_counter()
            fill(asked.rows, written)
            print(f"{asked.rows} cases written in {time.perf_counter() - before:.0f} s")
        units = sorted(directory().units)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_size_pretty(pg_total_relation_size('finding_case')),"
                " pg_size_pretty(pg_relation_size('finding_found_by')),"
                " (SELECT round(avg(length(words))) FROM template)"
            )
            table, index, tokens = cursor.fetchone()
        print(f"table with indexes {table}, of it the index of words {index}; {tokens} tokens each")
        worst = measure(asked.rounds, units, asked.only)
        numbers(asked.rounds)
        whole_pages(asked.rounds)
        like(written)
        print(f"the slowest search: {worst:.1f} ms of the server's CPU (at most 50 is the goal)")


if __name__ == "__main__":
    main()
