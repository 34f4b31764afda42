"""The ready maps on real requests. Skipped where the data are not beside the project."""

from pathlib import Path

import pytest
from django.utils import timezone

from dandang.lifecycle.casework.models import Case
from dandang.lifecycle.intake.importing.encodings import encoding_of
from dandang.lifecycle.intake.importing.maps import load_map, ready_organization
from dandang.lifecycle.intake.importing.records import Records
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


def take_in(name: str, path: Path) -> tuple[Tally, list[Rejected]]:
    plan = load_map(name)
    rejected: list[Rejected] = []
    encoding = encoding_of(path, plan.encoding)
    with path.open(encoding=encoding, errors="surrogateescape", newline="") as text:
        records = Records(text, plan.delimiter)
        run = Run(plan, records.header, now=timezone.now(), rejected=rejected.append)
        run.check()
        for _tally in run.take_in(records, stop=lambda: False):
            pass
    return run.tally, rejected


@pytest.mark.django_db
@pytest.mark.parametrize("name", FILES)
def test_real_requests_are_all_taken_in_once_each_with_a_holder(name):
    file, rows, ended = FILES[name]
    path = DATA / file
    if not path.exists():
        pytest.skip(f"the real data are not here: {file}")
    operator, now = Actor.system(), timezone.now()
    load_organization(load_folder(ready_organization(name)), by=operator, now=now)
    adopt_policy(ready_policy(directory().body.policy), by=operator, now=now)
    first, rejected = take_in(name, path)
    assert (first.rows, first.opened, first.ended, rejected) == (rows, rows, ended, [])
    assert first.unknown == {"category": 0, "area": 0}
    assert Case.objects.exclude(holder="").count() == rows
    second, _ = take_in(name, path)
    assert (second.opened, second.already_present) == (0, rows)
    result = replay()
    assert (result.cases, result.differing) == (rows, 0)
