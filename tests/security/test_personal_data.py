"""Personal words stand in rows that can be erased, and nowhere else: not in ledger entries."""

import base64
import hashlib
from collections.abc import Iterator
from itertools import count

import pytest
from django.db import connection

from dandang.ledger.sequencer import sequence_once
from dandang.organization.models import KeptSession
from tests import town
from tests.everywhere import where
from tests.interfaces.stories import browser, city, officer, opens

pytestmark = pytest.mark.django_db

NUMBERS = count(1)
KINDS = ("欧阳{:04}", "O'Hara-{:04}", "湖滨路{:04}号", "山田太郎{:04}", "Flat {:04}, 3 Hubin Road")
ERASABLE = {"ledger_personal"}
"""Tables whose rows go with an erasure."""


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def canaries(number: int) -> Iterator[str]:
    for _ in range(number):
        at = next(NUMBERS)
        yield KINDS[at % len(KINDS)].format(at)


def lives(number: int) -> list[str]:
    """Let requests be sent, answered, judged and reopened; return every personal word of them."""
    said: list[str] = []
    for at in range(number):
        words = list(canaries(8))
        text, title, location, name, note, reply, verdict, again = words
        phone = f"139{at:08}"
        client = browser()
        reference = opens(client, text=text, title=title, location=location, name=name, phone=phone)
        client.post(f"/c/{reference}/note/", {"text": note})
        officer("accept", reference, town.LI_NA)
        officer("reply", reference, town.LI_NA, text=reply)
        officer("propose", reference, town.LI_NA, outcome="resolved", text=reply)
        client.post(f"/c/{reference}/judge/", {"verdict": "no", "text": verdict})
        client.post(f"/c/{reference}/withdraw/", {"text": again})
        said += [*words, phone]
    while sequence_once():
        pass
    return said


def test_hundreds_of_personal_words_stand_in_erasable_rows_alone():
    said = lives(56)
    assert len(said) > 500
    found = where(said)
    assert set(found) == ERASABLE
    assert len(found["ledger_personal"]) == len(said)


def test_neither_entries_nor_disclosures_hold_them_nor_their_bare_digests():
    said = lives(10)
    digests = [hashlib.sha256(word.encode()).digest() for word in said]
    forms = {form for one in digests for form in (one.hex(), _url64(one))}
    with connection.cursor() as cursor:
        cursor.execute("SELECT entry, disclosures FROM ledger_event")
        for entry, disclosures in cursor.fetchall():
            opened = bytes(entry).decode() + "".join(map(_opened, disclosures.split("~")))
            assert not [word for word in said if word in opened]
            assert not [form for form in forms if form in opened]


def test_a_word_that_strayed_would_be_noticed():
    KeptSession.objects.create(session_key="欧阳0000", session_data="", expire_date=town.MONDAY)
    assert where(["欧阳0000"]) == {"organization_session": {"欧阳0000"}}


def _opened(disclosure: str) -> str:
    return base64.urlsafe_b64decode(disclosure + "==").decode()


def _url64(digest: bytes) -> str:
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
