"""Tang Yu takes the whole configuration away, loads it again, and adds next year's notice."""

import io
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from dandang.ledger.queries import events_of
from dandang.organization.actions.adopt import adopt_notice
from dandang.organization.actions.configuration import (
    compare_configuration,
    export_configuration,
    load_configuration,
)
from dandang.organization.files import zipped
from dandang.organization.files.zipped import pack, unpack
from dandang.organization.queries import adopted_notices, body_stream, directory
from dandang.terms import Actor, InputError
from dandang.workdays import Notice, read_notice, write_notice
from tests import town
from tests.interfaces.desk.office import assigned, at_desk
from tests.interfaces.stories import city, words_of

OPERATOR = Actor.system()
NOTICE = Notice(
    "国务院办公厅关于2027年部分节假日安排的通知",
    date(2026, 10, 10),
    date(2027, 1, 1),
    date(2027, 12, 31),
    working=frozenset({date(2027, 1, 3)}),
    rest=frozenset({date(2027, 1, 1), date(2027, 1, 2), date(2027, 10, 1)}),
)


@pytest.fixture
def tang_yu(db):
    city()
    return at_desk(town.TANG_YU)


def zip_of(client) -> bytes:
    answer = client.post("/setup/files/configuration.zip")
    assert answer.headers["Content-Type"] == "application/zip"
    return answer.content


def uploaded(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("city.zip", content, "application/zip")


def changed(content: bytes, path: str, old: str, new: str) -> bytes:
    files = unpack(content, "")
    assert old in files[path].decode()
    return pack({**files, path: files[path].decode().replace(old, new, 1).encode()})


def types() -> list[str]:
    return [event.type for event in events_of(body_stream())]


def refused(content: bytes) -> list[tuple[str, str, int]]:
    with pytest.raises(InputError) as error:
        compare_configuration(content, "city.zip", now=town.MONDAY)
    return [(one.code, one.source, one.line) for one in error.value.problems]


def test_what_was_taken_away_is_loaded_again_and_changes_nothing(tang_yu):
    adopt_notice(NOTICE, by=OPERATOR, now=town.MONDAY)
    content = zip_of(tang_yu)
    assert types()[-1] == "configuration_exported"
    assert min(unpack(content, "")) == "notices/001.toml"
    assert zip_of(tang_yu) == content
    before = types()
    found = load_configuration(
        content, "city.zip", by=OPERATOR, now=town.MONDAY, adopts_policy=True
    )
    assert found.is_empty
    assert types() == before
    page = words_of(tang_yu.post("/setup/files/", {"file": uploaded(content), "check": "check"}))
    assert "everything is as the file says" in page


def test_another_installation_becomes_the_same(db):
    city()
    adopt_notice(NOTICE, by=OPERATOR, now=town.MONDAY)
    content = export_configuration(by=OPERATOR, now=town.MONDAY)
    again = changed(content, "organization/officers.csv", "Li Na", "Li Na-Wang")
    again = changed(again, "notices/001.toml", "2027-10-01", "2027-10-02")
    load_configuration(again, "city.zip", by=OPERATOR, now=town.MONDAY, adopts_policy=True)
    assert directory().officers["W-017"].name_en == "Li Na-Wang"
    assert len(adopted_notices()) == 2
    load_configuration(content, "city.zip", by=OPERATOR, now=town.MONDAY, adopts_policy=True)
    files, back = (
        unpack(content, ""),
        unpack(export_configuration(by=OPERATOR, now=town.MONDAY), ""),
    )
    assert back.pop("notices/002.toml")
    assert back == files


def test_a_file_is_looked_at_before_it_is_loaded(tang_yu):
    reference = assigned()
    content = changed(zip_of(tang_yu), "organization/posts.csv", "Duty desk", "Front desk")
    page = tang_yu.post("/setup/files/", {"file": uploaded(content), "load": "load"})
    assert "This is not the file that was checked" in words_of(page)
    assert "Posts 0 1 0" in words_of(page)
    checked = page.context["form"].initial["checked"]
    other = changed(content, "organization/posts.csv", "Front desk", "Other desk")
    again = {"file": uploaded(other), "load": "load", "checked": checked}
    assert tang_yu.post("/setup/files/", again).status_code == 200
    done = tang_yu.post("/setup/files/", {**again, "file": uploaded(content)})
    assert done.status_code == 302
    assert types()[-1] == "register_loaded"
    assert reference not in words_of(tang_yu.get("/setup/"))


def test_nobody_loads_a_file_that_puts_them_into_a_post_or_widens_theirs(tang_yu):
    plain, before = zip_of(tang_yu), directory().posts_of(town.TANG_YU, town.MONDAY)
    for path, old, new, why in (
        ("appointments.csv", "A-001,", "A-001,supervision-desk,2026-01-01,\nA-001,", "themselves"),
        ("posts.csv", ",administration,", ",administration supervision,", "widens"),
    ):
        content = changed(plain, f"organization/{path}", old, new)
        page = tang_yu.post("/setup/files/", {"file": uploaded(content)})
        typed = {"load": "load", "checked": page.context["form"].initial["checked"]}
        answer = tang_yu.post("/setup/files/", {**typed, "file": uploaded(content)})
        assert answer.status_code == 422
        assert why in words_of(answer)
    assert directory().posts_of(town.TANG_YU, town.MONDAY) == before


def test_every_problem_of_every_file_is_told_and_nothing_is_loaded(tang_yu):
    content = changed(zip_of(tang_yu), "organization/posts.csv", "water,", "waters,")
    files = unpack(content, "")
    content = pack({**files, "policy.toml": b"name = ", "notices/001.toml": b"", "x.txt": b""})
    problems = refused(content)
    assert ("unknown_file", "x.txt", 0) in problems
    assert {source for _code, source, _line in problems} >= {"policy.toml", "notices/001.toml"}
    answer = tang_yu.post("/setup/files/", {"file": uploaded(content), "check": "check"})
    assert answer.status_code == 422
    assert "No table has the name of this file" in words_of(answer)
    assert tang_yu.post("/setup/files/", {}).status_code == 422
    plain = export_configuration(by=OPERATOR, now=town.MONDAY)
    content = changed(plain, "organization/posts.csv", "Night desk,water,", "Night desk,rivers,")
    assert refused(content) == [("unknown_reference", "posts.csv", 18)]


def test_another_body_and_a_notice_from_the_future_change_nothing(tang_yu):
    content = zip_of(tang_yu)
    other = changed(content, "organization/organization.toml", '"jiangcheng"', '"linjiang"')
    assert [code for code, _source, _line in refused(other)] == ["other_body"]
    files = unpack(changed(content, "organization/posts.csv", "Duty desk", "Front desk"), "")
    later = write_notice(NOTICE).replace("2026-10-10", "2026-10-20").encode()
    content = pack({**files, "notices/001.toml": later})
    page = tang_yu.post("/setup/files/", {"file": uploaded(content), "check": "check"})
    checked = page.context["form"].initial["checked"]
    answer = tang_yu.post(
        "/setup/files/", {"file": uploaded(content), "load": "load", "checked": checked}
    )
    assert answer.status_code == 422
    assert "A notice in it cannot be adopted" in words_of(answer)


def test_what_is_no_zip_or_unpacks_to_too_much_is_refused(db, monkeypatch):
    city()
    assert refused(b"PK nothing") == [("not_zip", "city.zip", 0)]
    monkeypatch.setattr(zipped, "MAX_UNPACKED", 1000)
    bomb = pack({"organization/posts.csv": b"0" * 5000})
    assert len(bomb) < 1000
    assert refused(bomb) == [("zip_too_large", "city.zip", 0)]
    monkeypatch.setattr(zipped, "MAX_FILES", 1)
    assert refused(pack({"a": b"", "b": b""})) == [("too_many_files", "city.zip", 0)]
    twice = io.BytesIO()
    with zipfile.ZipFile(twice, "w") as archive:
        archive.mkdir("organization")
        archive.writestr("a", "")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("a", "")
    monkeypatch.setattr(zipped, "MAX_FILES", 9)
    assert refused(twice.getvalue()) == [("duplicate_file", "city.zip", 0)]


def test_the_notice_of_next_year_is_typed_day_by_day_looked_at_and_adopted(tang_yu):
    assert "Working days are known until" in words_of(tang_yu.get("/setup/notices/"))
    assert tang_yu.get("/setup/notices/new/").context["form"]["year"].value() == 2027
    typed = {
        "source": '国务院办公厅关于"2027"年部分节假日安排的通知',
        "published": "2026-10-10",
        "year": "2027",
        "first_1": "2027-01-01",
        "last_1": "2027-01-03",
        "first_2": "2027-02-06",
        "working_1": "2027-02-14",
    }
    ahead = words_of(tang_yu.post("/setup/notices/new/", {**typed, "preview": "preview"}))
    assert "Working days would be known until 2027-12-31" in ahead
    assert "Days off (4)" in ahead
    assert not adopted_notices()
    wrong = {**typed, "working_1": "2027-02-15", "last_1": "2026-12-30", "adopt": "adopt"}
    answer = tang_yu.post("/setup/notices/new/", wrong)
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"first_1", "working_1"}
    early = tang_yu.post(
        "/setup/notices/new/", {**typed, "published": "2026-10-20", "adopt": "adopt"}
    )
    assert early.status_code == 422
    assert tang_yu.post("/setup/notices/new/", {"adopt": "adopt"}).status_code == 422
    done = tang_yu.post("/setup/notices/new/", {**typed, "adopt": "adopt"})
    assert done.url == "/setup/notices/"
    (notice,) = adopted_notices()
    assert len(notice.rest) == 4
    assert types()[-1] == "notice_adopted"
    assert "was in force already" in words_of(
        tang_yu.post("/setup/notices/new/", {**typed, "adopt": "adopt"}, follow=True)
    )
    assert "2026-10-10" in words_of(tang_yu.get("/setup/notices/"))


YEAR = st.dates(date(2027, 1, 1), date(2027, 12, 31))


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1).filter(
        lambda text: text.strip() == text
    ),
    st.frozensets(YEAR),
    st.frozensets(YEAR.filter(lambda day: day.weekday() >= 5)),
)
def test_a_notice_that_is_written_reads_the_same(source, rest, working):
    notice = Notice(
        source,
        date(2026, 10, 10),
        date(2027, 1, 1),
        date(2027, 12, 31),
        rest=rest - working,
        working=working,
    )
    assert read_notice(write_notice(notice), "") == notice
