"""Stories of loading the city's folder into the database, again and again."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from dandang.organization.actions.load import POLICY_FILE, load_organization
from dandang.organization.actions.upsert import Counts
from dandang.organization.checks import FindingKind, check_duties
from dandang.organization.directory import Directory, PostKind
from dandang.organization.models import (
    AppointmentRow,
    BodyRow,
    DutyRow,
    OfficerRow,
    OrganizationVersion,
    RosterRow,
    UnitRow,
)
from dandang.organization.queries import directory
from dandang.organization.reading import read_organization
from dandang.policy import ready_policy
from dandang.terms import Actor, Code, InputError, Refusal
from tests.organization.jiangcheng import CATEGORIES, categories_of, files

pytestmark = pytest.mark.django_db
OPERATOR = Actor.system()
NOW = datetime(2026, 10, 8, 1, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
ENTRIES = 55


def load(spoilt=None, now=NOW):
    return load_organization(spoilt or files(), by=OPERATOR, now=now)


def without(name, text):
    """Return the city's files without the lines that hold the text."""
    spoilt = files()
    lines = spoilt[name].decode().splitlines(keepends=True)
    left = [line for line in lines if text not in line]
    assert len(left) < len(lines)
    return {**spoilt, name: "".join(left).encode()}


def replaced(name, old, new):
    spoilt = files()
    assert old.encode() in spoilt[name]
    return {**spoilt, name: spoilt[name].replace(old.encode(), new.encode(), 1)}


def codes(entries):
    return [entry.code for entry in entries]


def test_without_an_organization_there_is_no_directory():
    with pytest.raises(Refusal) as refused:
        directory()
    assert refused.value.code is Code.NO_ORGANIZATION


def test_what_was_loaded_comes_back_as_it_was_read():
    assert load() == Counts(added=ENTRIES)
    loaded = directory()
    read = Directory(read_organization(files(), categories_of=categories_of))
    assert loaded.body == read.body
    assert loaded.version == 1
    for name in ("areas", "units", "posts", "officers"):
        assert dict(getattr(loaded, name)) == dict(getattr(read, name))
    for name in ("appointments", "rosters", "substitutes", "duties"):
        assert {*getattr(loaded.organization, name)} == {*getattr(read.organization, name)}


def test_loading_the_same_files_again_changes_nothing():
    load()
    before = OrganizationVersion.objects.values().get()
    stream = BodyRow.objects.get().stream
    assert load(now=LATER) == Counts(unchanged=ENTRIES)
    assert OrganizationVersion.objects.values().get() == before
    assert BodyRow.objects.get().stream == stream
    assert len(stream) == 16


def test_a_changed_name_is_seen_by_everybody_at_once():
    load()
    directory()
    assert load(replaced("organization.toml", "水务局", "水利局")) == Counts(
        changed=1, unchanged=ENTRIES - 1
    )
    assert directory().unit("water").name_zh == "水利局"
    assert directory().version == 2


def test_a_changed_body_is_seen_too():
    load()
    moved = replaced("organization.toml", 'post = "hotline-coordination"', 'post = "water-duty"')
    assert load(moved) == Counts(changed=1, unchanged=ENTRIES - 1)
    assert directory().fallback_post().code == "water-duty"


def test_kinds_and_phones_of_posts_are_kept():
    load(replaced("posts.csv", "intake,12345", "intake;call_back,12346"))
    post = directory().post("hotline-intake")
    assert post.kinds == {PostKind.INTAKE, PostKind.CALL_BACK}
    assert post.phone == "12346"


def test_an_officer_who_left_the_files_is_at_no_desk_from_now_on_and_still_known():
    load()
    gone = without("appointments.csv", "H-009")
    lines = gone["organization.toml"].decode()
    at = lines.index('[[officers]]\ncode = "H-009"')
    gone["organization.toml"] = (lines[:at] + lines[lines.index("[[officers]]", at + 1) :]).encode()
    assert load(gone) == Counts(unchanged=ENTRIES - 3, ended=3)
    assert directory().officers_of("housing-duty", NOW) == ()
    assert directory().posts_of("H-009", NOW) == ()
    yesterday = NOW - timedelta(days=1)
    assert codes(directory().officers_of("housing-duty", yesterday)) == ["H-009"]
    july, june = (datetime(2026, month, 30, 1, tzinfo=UTC) for month in (7, 6))
    assert codes(directory().officers_of("sites-duty", june)) == ["H-009"]
    assert directory().officers_of("sites-duty", july) == ()
    assert directory().officers["H-009"].ended == date(2026, 10, 8)
    assert OfficerRow.objects.filter(code="H-009").exists()


def test_loading_without_the_same_things_again_ends_them_only_once():
    load()
    gone = without("duties.csv", "labour")
    assert load(gone).ended == 1
    assert load(gone, now=LATER) == Counts(unchanged=ENTRIES - 1)
    assert DutyRow.objects.get(unit_id="labour").ended == date(2026, 10, 8)


def test_a_duty_that_was_taken_out_is_not_told_as_expired_for_ever():
    load()
    load(without("duties.csv", "labour"))
    findings = check_duties(directory(), CATEGORIES, date(2026, 10, 9))
    assert FindingKind.DUTY_EXPIRED not in {finding.kind for finding in findings}
    gaps = [finding for finding in findings if finding.kind is FindingKind.GAP]
    assert [finding.category for finding in gaps] == ["unpaid_wages"]


def test_a_unit_that_is_back_goes_on_under_its_code():
    load()
    unit = '\n[[units]]\ncode = "archive"\nname_zh = "档案馆"\nname_en = "Archive"\n'
    more = files()
    more["organization.toml"] += unit.encode()
    assert load(more).added == 1
    assert load().ended == 1
    assert load(now=LATER).ended == 0
    assert directory().unit("archive").ended == date(2026, 10, 8)
    assert load(more) == Counts(changed=1, unchanged=ENTRIES)
    assert directory().unit("archive").ended is None
    assert UnitRow.objects.filter(code="archive").count() == 1


def test_an_appointment_that_is_back_is_a_new_one_and_the_old_one_stays_ended():
    load()
    load(without("appointments.csv", "W-017"), now=NOW)
    assert directory().officers_of("water-duty", NOW) == ()
    assert load(now=LATER).added == 1
    assert codes(directory().officers_of("water-duty", LATER)) == ["W-017"]
    rows = AppointmentRow.objects.filter(officer_id="W-017").order_by("id")
    assert [row.ended for row in rows] == [date(2026, 10, 8), None]


def test_what_had_not_begun_is_removed():
    later = files()
    later["appointments.csv"] += b"Q-002,services-desk,2026-10-09,\n"
    load(later)
    assert load() == Counts(unchanged=ENTRIES, ended=1)
    assert not AppointmentRow.objects.filter(post_id="services-desk").exists()


def test_a_roster_that_is_running_ends_now_and_a_past_one_keeps_its_times():
    night = datetime(2026, 10, 2, 14, tzinfo=UTC)
    load(now=night)
    later = replaced("organization.toml", "2026-10-01T18:00:00", "2026-09-01T18:00:00")
    later["organization.toml"] = (
        later["organization.toml"]
        .replace(b"2026-10-02T18:00:00", b"2026-10-05T18:00:00")
        .replace(b"2026-10-03T08:00:00", b"2026-10-06T08:00:00")
    )
    assert load(later, now=night).ended == 2
    ended = RosterRow.objects.exclude(ended=None).order_by("starts_at")
    assert [row.ends_at for row in ended] == [datetime(2026, 10, 2, 0, tzinfo=UTC), night]
    load(now=night)
    assert RosterRow.objects.filter(starts_at__gt=night).count() == 0


def test_another_body_cannot_take_over_the_database():
    load()
    with pytest.raises(InputError) as refused:
        load(replaced("organization.toml", '"jiangcheng"', '"linjiang"'))
    (problem,) = refused.value.problems
    assert problem.code == "other_body"
    assert problem.params == {"value": "linjiang", "expected": "jiangcheng"}
    assert directory().body.code == "jiangcheng"


def test_a_folder_with_problems_leaves_everything_as_it_was():
    load()
    before = OrganizationVersion.objects.values().get()
    with pytest.raises(InputError):
        load(replaced("duties.csv", "unpaid_wages", "unpaid_rent"))
    assert OrganizationVersion.objects.values().get() == before


def test_a_country_without_known_holidays_is_refused():
    nowhere = replaced("organization.toml", '"CN"', '"XX"')
    nowhere["organization.toml"] = nowhere["organization.toml"].replace(b'"china"', b'"computed"')
    with pytest.raises(InputError) as refused:
        load(nowhere)
    (problem,) = refused.value.problems
    assert (problem.code, problem.params) == ("no_holidays_known", {"country": "XX"})
    assert not OrganizationVersion.objects.exists()


def test_duties_are_checked_against_the_bodys_own_policy_file():
    own = ready_policy("cn-county").text.replace('name = "cn-county"', 'name = "jiangcheng"')
    spoilt = replaced("organization.toml", '"cn-county"', '"jiangcheng"')
    with pytest.raises(InputError) as refused:
        load(spoilt)
    assert [problem.code for problem in refused.value.problems] == ["unknown_policy"]
    assert load({**spoilt, POLICY_FILE: own.encode()}).added == ENTRIES
    with pytest.raises(InputError):
        load({**spoilt, POLICY_FILE: ready_policy("cn-county").text.encode()})


def test_the_database_holds_one_body_only():
    load()
    body = BodyRow.objects.get()
    body.code, body.stream = "linjiang", b"x" * 16
    with pytest.raises(IntegrityError), transaction.atomic():
        body.save(force_insert=True)


def test_the_directory_costs_one_query_once_it_is_known(django_assert_num_queries):
    load()
    known = directory()
    with django_assert_num_queries(1):
        assert directory() is known


def test_loading_costs_the_same_number_of_queries_however_long_the_files_are(
    django_assert_max_num_queries,
):
    more = files()
    lines = [f"X-{n},号,Number {n}\n" for n in range(500)]
    more["officers.csv"] = f"code,name_zh,name_en\n{''.join(lines)}".encode()
    with django_assert_max_num_queries(40):
        assert load(more).added == ENTRIES + 500
    renamed = {**more, "officers.csv": more["officers.csv"].replace("号".encode(), "员".encode())}
    with django_assert_max_num_queries(40):
        assert load(renamed).changed == 500


def test_every_reference_holds_in_the_database():
    load()
    connection.check_constraints()


def test_rows_say_what_they_are():
    load()
    assert str(BodyRow.objects.get()) == "jiangcheng"
    assert str(UnitRow.objects.get(code="water")) == "water"
    assert str(OrganizationVersion.objects.get()) == "1"
    duty = DutyRow.objects.first()
    assert str(duty) == f"DutyRow {duty.pk}"
