"""The auditor finds what somebody with every right did to the tables."""

import secrets

import pytest
from django.db import transaction

from dandang.ledger import audit, sequencer
from dandang.ledger.chain import Fault
from tests.ledger.sample import accepted, handed_over, reported, write
from tests.ledger.superuser import superuser

STREAMS = sorted(secrets.token_bytes(16) for _ in range(3))
VICTIM = STREAMS[1]


@pytest.fixture
def tamper(fresh_database):
    """Three sound cases, and what a superuser needs to change them."""
    for stream in STREAMS:
        write(stream, reported(), handed_over(), accepted())
    sequencer.sequence_once()
    with transaction.atomic():
        assert list(audit.check_streams(page=2)) == []
    assert audit.check_indexes() == audit.Indexes(9, 9, 0, 0, 0, 0, 0)
    with superuser(fresh_database) as everything:
        for table in ("ledger_event", "ledger_leaf", "ledger_personal"):
            everything.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")

        def execute(statement):
            changed = everything.execute(statement, {"victim": VICTIM}).rowcount
            assert changed == 1

        yield execute


@pytest.mark.parametrize(
    ("statement", "position", "fault"),
    [
        ("UPDATE ledger_event SET type = 'withdrawn'", 1, Fault.WRONG_COLUMNS),
        ("UPDATE ledger_event SET at = at - interval '1 day'", 1, Fault.WRONG_COLUMNS),
        ("UPDATE ledger_event SET entry = entry || ' '", 1, Fault.WRONG_HASH),
        ("UPDATE ledger_event SET leaf_hash = sha256('x')", 1, Fault.WRONG_HASH),
        ("UPDATE ledger_event SET disclosures = 'x~' || disclosures", 1, Fault.WRONG_DISCLOSURE),
        ("DELETE FROM ledger_event", 1, Fault.WRONG_SEQ),
        ("UPDATE ledger_event SET seq = 7", 1, Fault.WRONG_SEQ),
    ],
)
def test_a_changed_event_is_found_at_its_own_place(tamper, statement, position, fault):
    tamper(f"{statement} WHERE stream = %(victim)s AND seq = 1")
    (found,) = audit.check_streams(page=2)
    assert found == audit.StreamProblem(VICTIM, audit.ChainProblem(position, fault))


def test_an_exchanged_personal_text_is_found(tamper):
    tamper(
        "UPDATE ledger_personal SET disclosure = (SELECT disclosure FROM ledger_personal"
        " WHERE name = 'title' LIMIT 1) WHERE name = 'text' AND event_id ="
        " (SELECT id FROM ledger_event WHERE stream = %(victim)s AND seq = 1)"
    )
    (found,) = audit.check_streams()
    assert found.problem == audit.ChainProblem(1, Fault.WRONG_DISCLOSURE)


def test_an_entry_with_a_repaired_hash_breaks_the_next_link(tamper):
    changed = "convert_to(replace(convert_from(entry, 'UTF8'), '2026', '2025'), 'UTF8')"
    tamper(
        f"UPDATE ledger_event SET entry = {changed},"
        f" leaf_hash = sha256('\\x00'::bytea || {changed}),"
        " at = at - interval '1 year' WHERE stream = %(victim)s AND seq = 1"
    )
    (found,) = audit.check_streams()
    assert found.problem == audit.ChainProblem(2, Fault.BROKEN_LINK)


def test_another_name_of_the_log_is_found(tamper, settings):
    settings.LEDGER_ORIGIN = "ledger.example.org/elsewhere"
    found = list(audit.check_streams())
    assert [one.stream for one in found] == STREAMS
    assert {one.problem for one in found} == {audit.ChainProblem(0, Fault.FOREIGN_LOG)}


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE ledger_leaf SET idx = 9 WHERE idx = 8", "gaps"),
        ("DELETE FROM ledger_leaf WHERE idx = 8", "lost"),
        ("INSERT INTO ledger_pending SELECT event_id FROM ledger_leaf WHERE idx = 3", "twice"),
        ("UPDATE ledger_leaf SET idx = 99 WHERE idx = 0", "out_of_order"),
    ],
)
def test_a_changed_index_is_found(tamper, statement, what):
    tamper(statement)
    found = audit.check_indexes()
    assert getattr(found, what) > 0
    assert not found.sound
