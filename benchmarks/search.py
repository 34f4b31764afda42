"""What it takes to find published cases among very many.

python benchmarks/search.py [--rows ROWS] [--rounds ROUNDS]   (a million rows; 200 rounds)

Published cases are written into the tables as the follower would: matters of the demonstration at
its places, each with some words of its own, so that the words are as rare as in real life. The
cases behind them are copies of one real case; their ledger is not written, so that the look into
it (which text is the newest) costs its index alone.
Then every search is done in turn with its limit: what the index alone takes to find as many rows.
Times are those of the database as the client sees them, over one connection.
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

from django.db import connection
from measuring import DATABASE, own_database  # first: it sets Django up

from dandang.database import Role, connect
from dandang.demo.building import load_city
from dandang.demo.texts import texts
from dandang.lifecycle.casework.models import Case
from dandang.lifecycle.intake.actions import open_request
from dandang.lifecycle.intake.rules import Open
from dandang.organization.queries import current_policy, directory
from dandang.publication.cases.numbers import public_number
from dandang.publication.cases.queries import listed, similar
from dandang.publication.cases.searching import Sought
from dandang.terms import Actor
from dandang.terms.bigrams import query, vector

NOW = datetime(2026, 11, 19, 2, 0, tzinfo=UTC)
BATCH = 2000
OPEN_ONE_IN = 20
_RARE = random.Random(3)
_WORDS = [
    "".join(chr(0x4E00 + _RARE.randrange(3000)) for _ in range(_RARE.randint(2, 4)))
    for _ in range(20_000)
]
"""Words of their own for each case, so that words are as rare as in real life."""
SEARCHES = {
    "one character": "路",
    "two characters": "停水",
    "a long word": "夜间施工",
    "two words": "噪声 晚上",
    "a word nobody wrote": "鯊鰐",
}
_COPY = """
INSERT INTO casework_case ({columns})
SELECT {values} FROM casework_case one, generate_series(%s::bigint, %s::bigint) AS number
WHERE one.id = %s
RETURNING id, stream
"""


def fill(rows: int, rng: random.Random) -> list[str]:
    """Write published cases; return some of their texts."""
    load_city()
    wish = Open(title="停水", text="停水", channel="web", category="water_supply")
    reference = open_request(wish, by=Actor.requester(1), now=NOW).reference
    template = Case.objects.get(reference=reference)
    with connect(Role.OWNER, DATABASE) as owner:
        # There is no ledger behind the copies.
        owner.execute("ALTER TABLE publication_case DROP CONSTRAINT publication_case_text")
    said = []
    for number in range(0, rows, BATCH):
        said += _batch(template, number, min(BATCH, rows - number), rng)
    with connect(Role.OWNER, DATABASE) as owner:
        owner.autocommit = True
        owner.execute("VACUUM ANALYZE publication_case, publication_token, casework_case")
    return said


def _batch(template: Case, first: int, number: int, rng: random.Random) -> list[str]:
    areas, categories = list(directory().areas), list(current_policy().categories)
    written = []
    with connection.cursor() as cursor:
        cursor.execute(_copying(), [first, first + number - 1, template.pk])
        cases = cursor.fetchall()
        rows = []
        for case_id, stream in cases:
            title, text = _told(rng)
            written.append(text)
            sent_at = NOW - timedelta(minutes=rng.randrange(5 * 365 * 24 * 60))
            rows.append(
                (
                    *(case_id, public_number(bytes(stream)), case_id, "text", title, text, ""),
                    *(rng.choice(areas), rng.choice(categories), template.holder_unit),
                    *("in_progress", rng.randrange(OPEN_ONE_IN) == 0, sent_at, 1),
                    *(sent_at, sent_at, vector(f"{title}\n\n{text}")),
                )
            )
        places = f"({', '.join(['%s'] * len(rows[0]))})"
        cursor.execute(
            f"INSERT INTO publication_case VALUES {', '.join([places] * len(rows))}",
            [value for row in rows for value in row],
        )
    return written[:1]


def _copying() -> str:
    fields = Case._meta.concrete_fields  # noqa: SLF001 Django's
    columns = [field.column for field in fields if not field.primary_key]
    instead = {
        "stream": "decode(md5(number::text), 'hex')",
        "reference": "'X' || number::text",
        "particulars": """'{"publishing": "published"}'""",
    }
    names = ", ".join(f'"{name}"' for name in columns)
    values = ", ".join(instead.get(name, f'one."{name}"') for name in columns)
    return _COPY.format(columns=names, values=values)


def _told(rng: random.Random) -> tuple[str, str]:
    city = texts("zh")
    matter = rng.choice(city.matters)
    place = city.place(matter.where, rng).name
    own = "，".join(rng.choices(_WORDS, k=rng.randint(3, 9)))
    return matter.title.format(place=place), f"{matter.text.format(place=place)}{own}"


def limit_of(typed: str) -> Callable[[], None]:
    """Return what finds as many rows by the index alone."""

    def find() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT case_id FROM publication_case WHERE found_by @@ %s::tsquery LIMIT 20",
                [query(typed)],
            )
            cursor.fetchall()

    return find


def one_row() -> None:
    """Find a row by its primary key."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT title FROM publication_case LIMIT 1")
        cursor.fetchall()


def pairs(said: list[str], rng: random.Random) -> Iterator[tuple[str, Callable[[], object], str]]:
    """Yield every search with its name, and what is its limit."""
    for name, typed in SEARCHES.items():
        yield name, lambda typed=typed: listed(Sought(text=typed)), typed
    yield "in an area", lambda: listed(Sought(text="停水", area="hudong")), "停水"
    yield "similar", lambda: similar(rng.choice(said), area="hudong"), ""
    yield "similar, by the place alone", lambda: similar("", area="hudong"), ""


def measure(said: list[str], rounds: int, rng: random.Random) -> None:
    """Do every search in turn with its limit, and print what both took."""
    for name, search, typed in pairs(said, rng):
        limit = limit_of(typed) if typed else one_row
        took: dict[str, list[float]] = {"search": [], "limit": []}
        for _ in range(rounds):
            for kind, act in (("search", search), ("limit", limit)):
                before = time.perf_counter()
                act()
                took[kind].append(1000 * (time.perf_counter() - before))
        words = " · ".join(
            f"{kind} median {statistics.median(times):.2f} ms,"
            f" p95 {sorted(times)[int(0.95 * len(times)) - 1]:.2f} ms"
            for kind, times in took.items()
        )
        print(f"{name}: {words}")


def explain(said: list[str]) -> None:
    """Print how the two heaviest searches are carried out."""
    connection.force_debug_cursor = True
    listed(Sought(text="路"))
    similar(said[0], area="hudong")
    searches = [one["sql"] for one in connection.queries if "found_by" in str(one["sql"])]
    connection.force_debug_cursor = False
    with connection.cursor() as cursor:
        for sql in searches:
            cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, SUMMARY OFF) {sql}")
            plan = [line for (line,) in cursor.fetchall()]
            print("\n".join(line[:110] for line in plan if "->" in line or line == plan[0]))


def main() -> None:
    """Fill, measure, explain."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=200)
    asked = parser.parse_args()
    rng = random.Random(7)
    with own_database():
        before = time.perf_counter()
        said = fill(asked.rows, rng)
        took = time.perf_counter() - before
        print(f"{asked.rows} rows written in {took:.0f} s, {asked.rows / took:.0f} a second")
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_size_pretty(pg_total_relation_size('publication_case')),"
                " pg_size_pretty(pg_relation_size('shown_found_by')),"
                " (SELECT count(*) FROM publication_token)"
            )
            table, index, tokens = cursor.fetchone()
            print(f"table {table}, of it the index of words {index}; {tokens} tokens")
        measure(said, asked.rounds, rng)
        explain(said)


if __name__ == "__main__":
    main()
