"""Asking the ledger: by case, by index, all of it in pieces, personal values in batches."""

import secrets

import pytest
from django.db import connection

from dandang.ledger import queries, sequencer
from tests.ledger.sample import accepted, handed_over, reported, write

STREAMS = sorted(secrets.token_bytes(16) for _ in range(4))

pytestmark = pytest.mark.django_db


@pytest.fixture
def four_cases():
    """Four cases of 1, 2, 3 and 4 events, their events interleaved."""
    for turn in range(4):
        for stream in STREAMS[turn:]:
            write(stream, handed_over(round=turn))


def test_a_case_without_events_has_none(four_cases):
    assert queries.events_of(secrets.token_bytes(16)) == []


@pytest.mark.parametrize("page", [1, 2, 3, 10, 11, 5000])
def test_all_events_come_by_case_and_in_order_whatever_the_page(four_cases, page):
    found = [(event.stream, event.seq) for event in queries.stream_all(page=page)]
    expected = [(stream, seq) for place, stream in enumerate(STREAMS) for seq in range(place + 1)]
    assert found == expected


def test_an_empty_ledger_has_no_events():
    assert list(queries.stream_all()) == []
    assert queries.size() == 0


def test_reading_everything_takes_a_query_a_page(four_cases, django_assert_num_queries):
    with django_assert_num_queries(3):  # 10 events: 4, 4, 2
        assert len(list(queries.stream_all(page=4))) == 10


def test_a_follower_gets_every_event_once_in_the_order_of_the_log(four_cases):
    sequencer.sequence_once()
    last, seen = -1, []
    while batch := queries.follow(last, limit=3):
        assert [index for index, _ in batch] == list(range(last + 1, last + 1 + len(batch)))
        seen += [event.event_id for _, event in batch]
        last = batch[-1][0]
    assert last == 9
    assert sorted(seen) == sorted(event.event_id for event in queries.stream_all())


def test_a_follower_sees_nothing_that_has_no_index_yet(four_cases):
    assert queries.follow() == []
    sequencer.sequence_once(limit=2)
    assert [index for index, _ in queries.follow()] == [0, 1]


def test_personal_values_come_in_one_query(django_assert_num_queries):
    ids = [
        write(stream, reported(title=f"第{n}件"))[0].event_id for n, stream in enumerate(STREAMS)
    ]
    with django_assert_num_queries(1):
        titles = queries.personal_of(ids, ["title"])
    assert titles == {event_id: {"title": f"第{n}件"} for n, event_id in enumerate(ids)}


def test_erased_and_impersonal_events_are_left_out():
    kept, impersonal, erased = write(STREAMS[0], reported(), accepted(), reported())
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_personal WHERE event_id = %s", [erased.event_id])
    ids = [kept.event_id, impersonal.event_id, erased.event_id]
    assert queries.personal_of(ids).keys() == {kept.event_id}
    assert queries.personal_of(ids, ["contact"]) == {}
    assert queries.personal_of([]) == {}


def test_the_size_counts_events_with_and_without_index(four_cases):
    sequencer.sequence_once(limit=4)
    assert queries.size() == 10


def test_the_ledger_knows_the_name_it_began_with(settings):
    assert queries.origin() is None
    write(STREAMS[0], reported())
    settings.LEDGER_ORIGIN = "ledger.example.org/elsewhere"
    assert queries.origin() == "ledger.localhost/dandang"


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT seq FROM ledger_event WHERE stream = '\\x00' ORDER BY seq DESC LIMIT 1",
        "SELECT * FROM ledger_event WHERE (stream, seq) > ('', -1) ORDER BY stream, seq LIMIT 9",
        "SELECT * FROM ledger_leaf WHERE idx > 5 ORDER BY idx LIMIT 9",
        "SELECT max(idx) FROM ledger_leaf",
        "SELECT event_id FROM ledger_pending ORDER BY event_id LIMIT 9",
        "SELECT * FROM ledger_personal WHERE event_id = ANY('{1,2}')",
    ],
)
def test_an_index_serves_every_question(statement):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {statement}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Seq Scan" not in plan
    assert "Sort" not in plan
