"""A big city with very many cases in the tables, for the benchmark of the worklist.

Three hundred offices stand beside those of the demonstration. How many open cases a post holds
falls off as 1/rank: the busiest hotline desk has thousands, most have a few hundred. States, due
times, categories and what is particular about some cases are spread as in a city at work. The
rows are copies of one real case; their ledger is not written but for the titles, which stand where
the real ones do.
"""

import random
import secrets
from datetime import UTC, datetime
from importlib.resources import files

import psycopg
from measuring import DATABASE  # first: it sets Django up

from dandang.database import Role, connect
from dandang.demo.building import BEGINNING
from dandang.demo.texts import texts
from dandang.ledger.disclosures import write
from dandang.lifecycle.casework.models import Case
from dandang.lifecycle.intake.actions import open_request
from dandang.lifecycle.intake.rules import Open
from dandang.organization.actions.accounts import create_account
from dandang.organization.actions.adopt import adopt_policy
from dandang.organization.actions.load import load_organization
from dandang.organization.queries import current_policy, directory
from dandang.policy import ready_policy
from dandang.terms import Actor

NOW = datetime(2026, 11, 19, 2, 0, tzinfo=UTC)
OFFICES = 300
TITLES = 3000
BATCH = 50_000
_STATES = (
    *(("received", 4), ("assigned", 16), ("in_progress", 48), ("waiting_requester", 8)),
    *(("waiting_other", 6), ("on_legal_route", 3), ("proposed", 13), ("disputed", 2)),
)
_CLOCKS = ("accept", "first_response", "resolution", "total", "judgement_window", "question")
_COPY = """
INSERT INTO casework_case ({columns})
SELECT {values}
FROM casework_case one
CROSS JOIN (
    SELECT number,
           bench_post.code AS post, bench_post.unit,
           hashint8extended(number, 1) & 1023 AS dice,
           (hashint8extended(number, 2) & 65535)::int AS minutes,
           (hashint8extended(number, 3) & 1023)::int AS choice
    FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS number
    JOIN bench_post ON bench_post.slot = (hashint8extended(number, 4) & 65535)::int %% %(slots)s
) AS drawn
WHERE one.id = %(template)s
"""

_TITLES = """
INSERT INTO ledger_personal (event_id, name, digest, disclosure)
SELECT 1000000000 + number, 'title', sha256(bench_title.disclosure::bytea), bench_title.disclosure
FROM generate_series(%s::bigint, %s::bigint) AS number
JOIN bench_title ON bench_title.slot = number %% %s
"""


def load(rng: random.Random) -> list[str]:
    """Load the city with its offices; return the staff codes of their officers."""
    operator = Actor.system()
    folder = files("dandang.demo").joinpath("city")
    contents = {one.name: one.read_bytes().decode() for one in folder.iterdir() if one.is_file()}
    codes = [f"office-{number:03d}" for number in range(OFFICES)]
    for code in codes:
        contents["units.csv"] += f"{code},{code} 办事处,Office {code},government,,supervision\n"
        contents["posts.csv"] += f"{code}-duty,{code},办理岗,Duty desk,duty,0711-5550000\n"
        contents["officers.csv"] += f"O-{code},经办人,Officer\n"
        contents["appointments.csv"] += f"O-{code},{code}-duty,2026-01-01,\n"
    written = {name: text.encode() for name, text in contents.items()}
    load_organization(written, by=operator, now=BEGINNING)
    adopt_policy(ready_policy("cn-county"), by=operator, now=BEGINNING)
    officers = [f"O-{code}" for code in codes]
    for code in officers:
        create_account(code, officer=code, by=operator, now=BEGINNING)
    supervisor = next(one for one in directory().officers if one.startswith("S-"))
    create_account(supervisor, officer=supervisor, by=operator, now=BEGINNING)
    rng.shuffle(officers)
    return [*officers, supervisor]


class Filler:
    """Writes cases with their titles, numbered from 1; the first `still_open` of them are open."""

    def __init__(self, still_open: int, rng: random.Random) -> None:
        wish = Open(title="停水", text="停水", channel="web", category="water_supply")
        reference = open_request(wish, by=Actor.requester(1), now=NOW).reference
        self._template = Case.objects.get(reference=reference).pk
        self._copying = _copying(still_open)
        self._slots = _posts(rng)
        self._titles = _titles(rng)
        self._last = 0

    def fill(self, upto: int) -> None:
        """Write cases until there are so many."""
        with connect(Role.OWNER, DATABASE) as owner:
            owner.autocommit = True
            self._prepare(owner)
            while self._last < upto:
                first, self._last = self._last + 1, min(self._last + BATCH, upto)
                values = {"template": self._template, "slots": len(self._slots)}
                owner.execute(self._copying, {**values, "first": first, "last": self._last})
                owner.execute(_TITLES, [first, self._last, TITLES])
                print(f"\rfilled {self._last:,} of {upto:,} cases", end="", flush=True)
            print()
            owner.execute("VACUUM ANALYZE casework_case, ledger_personal")

    def _prepare(self, owner: psycopg.Connection) -> None:
        # There is no ledger behind the titles.
        owner.execute(
            "ALTER TABLE ledger_personal DROP CONSTRAINT IF EXISTS " + (_foreign_key(owner))
        )
        owner.execute("CREATE TEMP TABLE bench_post (slot int PRIMARY KEY, code text, unit text)")
        owner.execute("CREATE TEMP TABLE bench_title (slot int PRIMARY KEY, disclosure text)")
        with owner.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO bench_post VALUES (%s, %s, %s)",
                [(slot, *one) for slot, one in enumerate(self._slots)],
            )
            cursor.executemany(
                "INSERT INTO bench_title VALUES (%s, %s)", list(enumerate(self._titles))
            )


def _posts(rng: random.Random) -> list[tuple[str, str]]:
    """Return posts with their units, in as many slots as their share of the work."""
    posts = [post for post in directory().posts.values() if post.code.startswith("office-")]
    rng.shuffle(posts)
    return [
        (post.code, post.unit)
        for rank, post in enumerate(posts, start=1)
        for _ in range(max(1, round(4000 / (rank + 7))))
    ]


def _titles(rng: random.Random) -> list[str]:
    city = texts("zh")
    drawn = []
    for _ in range(TITLES):
        matter = rng.choice(city.matters)
        title = matter.title.format(place=city.place(matter.where, rng).name)
        drawn.append(write("title", title, secrets.token_bytes(16)))
    return drawn


def _foreign_key(owner: psycopg.Connection) -> str:
    found = owner.execute(
        "SELECT conname FROM pg_constraint"
        " WHERE conrelid = 'ledger_personal'::regclass AND contype = 'f'"
    ).fetchone()
    return f'"{found[0]}"' if found else '"none"'


def _copying(still_open: int) -> str:
    fields = Case._meta.concrete_fields  # noqa: SLF001 Django's
    columns = [field.column for field in fields if not field.primary_key]
    is_open = f"number <= {still_open}"
    instead = {
        "stream": "decode(md5(number::text), 'hex')",
        "reference": "'X' || number::text",
        "opening_event": "1000000000 + number",
        "holder": "post",
        "holder_unit": "unit",
        "state": f"CASE WHEN {is_open} THEN {_by_share()} ELSE 'solved' END",
        "outcome": "'resolved'",
        "ended_at": f"CASE WHEN NOT {is_open} THEN one.sent_at END",
        "sent_at": "one.sent_at - minutes * interval '1 minute'",
        "due_at": f"CASE WHEN {is_open} AND choice > 5 THEN one.sent_at"
        " + (minutes / 2 - 8000) * interval '1 minute' END",
        "due_clock": _one_of(_CLOCKS),
        "category": _one_of(tuple(current_policy().categories)),
        "area": _one_of(tuple(directory().areas)),
        "hand_overs": "greatest(0, 3 - floor(log(2, dice + 2)))::int",
        "first_response_at": "CASE WHEN choice % 3 > 0 THEN one.sent_at END",
        "particulars": """CASE
            WHEN choice < 10 THEN '{"asked": {"what": "extension", "by": "O-office-001"}}'::jsonb
            WHEN choice < 30 THEN '{"calls": [{"post": "supervision-office"}]}'::jsonb
            WHEN choice < 32 THEN '{"subject_units": ["water"]}'::jsonb
            ELSE '{}'::jsonb END""",
    }
    names = ", ".join(f'"{name}"' for name in columns)
    values = ", ".join(instead.get(name, f'one."{name}"') for name in columns)
    return _COPY.format(columns=names, values=values.replace("%", "%%"))


def _by_share() -> str:
    choices, upto = [], 0
    for state, share in _STATES:
        upto += share
        choices.append(f"WHEN dice % 100 < {upto} THEN '{state}'")
    return f"(CASE {' '.join(choices)} ELSE 'in_progress' END)"


def _one_of(values: tuple[str, ...]) -> str:
    listed = ", ".join(f"'{one}'" for one in values)
    return f"(ARRAY[{listed}])[1 + choice % {len(values)}]"
