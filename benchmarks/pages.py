"""How long the server works for each page of the demonstration, and how heavy the page is.

python benchmarks/pages.py [ROUNDS]   (with the project's environment; about a minute)

Builds the city of the demonstration in a database of its own and asks for every page as residents,
the public and officers see it, page after page, round after round. Prints for each the median
milliseconds of the server, those of the database in them, the number of statements and the
compressed kilobytes of the page. The limits are 100 ms a page on these data, and 60 kB with style
and scripts.
"""

import gzip
import re
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from importlib.resources import files

from django.conf import settings
from django.db import connection
from django.test import Client
from measuring import own_database, peak_memory

from dandang.demo.building import build
from dandang.demo.played import Played
from dandang.demo.roles import ROLES
from dandang.demo.trying import to_try
from dandang.organization.models import Account

ROUNDS = 7
MOST_MS = 100
MOST_KB = 60
PUBLIC = (
    *("/", "/new/where/", "/c/", "/c/lost/", "/login/"),
    *("/open/", "/open/months/", "/open/waits/", "/open/areas/", "/open/categories/"),
    *("/open/units/", "/open/method/", "/open/cases/", "/open/cases/?q=水"),
)
REQUESTER = ("", "receipt/", "contact/", "note/", "withdraw/", "judge/?verdict=no")
OFFICER = {
    "officer": ("/desk/", "/desk/clocks/", "/desk/messages/", "/desk/precedents/"),
    "dispatcher": ("/desk/", "/desk/new/", "/desk/to-publish/", "/desk/escalations/"),
    "call-back": ("/desk/call-backs/",),
    "supervision": ("/supervision/decisions/", "/desk/long-standing/"),
    "leader": ("/desk/calls/",),
}
LINKED = re.compile(r'(?:href|src)="(/static/[^"]+)"')


class Statements:
    """Counts statements and their time."""

    def __init__(self) -> None:
        self.number = 0
        self.seconds = 0.0

    @contextmanager
    def counted(self) -> Iterator[None]:
        self.number, self.seconds = 0, 0.0
        with connection.execute_wrapper(self._one):
            yield

    def _one(self, execute, sql, params, many, context):  # noqa: ANN001, ANN202 Django's
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.number += 1
            self.seconds += time.perf_counter() - began


def pages(tried: Played) -> Iterator[tuple[str, Client, str]]:
    """Yield who asks, with which browser, for which page."""
    anybody = _browser()
    for path in PUBLIC:
        yield "anybody", anybody, path
    sender = _browser()
    sender.post("/c/", {"reference": tried.reference, "access_code": tried.access_code})
    for part in REQUESTER:
        yield "requester", sender, f"/c/{tried.reference}/{part}"
    for role, paths in OFFICER.items():
        client = _browser()
        client.force_login(Account.objects.get(username=ROLES[role].officer))
        for path in paths:
            yield role, client, path


def _browser() -> Client:
    return Client(headers={"accept-language": "zh-CN", "host": "localhost"})


def weight(page: bytes) -> float:
    """Return the compressed kilobytes of a page with its style and scripts."""
    shared = files("dandang.interfaces.shared").joinpath("static")
    parts = [page]
    for path in set(LINKED.findall(page.decode())):
        found = shared.joinpath(path.removeprefix(settings.STATIC_URL))
        if found.is_file():
            parts.append(found.read_bytes())
    return sum(len(gzip.compress(part)) for part in parts) / 1000


def main() -> None:
    """Build the city, ask for the pages in turn, print what they took."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    with own_database():
        print("building the city …", flush=True)
        tried = to_try(build(language="zh").player.played.values())
        asked = list(pages(tried))
        taken: list[list[tuple[float, float]]] = [[] for _ in asked]
        told = [(0, 0.0)] * len(asked)
        statements = Statements()
        for _ in range(rounds + 1):
            for place, (_who, client, path) in enumerate(asked):
                with statements.counted():
                    began = time.perf_counter()
                    answer = client.get(path)
                    seconds = time.perf_counter() - began
                assert answer.status_code == HTTPStatus.OK, (path, answer.status_code)
                taken[place].append((seconds, statements.seconds))
                told[place] = (statements.number, weight(answer.content))
        print(f"{'who':<13}{'page':<34}{'ms':>7}{'of it db':>10}{'stmts':>7}{'kB':>7}")
        late = []
        for (who, _client, path), times, (number, kilobytes) in zip(
            asked, taken, told, strict=True
        ):
            # The first round fills what is kept between requests.
            ms, of_database = (
                1000 * statistics.median(one) for one in zip(*times[1:], strict=True)
            )
            shown = path.replace(tried.reference, "…")
            print(f"{who:<13}{shown:<34}{ms:>7.1f}{of_database:>10.1f}{number:>7}{kilobytes:>7.1f}")
            if ms > MOST_MS or kilobytes > MOST_KB:
                late.append(shown)
        print(f"over {MOST_MS} ms or {MOST_KB} kB: {', '.join(late) or 'none'}")
        print(f"peak memory {peak_memory():.0f} MiB")


if __name__ == "__main__":
    main()
