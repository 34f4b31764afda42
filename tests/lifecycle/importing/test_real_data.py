"""The ready maps on real requests. Skipped where the data are not beside the project."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest
from django.utils import timezone
from pyarrow import csv as arrow_csv
from pyarrow import parquet

from dandang.lifecycle.casework.models import Case, Request
from dandang.lifecycle.casework.queries import find
from dandang.lifecycle.intake.importing.import_map import ImportMap
from dandang.lifecycle.intake.importing.map_file import parse_map
from dandang.lifecycle.intake.importing.maps import load_map, ready_organization
from dandang.lifecycle.intake.importing.opening import opened
from dandang.lifecycle.intake.importing.rows import Row, RowReader
from dandang.lifecycle.intake.importing.run import Rejected, Run, Tally
from dandang.lifecycle.replay import replay
from dandang.organization.actions.adopt import adopt_policy
from dandang.organization.actions.load import load_organization
from dandang.organization.folder import load_folder
from dandang.organization.queries import directory
from dandang.policy import ready_policy
from dandang.terms import Actor

DATA = Path(__file__).resolve().parents[3].parent / "shared" / "data"
FILES = {
    "nyc311": ("nyc311/nyc311_sample_2023-12.csv", 500, 232),
    "zh_messages": ("requests_zh/messages_votes.csv", 2933, 0),
}


def real(file: str) -> Path:
    """Return a real file, or skip the test, visibly."""
    path = DATA / file
    if not path.exists():
        pytest.skip(f"the real data are not here: {file}")
    return path


def set_up(name: str) -> None:
    operator, now = Actor.system(), timezone.now()
    load_organization(load_folder(ready_organization(name)), by=operator, now=now)
    adopt_policy(ready_policy(directory().body.policy), by=operator, now=now)


def take_in(plan: ImportMap, path: Path) -> tuple[Tally, list[Rejected]]:
    rejected: list[Rejected] = []
    with opened(path, plan) as rows:
        run = Run(plan, rows.header, now=timezone.now(), rejected=rejected.append)
        run.check()
        for _tally in run.take_in(rows.records, stop=lambda: False):
            pass
    return run.tally, rejected


@pytest.mark.django_db
@pytest.mark.parametrize("name", FILES)
def test_real_requests_are_all_taken_in_once_each_with_a_holder(name):
    file, rows, ended = FILES[name]
    path, plan = real(file), load_map(name)
    set_up(name)
    first, rejected = take_in(plan, path)
    assert (first.rows, first.opened, first.ended, rejected) == (rows, rows, ended, [])
    assert first.unknown == {"category": 0, "area": 0}
    assert Case.objects.exclude(holder="").count() == rows
    second, _ = take_in(plan, path)
    assert (second.opened, second.already_present) == (0, rows)
    result = replay()
    assert (result.cases, result.differing) == (rows, 0)


@pytest.mark.django_db
def test_real_requests_are_the_same_from_csv_and_from_parquet(tmp_path):
    """The types are those that a CSV reader guesses, as in most Parquet files there are."""
    path, plan = real(FILES["nyc311"][0]), load_map("nyc311")
    set_up("nyc311")
    other = tmp_path / "rows.parquet"
    table = arrow_csv.read_csv(path)
    assert pa.timestamp("ns") in table.schema.types
    assert pa.int64() in table.schema.types
    parquet.write_table(table, other)
    assert wishes(plan, other) == wishes(plan, path)
    first, _ = take_in(plan, other)
    assert (first.opened, first.errors) == (500, 0)
    second, _ = take_in(plan, path)
    assert (second.opened, second.already_present) == (0, 500)


def wishes(plan: ImportMap, path: Path) -> list[Row]:
    with opened(path, plan) as rows:
        reader = RowReader(plan, rows.header)
        return [reader.read(record.cells) for record in rows.records]


RECEIPTS = """
name = "receipts"
source = "municipality"
time_zone = "Europe/Amsterdam"

[columns]
source_id = "case:concept:name"
sent_at = "case:startdate"
title = ["case:department"]
text = ["concept:name", "case:channel"]
"""


@pytest.mark.django_db
def test_a_real_log_of_a_municipality_gives_one_case_for_each_of_its_ids():
    path = real("eventlogs/08_receipt.parquet")
    set_up("nyc311")
    first, rejected = take_in(parse_map(RECEIPTS, "receipts.toml"), path)
    assert (first.rows, first.opened, first.errors) == (8577, 1434, 8577 - 1434)
    assert {one.code for one in rejected} == {"duplicate_source_id"}
    view = find(Request.objects.get(source_id="case-10011").reference)
    sent = view.state.sent_at.astimezone(ZoneInfo("Europe/Amsterdam"))
    assert sent.isoformat() == "2011-10-11T13:42:22.688000+02:00"
    result = replay()
    assert (result.cases, result.differing) == (1434, 0)
