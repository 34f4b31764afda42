"""What a page of django-helpdesk's list of tickets by due date costs, on a server that runs.

python benchmarks/helpdesk_queue.py PLACE TICKETS   (in an environment with django-helpdesk 2.6.1)

PLACE is JSON: host, port, user. Makes a database of its own there, fills it with tickets, and asks
for the page of the table through the whole application, as its own page does. The last line is
JSON: CPU milliseconds a page (this process and its database backend), number of queries.
"""

import json
import sys
import time
from datetime import timedelta
from pathlib import Path

import django
import psycopg
from django.conf import settings

DATABASE = "helpdesk_benchmark"
ROUNDS = 15
BATCH = 5000
ROWS = 50


def configure(place: dict[str, str]) -> None:
    database = {"NAME": DATABASE, "USER": place["user"], "HOST": place["host"]}
    settings.configure(
        SECRET_KEY="benchmark",
        ALLOWED_HOSTS=["*"],
        USE_TZ=True,
        ROOT_URLCONF=__name__,
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        STATIC_URL="/static/",
        SITE_ID=1,
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.postgresql",
                "PORT": place["port"],
                "CONN_MAX_AGE": 600,
                **database,
            }
        },
        INSTALLED_APPS=[
            *("django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"),
            *("django.contrib.sites", "django.contrib.messages", "django.contrib.humanize"),
            *("django.contrib.admin", "django.contrib.staticfiles", "rest_framework", "helpdesk"),
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ]
                },
            }
        ],
        HELPDESK_TEAMS_MODE_ENABLED=False,
        HELPDESK_KB_ENABLED=True,
    )
    django.setup()


def fill(tickets: int) -> None:
    from django.utils import timezone  # noqa: PLC0415 after set-up
    from helpdesk.models import Queue, Ticket  # noqa: PLC0415 after set-up

    queues = [Queue.objects.create(title=f"Q{one}", slug=f"q{one}") for one in range(30)]
    now = timezone.now()
    for first in range(0, tickets, BATCH):
        Ticket.objects.bulk_create(
            Ticket(
                title=f"No water since this morning, building {number}",
                description="No water since six this morning. " * 8,
                queue=queues[number % len(queues)],
                status=1,
                due_date=now + timedelta(minutes=number % 40_000 - 8000),
            )
            for number in range(first, min(first + BATCH, tickets))
        )


def measure() -> dict[str, float]:
    from django.contrib.auth.models import User  # noqa: PLC0415 after set-up
    from django.db import connection  # noqa: PLC0415 after set-up
    from django.test import Client  # noqa: PLC0415 after set-up
    from django.urls import reverse  # noqa: PLC0415 after set-up
    from helpdesk.query import query_to_base64  # noqa: PLC0415 after set-up

    client = Client()
    client.force_login(User.objects.create(username="staff", is_staff=True, is_superuser=True))
    wanted = {"filtering": {"status__in": [1, 2]}, "sorting": "due_date", "search_string": ""}
    path = reverse("helpdesk:datatables_ticket_list", args=[query_to_base64(wanted)])
    asked = {"draw": 1, "start": 0, "length": ROWS, "search[value]": ""}

    def page() -> None:
        answer = client.get(path, {**asked, "order[0][column]": 5, "order[0][dir]": "asc"})
        assert answer.status_code == 200, answer.content[:300]  # noqa: PLR2004 HTTP
        assert len(answer.json()["data"]) == ROWS

    page()
    sent: list[str] = []

    def count(execute, sql, params, many, context):  # noqa: ANN001, ANN202 Django's
        sent.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        page()
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    account = Path(f"/proc/{pid}/schedstat")
    server, own = int(account.read_text().split()[0]), time.process_time()
    for _ in range(ROUNDS):
        page()
    spent = (int(account.read_text().split()[0]) - server) / 1e6
    return {
        "cpu": (1000 * (time.process_time() - own) + spent) / ROUNDS,
        "queries": len(sent),
    }


def main() -> None:
    """Make the database, fill it, measure, drop it."""
    place, tickets = json.loads(sys.argv[1]), int(sys.argv[2])
    own = {"host": place["host"], "port": place["port"], "user": place["user"]}
    with psycopg.connect(dbname="postgres", autocommit=True, **own) as server:
        server.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {DATABASE}")
        try:
            configure(place)
            from django.core.management import call_command  # noqa: PLC0415 after set-up

            call_command("migrate", verbosity=0)
            fill(tickets)
            print(json.dumps(measure()))
        finally:
            server.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")


def __getattr__(name: str) -> object:
    """Give the addresses, which can only be read after set-up."""
    if name != "urlpatterns":
        raise AttributeError(name)
    from django.urls import include, path  # noqa: PLC0415 after set-up

    return [path("helpdesk/", include("helpdesk.urls", namespace="helpdesk"))]


if __name__ == "__main__":
    main()
