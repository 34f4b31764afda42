"""Stories of imports: every row once, the bad ones apart, safe to stop and to run again."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from dandang.ledger.queries import size
from dandang.lifecycle.casework.models import Case, Request
from dandang.lifecycle.casework.queries import find, history
from dandang.lifecycle.intake.importing import run as module
from dandang.lifecycle.intake.importing.records import Records
from dandang.lifecycle.intake.importing.run import BATCH, Rejected, Run, Tally
from dandang.lifecycle.replay import replay
from dandang.lifecycle.states import State
from dandang.terms import Code, InputError, Refusal
from tests import town
from tests.lifecycle.importing import plans

NOW = town.MONDAY


@pytest.fixture
def city(db: None) -> None:
    town.build()


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    return lambda *lines: plans.write(tmp_path / "rows.csv", *lines)


def never() -> bool:
    return False


def take_in(
    path: Path, stop: Callable[[], bool] = never, now: datetime = NOW
) -> tuple[Tally, list[Rejected]]:
    rejected: list[Rejected] = []
    with path.open(encoding="utf-8", errors="surrogateescape", newline="") as text:
        records = Records(text, ",")
        run = Run(plans.small(), records.header, now=now, rejected=rejected.append)
        run.check()
        for tally in run.take_in(records, stop=stop):
            assert tally.rows == tally.opened + tally.already_present + tally.errors
    return run.tally, rejected


def in_step() -> None:
    """Every case has a holder and the ledger gives every row."""
    result = replay()
    assert (result.differing, result.cases) == (0, Case.objects.count())
    assert not Case.objects.filter(holder="").exists()


def counts(tally: Tally) -> tuple[int, int, int, int]:
    return tally.rows, tally.opened, tally.already_present, tally.errors


def test_a_row_becomes_a_case_whose_clocks_start_at_the_import(city, file):
    tally, rejected = take_in(file(plans.line(id="7", kind="Water", sent="2020-01-01 08:00")))
    assert (counts(tally), rejected) == ((1, 1, 0, 0), [])
    view = find(Request.objects.get(source="old_system", source_id="7").reference)
    assert (view.state.state, view.state.holder) == (State.ASSIGNED, "water-duty")
    assert view.state.sent_at == datetime(2020, 1, 1, 0, 0, tzinfo=UTC)
    assert view.state.counts_from == NOW
    assert all(clock.at > NOW for clock in view.state.clocks.values())
    assert [event.type for event, _ in history(view.stream)] == [
        "case_opened", "assigned", "imported",
    ]  # fmt: skip
    in_step()


def test_a_row_without_a_known_category_waits_at_intake(city, file):
    tally, _ = take_in(file(plans.line(id="1"), plans.line(id="2", kind="Saucers", area="Moon")))
    assert tally.unknown == {"category": 1, "area": 1}
    assert tally.first_unknown == {"category": 3, "area": 3}
    assert list(Case.objects.values_list("holder", "state")) == [("hotline-intake", "received")] * 2


def test_a_row_that_had_ended_is_archived_outside_every_rate(city, file):
    tally, _ = take_in(file(plans.line(kind="Water", state="Closed", ended="2026-10-02")))
    assert tally.ended == 1
    case = Case.objects.get()
    assert (case.state, case.end_cause, case.due_at) == ("unanswered", "imported", None)
    in_step()


def test_running_again_opens_nothing_and_writes_nothing(city, file):
    path = file(*(plans.line(id=str(number)) for number in range(BATCH + 3)))
    first, _ = take_in(path)
    before = size()
    second, _ = take_in(path)
    assert counts(first) == (BATCH + 3, BATCH + 3, 0, 0)
    assert counts(second) == (BATCH + 3, 0, BATCH + 3, 0)
    assert size() == before
    in_step()


def test_bad_rows_are_kept_apart_with_their_reason_and_good_ones_taken_in(city, file):
    path = file(
        plans.line(id="1"),
        plans.line(id="2", sent="soon"),
        plans.line(id="3", sent="2031-01-01"),
        plans.line(id="", text="whose"),
        plans.line(id="5", text="a\0b"),
        plans.line(id="6", text="caf\udce9"),
        plans.line(id="7", text="x" * 10_001),
        "8,too,few\n",
        '9,"broken"quote,,,,,,,,,,,,\n',
        plans.line(id="1", text="again"),
        plans.line(id="10"),
    )
    tally, rejected = take_in(path)
    assert counts(tally) == (11, 2, 0, 9)
    assert [(one.record.row, one.record.line, one.code) for one in rejected] == [
        (2, 3, "bad_time"),
        (3, 4, "in_the_future"),
        (4, 5, "field_required"),
        (5, 6, "text_unusable"),
        (6, 7, "text_unusable"),
        (7, 8, "text_too_long"),
        (8, 9, "wrong_number_of_cells"),
        (9, 10, "not_csv"),
        (10, 11, "duplicate_source_id"),
    ]
    assert rejected[0].params == {"field": "sent_at", "column": "sent"}
    assert set(Request.objects.values_list("source_id", flat=True)) == {"1", "10"}
    in_step()


def test_an_id_that_stands_twice_is_told_however_far_apart_and_in_every_run(city, file):
    numbers = [*range(BATCH + 1), 0]
    path = file(*(plans.line(id=str(number)) for number in numbers))
    for expected in ((len(numbers), BATCH + 1, 0, 1), (len(numbers), 0, BATCH + 1, 1)):
        tally, rejected = take_in(path)
        assert counts(tally) == expected
        assert [one.code for one in rejected] == ["duplicate_source_id"]


def test_a_good_row_is_taken_in_although_a_bad_one_had_its_id(city, file):
    tally, rejected = take_in(file(plans.line(sent="soon"), plans.line()))
    assert counts(tally) == (2, 1, 0, 1)
    assert [one.code for one in rejected] == ["bad_time"]


def test_beyond_the_ids_remembered_a_repeated_one_is_simply_present(city, file, monkeypatch):
    monkeypatch.setattr(module, "REMEMBERED_IDS", 1)
    tally, _ = take_in(file(plans.line(id="1"), plans.line(id="2"), plans.line(id="2")))
    assert counts(tally) == (3, 2, 1, 0)


def test_a_run_that_is_stopped_keeps_what_it_did_and_goes_on_later(city, file):
    path = file(*(plans.line(id=str(number)) for number in range(BATCH + 10)))
    asked = iter(range(BATCH + 100))
    tally, _ = take_in(path, stop=lambda: next(asked) > BATCH + 5)
    assert BATCH < tally.opened < BATCH + 10
    assert tally.last_line == tally.opened + 1
    assert Case.objects.count() == tally.opened
    again, _ = take_in(path)
    assert (again.already_present, again.opened) == (tally.opened, BATCH + 10 - tally.opened)
    in_step()


def test_a_run_stopped_before_it_began_did_nothing(city, file):
    tally, _ = take_in(file(plans.line()), stop=lambda: True)
    assert counts(tally) == (0, 0, 0, 0)


def test_an_accident_in_the_middle_loses_one_batch_at_most(city, file):
    path = file(*(plans.line(id=str(number)) for number in range(BATCH + 10)))
    asked = iter(range(BATCH + 100))

    def accident() -> bool:
        if next(asked) > BATCH + 5:
            raise KeyboardInterrupt
        return False

    with pytest.raises(KeyboardInterrupt):
        take_in(path, stop=accident)
    assert Case.objects.count() == BATCH
    assert take_in(path)[0].opened == 10
    in_step()


def test_the_number_of_statements_does_not_grow_with_the_rows(city, file):
    path = file(*(plans.line(id=str(number), kind="Water") for number in range(2 * BATCH)))
    take_in(file(plans.line(id="first")))
    path = plans.write(
        path, *(plans.line(id=str(number), kind="Water") for number in range(2 * BATCH))
    )
    with CaptureQueriesContext(
        connection,
    ) as captured:
        take_in(path)
    assert len(captured) < 40


def test_a_map_that_names_unknown_codes_is_refused_and_nothing_is_written(city, file, monkeypatch):
    before = size()
    other = plans.SMALL.replace("qingshan", "atlantis").replace("water_supply", "magic")
    monkeypatch.setattr(plans, "SMALL", other)
    with pytest.raises(InputError) as caught:
        take_in(file(plans.line()))
    assert [problem.code for problem in caught.value.problems] == [
        "unknown_category", "unknown_area",
    ]  # fmt: skip
    assert size() == before


def test_before_the_set_up_an_import_is_refused_as_a_whole(db, file):
    with pytest.raises(Refusal) as caught:
        take_in(file(plans.line()))
    assert caught.value.code is Code.NO_ORGANIZATION


def test_what_the_set_up_lacks_is_not_blamed_on_the_rows(city, file):
    with file(plans.line()).open(encoding="utf-8", newline="") as text:
        records = Records(text, ",")
        run = Run(plans.small(), records.header, now=NOW, rejected=pytest.fail)
        record = next(iter(records))
        with pytest.raises(Refusal) as caught:
            run._reject(record, Refusal(Code.NO_POLICY))
    assert caught.value.code is Code.NO_POLICY


def test_two_imports_of_one_file_at_once_double_nothing(fresh_database, file):
    town.build()
    path = file(*(plans.line(id=str(number), kind="Water") for number in range(3 * BATCH)))
    tallies: list[Tally] = []

    def work() -> None:
        try:
            tallies.append(take_in(path)[0])
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [tally.rows for tally in tallies] == [3 * BATCH] * 2
    assert sum(tally.opened for tally in tallies) == 3 * BATCH == Case.objects.count()
    in_step()
