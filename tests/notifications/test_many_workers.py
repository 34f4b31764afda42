"""Several workers at once, and one that is killed: nothing is lost, nothing is told twice."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta

import pytest

from dandang.notifications.models import Cursor, Message
from dandang.notifications.sending import CLAIM, deliver_once
from tests import town
from tests.interfaces.cli.calling import surroundings
from tests.lifecycle.at_once import at_once
from tests.notifications.city import LIU_MAIL, follows, opens
from tests.notifications.conftest import use_mail
from tests.notifications.smtp_server import smtp_server

REQUESTS = 30
_WORKER = """
import django
django.setup()
from datetime import datetime
from dandang.notifications.sending import deliver_once
while deliver_once(now=datetime.fromisoformat("2026-10-12T01:00:00+00:00")).claimed:
    pass
"""


@pytest.fixture
def waiting(fresh_database, network, settings):
    """Thirty receipts that wait to be sent, and a server that takes its time."""
    town.build()
    with smtp_server() as server:
        use_mail(settings, server.port)
        for _ in range(REQUESTS):
            opens(email=LIU_MAIL)
        follows()
        server.thinks = 0.01
        yield server


def states() -> Counter[str]:
    return Counter(Message.objects.filter(channel="mail").values_list("state", flat=True))


def test_four_workers_send_every_message_once(waiting):
    def work() -> int:
        sent = 0
        while (done := deliver_once(now=town.MONDAY, limit=3)).claimed:
            sent += done.sent
        return sent

    assert sum(at_once([work] * 4)) == REQUESTS
    assert Counter(Counter(waiting.ids).values()) == {1: REQUESTS}
    assert states() == {"sent": REQUESTS}


def test_two_followers_write_every_message_once(waiting):
    Message.objects.all().delete()
    Cursor.objects.update(idx=-1)

    at_once([follows, follows])
    follows()
    assert states() == {"waiting": REQUESTS}


def test_a_worker_that_is_killed_in_the_middle_loses_nothing(waiting):
    waiting.thinks = 0.05
    worker = subprocess.Popen(
        [sys.executable, "-c", _WORKER],
        env=surroundings(
            DANDANG_SMTP_HOST="127.0.0.1",
            DANDANG_SMTP_PORT=str(waiting.port),
            DANDANG_SMTP_SECURITY="none",
            DANDANG_MAIL_FROM="12345@jiangcheng.example",
        ),
    )
    patience = time.monotonic() + 60
    while len(waiting.taken) < REQUESTS // 3 and time.monotonic() < patience:
        time.sleep(0.01)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait(10)
    assert states()["waiting"] > 0
    assert deliver_once(now=town.MONDAY).sent == 0
    now = town.MONDAY + CLAIM + timedelta(seconds=1)
    while deliver_once(now=now).claimed:
        continue
    assert states() == {"sent": REQUESTS}
    times = Counter(waiting.ids)
    assert len(times) == REQUESTS
    assert sum(times.values()) <= REQUESTS + 1  # the one under way when the worker was killed
