"""What a page of the worklist costs with very many cases.

python benchmarks/worklist.py [--cases N] [--open N] [--rounds N] [--helpdesk PYTHON]

A million cases are written, of which a hundred thousand are open, in three hundred posts (see
`worklist_rows.py`). Then officers ask for the first page of their worklist, as JSON and as HTML,
through the whole WSGI application: session, account, directory, counts, fifty rows. Measured is
the CPU that the process of the application and its database backend spend together, each page in
turn with the other, at a thousand open cases and again at all of them. The number of queries has
to be the same. The limit is pgbench with the bare query of fifty rows.

`--helpdesk` names the Python of an environment with django-helpdesk 2.6.1: its list of tickets by
due date is asked for beside ours, over `--tickets` tickets. Without it that line is left out.
"""

import argparse
import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import Count
from django.test import Client
from django.utils import timezone
from measuring import DATABASE, own_database, peak_memory  # first: it sets Django up
from worklist_rows import NOW, OFFICES, Filler, load

from dandang.config.wsgi import application
from dandang.database import Role
from dandang.database.binaries import wheel_folder
from dandang.database.connection import parameters
from dandang.database.place import Place, state_directory
from dandang.lifecycle.casework.models import Case
from dandang.organization.actions.training import freeze_time
from dandang.organization.models import Account

FEW = 1_000
SHOWN = "account_authentication_methods"
"""Where a session keeps with what somebody signed in."""
MOST_JSON, MOST_HTML = 2.0, 12.0
PAGES = {"JSON": "/desk/worklist.json", "HTML": "/desk/"}
QUEUE = """
\\set post random(0, {most})
SELECT id, due_at, reference, opening_event, state, outcome, holder, category, area, case_class,
       policy, due_clock, hand_overs, first_response_at, seq, channel, sent_at, particulars
FROM casework_case
WHERE holder = format('office-%s-duty', lpad((:post)::text, 3, '0')) AND ended_at IS NULL
ORDER BY due_at, id LIMIT 51;
"""


def signed_in(account: Account) -> Client:
    """Return a client as it is after signing in with two factors."""
    client, at = Client(), time.time()
    session = client.session
    session["signed_in_at"] = timezone.now().isoformat()
    session.save()
    client.force_login(account)
    session = client.session
    session[SHOWN] = [
        {"method": "password", "at": at},
        {"method": "mfa", "type": "totp", "at": at},
    ]
    session[f"{SHOWN}_user"] = str(account.pk)
    session.save()
    return client


class Asker:
    """Asks the whole application for a page as one officer, and tells what that cost.

    The CPU of the database is that of the one backend this process is connected to.
    """

    def __init__(self, officer: str) -> None:
        client = signed_in(Account.objects.get(username=officer))
        self._cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies['sessionid'].value}"

    def ask(self, path: str, query: str = "") -> bytes:
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "HTTP_HOST": "localhost",
            "HTTP_COOKIE": self._cookie,
            "HTTP_ACCEPT_LANGUAGE": "zh-CN",
            "wsgi.input": BytesIO(),
            "wsgi.errors": sys.stderr,
            "wsgi.url_scheme": "http",
        }
        told: list[str] = []
        answer = application(environ, lambda status, _headers: told.append(status))
        content = b"".join(answer)
        answer.close()
        assert told == ["200 OK"], (path, told)
        return content


class Cost:
    """CPU milliseconds of single requests, in this process and in its database backend."""

    def __init__(self) -> None:
        self.client: list[float] = []
        self.requests = 0
        self.server = 0.0

    @contextmanager
    def measured(self) -> Iterator[None]:
        began = time.process_time()
        yield
        self.client.append(1000 * (time.process_time() - began))
        self.requests += 1

    @property
    def own(self) -> float:
        return statistics.fmean(self.client)

    @property
    def whole(self) -> float:
        return self.own + self.server


def backend_ms() -> float:
    """Return the CPU milliseconds that this connection's backend has spent so far."""
    # Asked of the client: a statement would be counted, too.
    pid = connection.connection.info.backend_pid
    # /proc counts in steps of 10 ms; the scheduler's own account is exact.
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e6


def compare(
    askers: list[Asker], rounds: int, queue: str = "mine"
) -> tuple[dict[str, Cost], dict[str, int]]:
    """Ask for every page in turn; return what each cost, and its number of queries."""
    query = f"queue={queue}"
    costs = {name: Cost() for name in PAGES}
    asked: dict[str, int] = {}
    for turn in range(rounds + 1):
        for name, path in PAGES.items():
            asker = askers[turn % len(askers)]
            before = backend_ms()
            if turn:
                with costs[name].measured():
                    asker.ask(path, query)
                costs[name].server += (backend_ms() - before) / rounds
            else:
                for one in askers:
                    sent = queries(lambda one=one, path=path: one.ask(path, query))
                    asked[name] = max(sent, asked.get(name, 0))
    return costs, asked


def queries(do: Callable[[], object]) -> int:
    """Return how many statements something sends."""
    sent: list[str] = []

    def count(execute, sql, params, many, context):  # noqa: ANN001, ANN202 Django's
        sent.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        do()
    return len(sent)


def pgbench(posts: int, seconds: int = 8) -> float:
    """Return how many bare queues one client of pgbench reads in a second."""
    script = Place(state_directory()).state / "queue.sql"
    script.write_text(QUEUE.format(most=posts - 1))
    found = parameters(Role.APP, DATABASE)
    where = ["-h", found["host"], "-p", found["port"], "-U", found["user"], DATABASE]
    how = ["-n", "-M", "prepared", "-c", "1", "-T", str(seconds), "-f", str(script)]
    run = subprocess.run(
        [str(wheel_folder() / "pgbench"), *how, *where], capture_output=True, text=True, check=True
    )
    script.unlink()
    (line,) = [one for one in run.stdout.splitlines() if one.startswith("tps")]
    return float(line.split()[2])


def spread(officers: list[str]) -> list[str]:
    """Return the officers with the longest, some middling and the shortest worklist."""
    held = Case.objects.filter(ended_at=None).order_by().values("holder").annotate(n=Count("id"))
    by_post = {row["holder"]: row["n"] for row in held}
    ranked = sorted(officers, key=lambda one: -by_post.get(f"{one.removeprefix('O-')}-duty", 0))
    places = [0, len(ranked) // 4, len(ranked) // 2, 3 * len(ranked) // 4, len(ranked) - 1]
    chosen = [ranked[place] for place in places]
    numbers = [by_post.get(f"{one.removeprefix('O-')}-duty", 0) for one in chosen]
    print(f"open cases of the officers that ask: {numbers}")
    return chosen


def report(costs: dict[str, Cost], asked: dict[str, int]) -> None:
    print(f"{'page':<10}{'CPU ms':>8}{'own':>8}{'database':>10}{'queries':>9}")
    for name, cost in costs.items():
        print(f"{name:<10}{cost.whole:>8.2f}{cost.own:>8.2f}{cost.server:>10.2f}{asked[name]:>9}")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--open", type=int, default=100_000, dest="still_open")
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--helpdesk", type=Path)
    parser.add_argument("--tickets", type=int, default=100_000)
    return parser.parse_args()


def main() -> None:
    """Fill, ask at a few cases and at all of them, print what the pages cost."""
    typed = arguments()
    rng = random.Random(6)
    with own_database():
        *officers, supervisor = load(rng)
        freeze_time(NOW)
        filler = Filler(typed.still_open, rng)
        filler.fill(FEW)
        _, few = compare([Asker(one) for one in spread(officers)], 5)
        filler.fill(typed.cases)
        connection.close()  # with the plans that it keeps for a thousand cases
        costs, asked = compare([Asker(one) for one in spread(officers)], typed.rounds)
        report(costs, asked)
        assert asked == few, (few, asked)
        print(f"the same number of queries at {FEW:,} and {typed.cases:,} cases")
        rate = pgbench(OFFICES)
        bare = 1000 / rate
        print(f"limit: pgbench {rate:,.0f} queues/s, {bare:.3f} ms each; ", end="")
        print(", ".join(f"{name} {cost.whole / bare:.0f}×" for name, cost in costs.items()))
        print("the supervisor, among all open cases:")
        report(*compare([Asker(supervisor)], 40, "all"))
        if typed.helpdesk:
            beside(typed.helpdesk, typed.tickets, costs["HTML"])
        else:
            print("django-helpdesk: skipped, no --helpdesk")
        print(f"peak memory {peak_memory():.0f} MiB")
        late = costs["JSON"].whole > MOST_JSON or costs["HTML"].whole > MOST_HTML
        print(f"targets JSON {MOST_JSON} ms, HTML {MOST_HTML} ms: {'missed' if late else 'met'}")


def beside(python: Path, tickets: int, ours: Cost) -> None:
    """Measure django-helpdesk's list of tickets in its own environment, on the same server."""
    found = parameters(Role.OWNER, DATABASE)
    place = {"host": found["host"], "port": found["port"], "user": found["user"]}
    script = Path(__file__).with_name("helpdesk_queue.py")
    run = subprocess.run(
        [str(python), str(script), json.dumps(place), str(tickets)],
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        print(f"django-helpdesk: could not be measured\n{run.stderr[-500:]}")
        return
    told = json.loads(run.stdout.splitlines()[-1])
    print(
        f"django-helpdesk, {tickets:,} tickets: {told['cpu']:.1f} ms CPU a page of its list by due"
        f" date, {told['queries']} queries; ratio {told['cpu'] / ours.whole:.1f}"
    )


if __name__ == "__main__":
    main()
