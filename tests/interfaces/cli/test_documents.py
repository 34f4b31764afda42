"""Stories of documents at the terminal: written for an officer, into a new file."""

import stat

import pytest

from dandang.interfaces.cli.exits import Exit
from dandang.organization.actions.training import freeze_time
from tests import town
from tests.interfaces.cli.calling import Called, call
from tests.interfaces.desk.paper import facts, opened, words


@pytest.fixture(autouse=True)
def city(db: None) -> None:
    town.build()
    freeze_time(town.MONDAY)


@pytest.fixture
def reference() -> str:
    return call(
        "case", "open", "--json", "--title", "No water", "--text", "No water in Lane 9",
        "--category", "water_supply", "--area", "hudong", "--phone", "13900000000",
    ).record["reference"]  # fmt: skip


def document(reference: str, kind: str, officer: str, path, *more: str) -> Called:
    return call(
        "case", "document", reference, "--kind", kind, "--as", officer, "--out", str(path), *more
    )


def sheet(post: str, officer: str, path, *more: str) -> Called:
    return call("post", "handover", post, "--as", officer, "--out", str(path), *more)


def test_a_notice_is_written_into_a_file_that_only_its_owner_reads(reference, tmp_path):
    path = tmp_path / "notice.docx"
    called = document(reference, "notice", town.CHEN_HUI, path)
    assert (called.code, called.out) == (Exit.OK, f"Written: {path}\n")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    found = opened(path.read_bytes())
    assert "To Water bureau · Duty desk:" in words(found)
    assert facts(found)["Received"] == "2026-10-12 09:00"  # as the clocks of Jiangcheng show it


def test_a_history_holds_what_the_officer_may_see_and_speaks_both_languages(reference, tmp_path):
    done = document(reference, "history", town.LI_NA, tmp_path / "a.docx", "--json", "--lang", "zh")
    size = (tmp_path / "a.docx").stat().st_size
    about = {"reference": reference, "kind": "history"}
    assert done.record == {**about, "file": str(tmp_path / "a.docx"), "bytes": size}
    found = opened((tmp_path / "a.docx").read_bytes())
    assert "139****0000" in words(found)
    assert words(found).startswith("工单办理经过")
    document(reference, "history", town.SUN_TAO, tmp_path / "b.docx")
    assert words(opened((tmp_path / "b.docx").read_bytes())).startswith("Case history")


def test_a_sheet_is_written_for_whoever_may_have_it(reference, tmp_path):
    called = sheet("water-duty", town.LI_NA, tmp_path / "sheet.docx", "--json")
    assert (called.code, called.record["post"]) == (Exit.OK, "water-duty")
    assert reference in words(opened((tmp_path / "sheet.docx").read_bytes()))


def test_a_file_that_is_there_is_not_overwritten(reference, tmp_path):
    path = tmp_path / "kept.docx"
    path.write_text("mine")
    called = document(reference, "history", town.LI_NA, path, "--json")
    assert (called.code, called.record["error"]["code"]) == (Exit.USAGE, "file_unusable")
    assert path.read_text() == "mine"


def test_a_folder_that_is_not_there_is_said_plainly(reference, tmp_path):
    called = sheet("water-duty", town.LI_NA, tmp_path / "nowhere" / "sheet.docx")
    assert called.code == Exit.USAGE
    assert "cannot be used" in called.err


@pytest.mark.parametrize(
    ("kind", "officer", "code", "error"),
    [
        ("notice", town.LI_NA, Exit.REFUSED, "not_permitted"),
        ("notice", town.WANG_QIANG, Exit.NOT_FOUND, "not_found"),
        ("history", town.WANG_QIANG, Exit.NOT_FOUND, "not_found"),
        ("history", "X-1", Exit.REFUSED, "not_permitted"),
    ],
)
def test_what_an_officer_may_not_have_is_not_written(
    reference, tmp_path, kind, officer, code, error
):
    path = tmp_path / "x.docx"
    called = document(reference, kind, officer, path, "--json")
    assert (called.code, called.record["error"]["code"]) == (code, error)
    assert not path.exists()


@pytest.mark.parametrize("post", ["water-duty", "nowhere"])
def test_a_sheet_is_not_found_by_whom_it_does_not_concern(tmp_path, post):
    called = sheet(post, town.WANG_QIANG, tmp_path / "x.docx", "--json")
    assert (called.code, called.record["error"]["code"]) == (Exit.NOT_FOUND, "not_found")
    assert list(tmp_path.iterdir()) == []


def test_a_kind_that_does_not_exist_is_a_wrong_command_line(tmp_path):
    called = document("2222-2222", "receipt", town.LI_NA, tmp_path / "x.docx")
    assert called.code == Exit.USAGE
