"""Erasing by law: the words go, what was said of them stays provable."""

import secrets

import pytest
from django.db import transaction

from dandang.ledger import audit, queries
from dandang.ledger.append import NotInTransaction
from dandang.ledger.erasure import erasable, erase
from tests.ledger.sample import accepted, handed_over, reported, write


def test_what_is_erased_is_gone_and_the_chain_is_whole(db):
    stream, other = secrets.token_bytes(16), secrets.token_bytes(16)
    write(stream, reported(contact="13900000000"), handed_over(), accepted())
    write(other, reported())
    digests = erasable(stream)
    assert len(digests) == 4
    with transaction.atomic():
        assert erase(stream, digests) == 4
    assert erasable(stream) == ()
    assert len(erasable(other)) == 2
    events = queries.events_of(stream)
    assert queries.personal_of([event.event_id for event in events]) == {}
    assert [event.fields.get("category") for event in events] == ["lamp", None, None]
    assert list(audit.check_streams()) == []


def test_only_the_values_that_were_named_are_erased(db):
    stream = secrets.token_bytes(16)
    write(stream, reported())
    first, *_ = erasable(stream)
    with transaction.atomic():
        assert erase(stream, (first,)) == 1
    assert first not in erasable(stream)
    assert len(erasable(stream)) == 1


def test_nothing_is_erased_without_the_event_that_says_so(fresh_database):
    with pytest.raises(NotInTransaction):
        erase(secrets.token_bytes(16), ())
