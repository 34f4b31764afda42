"""The pen: what is appended stands whole, chained and disclosed, or not at all."""

import base64
import hashlib
import secrets
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dandang.database import Role, connect
from dandang.ledger import audit, chain, disclosures, queries
from dandang.ledger.append import NotInTransaction, append, append_many, begin
from dandang.terms import Code, Due, Refusal
from tests.ledger.sample import (
    LI_NA,
    MONDAY,
    MRS_LIU,
    ActFailed,
    accepted,
    failing_act,
    handed_over,
    records,
    reported,
    write,
)

STREAM = secrets.token_bytes(16)
OTHER = secrets.token_bytes(16)


def rows(statement, *params):
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall()


def test_outside_a_transaction_nothing_is_written(fresh_database):
    with pytest.raises(NotInTransaction, match="atomic"):
        append(STREAM, [reported()], now=MONDAY)
    assert queries.size() == 0


def test_an_act_that_rolls_back_leaves_nothing(fresh_database):
    with pytest.raises(ActFailed):
        failing_act(STREAM, reported(), handed_over())
    assert queries.size() == 0
    assert rows("SELECT count(*) FROM ledger_pending") == [(0,)]
    assert rows("SELECT count(*) FROM ledger_personal") == [(0,)]


@pytest.mark.django_db
class TestAppend:
    def test_events_of_a_case_come_back_in_order(self):
        first = write(STREAM, reported(), handed_over())
        second = write(STREAM, accepted())
        assert [appended.seq for appended in first + second] == [0, 1, 2]
        assert [appended.type for appended in first] == ["reported", "handed_over"]
        stored = queries.events_of(STREAM)
        assert [event.type for event in stored] == ["reported", "handed_over", "accepted"]
        assert [event.event_id for event in stored] == [a.event_id for a in first + second]
        assert [event.leaf_hash for event in stored] == [a.leaf_hash for a in first + second]

    def test_everything_about_an_event_comes_back(self):
        write(STREAM, handed_over(units=("water", "housing"), round=2, urgent=True))
        (stored,) = queries.events_of(STREAM)
        assert stored.fields == {
            "holder_post": "water.duty",
            "units": ["water", "housing"],
            "round": 2,
            "urgent": True,
        }
        assert (stored.actor, stored.post) == (LI_NA, "housing.duty")
        assert (stored.stream, stored.seq) == (STREAM, 0)
        assert stored.occurred_at == MONDAY
        assert stored.dues == (
            Due("accept", MONDAY + timedelta(hours=4), provisional=True),
            Due("dispatch", None),
        )

    def test_the_time_of_recording_is_kept_apart_from_when_it_happened(self):
        now = datetime(2026, 11, 24, 1, 2, 3, 999_999, tzinfo=UTC)
        write(STREAM, replace(reported(), occurred_at=MONDAY), now=now)
        (stored,) = queries.events_of(STREAM)
        assert stored.at == datetime(2026, 11, 24, 1, 2, 3, tzinfo=UTC)
        assert stored.occurred_at == MONDAY

    def test_the_stored_bytes_are_a_chain(self):
        write(STREAM, reported(), handed_over())
        write(STREAM, accepted())
        entries = rows("SELECT entry, leaf_hash FROM ledger_event ORDER BY seq")
        links = [chain.Link(entry, leaf_hash) for entry, leaf_hash in entries]
        assert len(links) == 3
        assert chain.check_chain(links, log="ledger.localhost/dandang", stream=STREAM) is None

    def test_streams_are_chains_of_their_own(self):
        write(STREAM, reported())
        (appended,) = write(OTHER, reported())
        assert appended.seq == 0
        assert list(audit.check_streams()) == []

    def test_personal_fields_stand_apart_and_only_there(self):
        (appended,) = write(STREAM, reported(contact="13800138000"))
        assert queries.personal_of([appended.event_id]) == {
            appended.event_id: {
                "title": "路灯不亮",
                "text": "青山街道三号路灯坏了，刘女士",
                "contact": "13800138000",
            }
        }
        (stored,) = queries.events_of(STREAM)
        assert stored.fields == {"category": "lamp"}

    def test_kept_digests_are_those_of_the_disclosures(self):
        write(STREAM, reported())
        for digest, disclosure in rows("SELECT digest, disclosure FROM ledger_personal"):
            assert digest == hashlib.sha256(disclosure.encode()).digest()

    def test_every_event_gets_its_row_in_the_outbox(self):
        appended = write(STREAM, reported(), accepted())
        pending = rows("SELECT event_id FROM ledger_pending ORDER BY event_id")
        assert pending == [(event.event_id,) for event in appended]

    def test_nothing_to_append_asks_the_database_nothing(self, django_assert_num_queries):
        with transaction.atomic(), django_assert_num_queries(0):
            assert append(STREAM, [], now=MONDAY) == []

    @pytest.mark.parametrize("count", [1, 2, 30])
    def test_two_statements_serve_any_number_of_events(self, count, django_assert_num_queries):
        with transaction.atomic(), django_assert_num_queries(2):
            append(STREAM, [handed_over()] * count, now=MONDAY)
        assert len(queries.events_of(STREAM)) == count

    def test_a_naive_time_is_refused_and_nothing_is_written(self):
        with pytest.raises(ValueError, match="at"):
            write(STREAM, reported(), now=MONDAY.replace(tzinfo=None))
        assert queries.size() == 0

    @pytest.mark.parametrize("stream", [b"", b"too short", bytes(17)])
    def test_a_tag_of_another_length_is_refused_and_nothing_is_written(self, stream):
        with pytest.raises(ValueError, match="case"):
            write(stream, reported())
        assert queries.size() == 0

    def test_text_with_a_lone_surrogate_is_refused_and_nothing_is_written(self):
        with pytest.raises(UnicodeEncodeError):
            write(STREAM, reported(text="\ud800"))
        assert queries.size() == 0

    def test_a_text_of_full_length_comes_back(self):
        long = "汉" * 10_000
        (appended,) = write(STREAM, reported(text=long))
        assert queries.personal_of([appended.event_id])[appended.event_id]["text"] == long

    def test_no_canary_stands_in_any_entry_or_event_row(self):
        canaries = [
            f"{name}-{phone}-{place}"
            for name in ("刘女士", "周先生", "李娜", "John O'Neil", "佐藤さくら")
            for phone in ("13800138000", "027-8765 4321", "+81 3-1234-5678", "a@example.org")
            for place in (f"青山街道{number}号" for number in range(25))
        ]
        assert len(set(canaries)) == 500
        write(STREAM, *(reported(title=text, text=text, contact=text) for text in canaries))
        haystack = b"\n".join(
            entry + disclosure.encode() + opened(disclosure)
            for entry, disclosure in rows("SELECT entry, disclosures FROM ledger_event")
        )
        for canary in canaries:
            raw = canary.encode()
            hashed = hashlib.sha256(raw)
            for form in (
                raw,
                canary.split("-")[0].encode(),
                base64.b64encode(raw).rstrip(b"="),
                base64.urlsafe_b64encode(raw).rstrip(b"="),
                raw.hex().encode(),
                hashed.hexdigest().encode(),
                base64.urlsafe_b64encode(hashed.digest()).rstrip(b"="),
                disclosures.digest(disclosures.base64url.encode(raw)).encode(),
            ):
                assert form not in haystack

    def test_salts_never_repeat(self):
        write(STREAM, *[reported()] * 200)
        kept = rows("SELECT disclosures FROM ledger_event")
        personal = rows("SELECT disclosure FROM ledger_personal")
        texts = [text for (joined,) in kept + personal for text in joined.split("~")]
        assert len(texts) == 200 * 6
        assert len(set(texts)) == len(texts)

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.lists(records, min_size=1, max_size=4))
    def test_whatever_is_recorded_is_sound_and_comes_back(self, recorded):
        stream = secrets.token_bytes(16)
        ids = [appended.event_id for appended in write(stream, *recorded)]
        personal = queries.personal_of(ids)
        for stored, original in zip(queries.events_of(stream), recorded, strict=True):
            fields = {**stored.fields, **personal.get(stored.event_id, {})}
            assert type(original.event).from_fields(fields) == original.event
            assert stored.dues == original.dues
            assert stored.occurred_at == original.occurred_at
        assert list(audit.check_streams()) == []

    def test_the_requester_is_named_by_number_only(self):
        write(STREAM, reported())
        (stored,) = queries.events_of(STREAM)
        assert stored.actor == MRS_LIU


@pytest.mark.django_db
class TestBegin:
    def test_many_streams_begin_in_one_statement(self, django_assert_num_queries):
        streams = [secrets.token_bytes(16) for _ in range(5)]
        wishes = [
            (stream, [reported(title=f"第{number}件"), accepted()][: 1 + number % 2])
            for number, stream in enumerate(streams)
        ]
        with transaction.atomic(), django_assert_num_queries(1):
            begun = begin(wishes, now=MONDAY)
        for (stream, recorded), appended in zip(wishes, begun, strict=True):
            assert [event.seq for event in appended] == list(range(len(recorded)))
            stored = queries.events_of(stream)
            assert [event.event_id for event in stored] == [one.event_id for one in appended]
            assert [event.leaf_hash for event in stored] == [one.leaf_hash for one in appended]
        titles = queries.personal_of([first.event_id for first, *_ in begun], ["title"])
        assert [value["title"] for _, value in sorted(titles.items())] == [
            f"第{number}件" for number in range(5)
        ]
        assert list(audit.check_streams()) == []
        assert audit.check_indexes().waiting == 7

    def test_they_go_on_like_any_stream(self):
        with transaction.atomic():
            begin([(STREAM, [reported()])], now=MONDAY)
        write(STREAM, accepted())
        assert [event.seq for event in queries.events_of(STREAM)] == [0, 1]
        assert list(audit.check_streams()) == []

    def test_many_streams_go_on_in_two_statements(self, django_assert_num_queries):
        fresh = secrets.token_bytes(16)
        write(STREAM, reported())
        write(OTHER, reported(), accepted())
        wishes = [(OTHER, [handed_over()]), (fresh, [reported()]), (STREAM, [accepted()] * 2)]
        with transaction.atomic(), django_assert_num_queries(2):
            append_many(wishes, now=MONDAY)
        assert [len(queries.events_of(one)) for one in (STREAM, OTHER, fresh)] == [3, 3, 1]
        assert queries.events_of(OTHER)[-1].fields["holder_post"] == "water.duty"
        assert list(audit.check_streams()) == []
        assert audit.check_indexes().waiting == queries.size() == 7

    def test_where_nothing_happened_the_database_is_asked_nothing(self, django_assert_num_queries):
        with transaction.atomic(), django_assert_num_queries(0):
            append_many([], now=MONDAY)

    def test_nothing_to_begin_asks_the_database_nothing(self, django_assert_num_queries):
        with transaction.atomic(), django_assert_num_queries(0):
            assert begin([], now=MONDAY) == []


def test_a_stream_cannot_begin_twice(fresh_database):
    write(STREAM, reported())
    with pytest.raises(Refusal) as refused, transaction.atomic():
        begin([(OTHER, [reported()]), (STREAM, [reported()])], now=MONDAY)
    assert refused.value.code is Code.CHANGED_MEANWHILE
    assert queries.size() == 1


def test_outside_a_transaction_nothing_goes_on(fresh_database):
    with pytest.raises(NotInTransaction, match="atomic"):
        append_many([(STREAM, [reported()])], now=MONDAY)
    assert queries.size() == 0


def test_outside_a_transaction_nothing_begins(fresh_database):
    with pytest.raises(NotInTransaction):
        begin([(STREAM, [reported()])], now=MONDAY)
    assert queries.size() == 0


def test_two_pens_at_one_place_one_wins_and_the_other_changes_nothing(fresh_database):
    write(STREAM, reported())
    waiting, results = threading.Barrier(2), []

    def hand_over(to):
        try:
            with transaction.atomic():
                queries.events_of(STREAM)
                waiting.wait()
                append(STREAM, [handed_over(to=to)], now=MONDAY)
            results.append("written")
        except Refusal as refusal:
            results.append(refusal.code)
        finally:
            connection.close()

    # Neither locks a case row: this is the net below the lock.
    threads = [threading.Thread(target=hand_over, args=(f"{unit}.duty",)) for unit in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(queries.events_of(STREAM)) == results.count("written") + 1
    assert set(results) <= {"written", Code.CHANGED_MEANWHILE}
    assert list(audit.check_streams()) == []
    assert audit.check_indexes().sound


def test_the_later_pen_is_refused_and_its_transaction_cannot_be_committed(fresh_database):
    write(STREAM, reported())
    first_wrote, refused, told = threading.Event(), [], []

    def second():
        try:
            with transaction.atomic():
                append(OTHER, [accepted()], now=MONDAY)
                transaction.on_commit(lambda: told.append("it is done"))
                first_wrote.wait()
                try:
                    append(STREAM, [accepted()], now=MONDAY)
                except Refusal as refusal:
                    refused.append(refusal.code)  # a caller that swallows it
        finally:
            connection.close()

    thread = threading.Thread(target=second)
    with transaction.atomic():
        append(STREAM, [handed_over()], now=MONDAY)
        thread.start()
        first_wrote.set()
        wait_until_blocked(fresh_database)
    thread.join()
    assert refused == [Code.CHANGED_MEANWHILE]
    assert [event.type for event in queries.events_of(STREAM)] == ["reported", "handed_over"]
    assert queries.events_of(OTHER) == []
    assert told == []


def test_another_broken_rule_of_the_database_is_no_refusal(fresh_database):
    with connect(Role.OWNER, fresh_database) as owner:
        owner.execute("ALTER TABLE ledger_event ADD CONSTRAINT closed CHECK (seq < 1)")
    with pytest.raises(IntegrityError, match="closed"):
        write(STREAM, reported(), accepted())
    assert queries.size() == 0


def wait_until_blocked(database):
    """Wait until some session waits for a lock. Asked apart: within a transaction it is cached."""
    pause = threading.Event()
    with connect(Role.APP, database) as observer:
        for _ in range(1000):
            if observer.execute(
                "SELECT FROM pg_stat_activity WHERE datname = %s AND wait_event_type = 'Lock'",
                [database],
            ).fetchall():
                return
            pause.wait(0.01)
    pytest.fail("nobody waits")


def opened(joined):
    return b"".join(disclosures.base64url.decode(text) for text in joined.split("~"))
