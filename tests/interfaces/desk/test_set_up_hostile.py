"""What nobody should send to set-up is answered in words, and nothing of it is written."""

import io
import random
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dandang.ledger.queries import size
from dandang.organization.actions.adopt import adopt_policy
from dandang.organization.actions.configuration import (
    compare_configuration,
    export_configuration,
    load_configuration,
)
from dandang.organization.actions.load import load_organization
from dandang.organization.actions.training import freeze_time
from dandang.organization.files.zipped import pack, unpack
from dandang.organization.queries import directory
from dandang.policy import parse_policy
from dandang.terms import Actor, Code, InputError, Refusal
from tests import town
from tests.interfaces.desk.office import assigned, at_desk
from tests.interfaces.stories import city, words_of

OPERATOR = Actor.system()
TABLES = ["units", "officers", "appointments", "rosters", "duties", "reply_templates"]
COLUMNS = [
    "code",
    "name_zh",
    "name_en",
    "parent",
    "area",
    "supervised_by",
    "unit",
    "kinds",
    "phone",
    "officer",
    "post",
    "absent",
    "starts",
    "ends",
    "starts_at",
    "ends_at",
    "category",
    "type",
    "basis",
    "verb",
    "text_zh",
    "text_en",
    "seen",
    "fallback_post",
]
PUMP = {"code": "pump", "name_zh": "水泵", "name_en": "Pump", "verb": "reply"}
ADDRESSES = [
    *("/setup/posts/?text=%00", "/setup/posts/%00/", "/setup/appointments/%00/end/"),
    *("/setup/duties/?after=999999999999999999999999", "/setup/units/?parent=%00&after=%00"),
    *("/setup/policy/99999999999999999999/", "/setup/policy/?before=99999999999999999999999"),
    *("/setup/posts/new/?unit=%00&code=%3Cb%3E", "/setup/units.csv?text=%00"),
]


@pytest.fixture
def tang_yu(db):
    city()
    return at_desk(town.TANG_YU)


def taken_away() -> bytes:
    return export_configuration(by=OPERATOR, now=town.MONDAY)


def codes(content: bytes) -> set[str]:
    with pytest.raises(InputError) as caught:
        compare_configuration(content, "city.zip", now=town.MONDAY)
    return {problem.code for problem in caught.value.problems}


def standard_text(client, **more: str):
    return client.post(
        "/setup/reply_templates/new/", {**PUMP, "text_zh": "您好", "text_en": "Hello", **more}
    )


def test_nonsense_in_addresses_and_forms_is_answered_and_writes_nothing(tang_yu):
    before = size()
    for path in ADDRESSES:
        assert tang_yu.get(path).status_code in {200, 400, 404}, path
    for value in ("", "\0", "<b>&\"'", "😀" * 300, "x" * 20_000):
        typed = dict.fromkeys(COLUMNS, value)
        for table in TABLES:
            answer = tang_yu.post(f"/setup/{table}/new/", typed)
            assert answer.status_code in {400, 422}, (table, value)
            assert b"<b>&" not in answer.content
        assert tang_yu.post("/setup/body/", typed).status_code in {400, 409, 422}
        assert tang_yu.post("/setup/units/water/", typed).status_code in {400, 409, 422}
    assert size() == before


@pytest.mark.parametrize(
    ("name", "status"),
    [("<b>李</b> 😀", 302), ("a\u202eb", 422), ("\u200f", 422), ("李\u2066", 422)],
)
def test_a_name_is_what_is_seen_of_it(tang_yu, name, status):
    typed = {"code": "Z-1", "name_zh": name, "name_en": name}
    assert tang_yu.post("/setup/officers/new/", typed).status_code == status
    assert b"<b>" not in tang_yu.get("/setup/officers/").content


def test_a_text_has_a_code_of_its_own_and_nothing_in_braces_that_stays_there(tang_yu):
    assert standard_text(tang_yu, text_en="Dear {nmae}").status_code == 422
    quotes = '"' * 5000
    assert standard_text(tang_yu, text_zh=quotes, text_en=quotes).status_code == 302
    assert standard_text(tang_yu).status_code == 422
    page = tang_yu.get("/setup/reply_templates/pump/")
    seen = page.context["form"].seen_now
    changed = {**PUMP, "name_zh": "泵", "text_zh": quotes, "text_en": quotes, "seen": seen}
    assert tang_yu.post("/setup/reply_templates/pump/", changed).status_code == 302
    files = unpack(taken_away(), "")
    table = files["organization/reply_templates.csv"]
    twice = table + table.splitlines(keepends=True)[1]
    assert codes(pack({**files, "organization/reply_templates.csv": twice})) == {"duplicate_code"}


def test_a_damaged_zip_of_any_kind_is_refused_in_words(tang_yu):
    files, chance = unpack(taken_away(), ""), random.Random(1)
    for kind in (zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2, zipfile.ZIP_STORED):
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", kind) as archive:
            for path, file in files.items():
                archive.writestr(path, file)
        for _ in range(25):
            damaged = bytearray(made.getvalue())
            for _ in range(4):
                damaged[chance.randrange(len(damaged))] = chance.randrange(256)
            try:
                compare_configuration(bytes(damaged), "city.zip", now=town.MONDAY)
            except InputError as error:
                assert error.problems  # noqa: PT017 often there is none: a date was hit


def test_a_file_that_ends_a_post_with_open_cases_is_refused(tang_yu):
    assigned()
    files = unpack(taken_away(), "")
    for name in ("posts", "appointments", "duties"):
        path = f"organization/{name}.csv"
        lines = files[path].decode().splitlines(keepends=True)
        files[path] = "".join(line for line in lines if "water-duty" not in line).encode()
    before = size()
    upload = SimpleUploadedFile("city.zip", pack(files), "application/zip")
    answer = tang_yu.post("/setup/files/", {"file": upload, "check": "check"})
    assert answer.status_code == 422
    assert "Posts water-duty: The post holds open cases: 1." in words_of(answer)
    assert size() == before


def test_what_was_taken_away_is_loaded_again_after_a_category_was_given_up(fresh_database):
    assert fresh_database
    city()
    text = town.policy().text
    start = text.index("[categories.street_trading]")
    rest = text[text.index("[categories.", start + 1) :]
    adopt_policy(parse_policy(text[:start] + rest, "shorter"), by=OPERATOR, now=town.MONDAY)
    content = taken_away()
    assert compare_configuration(content, "city.zip", now=town.MONDAY).is_empty
    files = unpack(content, "")
    duties = files["organization/duties.csv"] + b"moonlight,,water,water-duty,lead,,,\n"
    assert codes(pack({**files, "organization/duties.csv": duties})) == {"unknown_reference"}


def test_a_file_is_not_loaded_over_what_was_changed_since_it_was_looked_at(tang_yu):
    version = directory().version
    content = taken_away()
    tang_yu.post("/setup/officers/new/", {"code": "Z-1", "name_zh": "张", "name_en": "Zhang"})
    with pytest.raises(Refusal) as caught:
        load_configuration(
            content, "z", by=OPERATOR, now=town.MONDAY, adopts_policy=False, beside=version
        )
    assert caught.value.code is Code.CHANGED_MEANWHILE
    assert "Z-1" in directory().officers


def test_a_shift_in_the_hour_that_comes_twice_stays_in_its_own(db):
    files = town.files()
    toml = files["organization.toml"].replace(b"Asia/Shanghai", b"America/New_York")
    toml = toml.replace(b'calendar = "china"', b'calendar = "computed"')
    toml = toml.replace(b'country = "CN"', b'country = "US"')
    shift = b"W-017,water-night,2026-11-01T01:30:00-05:00,2026-11-01T08:00:00-05:00\n"
    rosters = b"officer,post,starts_at,ends_at\n" + shift
    load_organization(
        {**files, "organization.toml": toml, "rosters.csv": rosters}, by=OPERATOR, now=town.MONDAY
    )
    adopt_policy(town.policy(), by=OPERATOR, now=town.MONDAY)
    freeze_time(town.MONDAY)
    client = at_desk(town.TANG_YU)
    (row,) = (one for one in directory().organization.rosters if one.starts_at.month == 11)
    address = client.get("/setup/rosters/").context["rows"][0].href
    form = client.get(address).context["form"]
    assert form["starts_at"].value() == "2026-11-01T01:30"
    typed = {name: form[name].value() for name in form.fields}
    assert client.post(address, {**typed, "officer": "W-004"}).status_code == 302
    moved = [one for one in directory().organization.rosters if one.officer == "W-004"]
    assert row.starts_at in {one.starts_at for one in moved}
