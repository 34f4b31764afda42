"""Tang Yu and He Ping keep the register: units, posts, officers, appointments, duties."""

import pytest

from dandang.interfaces.desk.setup import acting, choices, looking_up
from dandang.interfaces.shared.clock import now
from dandang.ledger.queries import events_of
from dandang.lifecycle.casework.actions import incumbents
from dandang.lifecycle.casework.actions.incumbents import take_over_due
from dandang.lifecycle.casework.queries import find, history
from dandang.organization.actions.load import load_organization
from dandang.organization.files.writing import write_organization
from dandang.organization.lists import WantedEntries, list_entries
from dandang.organization.queries import body_stream, directory
from dandang.organization.registered import registered
from dandang.terms import Actor
from tests import town
from tests.interfaces.desk.office import assigned, at_desk
from tests.interfaces.stories import city, later, words_of

pytestmark = pytest.mark.django_db

NEW_POST = {"code": "water-late", "unit": "water", "name_zh": "夜班", "name_en": "Night shift"}


@pytest.fixture(autouse=True)
def town_hall():
    city()


@pytest.fixture
def tang_yu():
    return at_desk(town.TANG_YU)


def key_of(table: str, **columns: str) -> str:
    """Return what the address of the only such entry ends in."""
    today = directory().local_day(town.MONDAY)
    wanted = WantedEntries(table, today=today, now=town.MONDAY, columns=columns)
    (found,) = list_entries(wanted)
    return found.key


def recorded() -> list[tuple[str, ...]]:
    """Return what single acts changed, as it stands in the ledger."""
    return [
        (event.fields["table"], event.fields["code"], event.fields["what"])
        for event in events_of(body_stream())
        if event.type == "register_changed"
    ]


def test_the_first_page_says_what_there_is_and_what_needs_attention(tang_yu):
    page = words_of(tang_yu.get("/setup/"))
    for words in (
        "Duties 9",
        "Posts without an officer",
        "Who leads",
    ):
        assert words in page
    assert "Nobody leads" in page


@pytest.mark.parametrize(
    "table",
    ["units", "posts", "officers", "appointments", "substitutes", "rosters", "duties", "areas"],
)
def test_every_table_is_listed_searched_and_taken_away(tang_yu, table):
    which = "when=over" if table == "rosters" else "all=1"
    page = tang_yu.get(f"/setup/{table}/?{which}")
    assert page.status_code == 200
    assert tang_yu.get(f"/setup/{table}/new/").status_code == 200
    file = tang_yu.get(f"/setup/{table}.csv?{which}").content.decode()
    assert file.splitlines()[0].endswith(",ended")
    assert len(file.splitlines()) > 1
    key = page.content.decode().split(f'<a href="/setup/{table}/')[-1].split("/")[0]
    for path in (f"/setup/{table}/{key}/", f"/setup/{table}/{key}/end/"):
        assert tang_yu.get(path).status_code == 200, path
    nothing = tang_yu.get(f"/setup/{table}/?text=nothing-like-this")
    assert "<table" not in nothing.content.decode()
    assert tang_yu.get(f"/setup/{table}/?when=over").status_code == 200
    assert tang_yu.get(f"/setup/{table}/no-such-key/").status_code == 404


def test_a_post_is_added_looked_at_ahead_changed_and_ended(tang_yu):
    typed = {**NEW_POST, "kinds": ["duty"], "phone": "0711-5550199"}
    ahead = words_of(tang_yu.post("/setup/posts/new/", {**typed, "preview": "preview"}))
    assert "Posts: Night shift (water-late) – added" in ahead
    assert "water-late" not in directory().posts
    assert tang_yu.post("/setup/posts/new/", typed).url == "/setup/posts/"
    assert directory().post("water-late").phone == "0711-5550199"
    seen = tang_yu.get("/setup/posts/water-late/").context["form"].seen_now
    changed = {**typed, "seen": seen, "name_en": "Night desk", "kinds": ["duty", "head"]}
    tang_yu.post("/setup/posts/water-late/", changed)
    tang_yu.post("/setup/posts/water-late/end/")
    assert directory().post("water-late").ended
    assert recorded() == [("posts", "water-late", what) for what in ("added", "changed", "ended")]
    fields = [event.fields for event in events_of(body_stream())][-2]
    assert fields["fields"] == ["name_en", "kinds"]
    assert fields["values"] == ["kinds=duty head"]
    assert (
        load_organization(
            write_organization(registered()), by=Actor.system(), now=town.MONDAY
        ).touched
        is False
    )
    assert "ended 2026-10-12" in words_of(tang_yu.get("/setup/posts/?when=over"))


def test_an_act_that_would_break_the_register_is_refused_with_every_problem(tang_yu):
    wrong = {**NEW_POST, "code": "a b", "name_zh": ""}
    answer = tang_yu.post("/setup/posts/new/", wrong)
    assert answer.status_code == 422
    page = words_of(answer)
    assert "cannot be a code" in page
    assert "“Chinese name” is empty" in page
    ended = tang_yu.post("/setup/units/supervision/end/")
    assert ended.status_code == 422
    assert "there is no supervision among the Units" in words_of(ended)
    assert not recorded()


def test_what_he_ping_changed_meanwhile_is_shown_and_not_written_over(tang_yu):
    seen = tang_yu.get("/setup/units/water/").context["form"].seen_now
    typed = {"name_zh": "水务局", "name_en": "Water bureau", "parent": "", "seen": seen}
    he_ping = at_desk(town.HE_PING)
    he_ping.post("/setup/units/water/", {**typed, "name_en": "Waterworks"})
    answer = tang_yu.post("/setup/units/water/", {**typed, "name_en": "Bureau of water"})
    assert answer.status_code == 409
    assert "English name: was “Water bureau”, is “Waterworks” now" in words_of(answer)
    assert directory().unit("water").name_en == "Waterworks"
    again = {**typed, "name_en": "Bureau of water", "seen": answer.context["form"]["seen"].value()}
    assert tang_yu.post("/setup/units/water/", again).status_code == 302
    assert directory().unit("water").name_en == "Bureau of water"


def test_leaving_a_post_ends_access_at_the_next_click_and_its_cases_go_on(tang_yu):
    reference, li_na = assigned(), at_desk(town.LI_NA)
    later(days=1)
    assert li_na.get(f"/desk/{reference}/").status_code == 200
    key = key_of("appointments", officer=town.LI_NA, post="water-duty")
    page = words_of(tang_yu.get(f"/setup/appointments/{key}/end/"))
    assert "Water bureau · Duty desk holds 1 open case." in page
    assert "/desk/posts/water-duty/handover/" in page
    assert reference not in page
    ahead = words_of(
        tang_yu.post(
            f"/setup/appointments/{key}/end/", {"successor": town.SUN_TAO, "preview": "preview"}
        )
    )
    assert "Water bureau · Duty desk: Li Na → Sun Tao" in ahead
    tang_yu.post(f"/setup/appointments/{key}/end/", {"successor": town.SUN_TAO})
    assert li_na.get(f"/desk/{reference}/").status_code in {302, 403, 404}
    assert li_na.get("/desk/posts/water-duty/handover/").status_code != 200
    types = [event.type for event, _fields in history(find(reference).stream)]
    assert types[-1] == "post_inherited"
    sun_tao = at_desk(town.SUN_TAO)
    assert sun_tao.get(f"/desk/{reference}/").status_code == 200
    assert reference in words_of(sun_tao.get("/desk/posts/water-duty/handover/"))


def test_whoever_leaves_without_a_successor_is_stood_in_for(tang_yu):
    reference = assigned()
    key = key_of("appointments", officer=town.LI_NA, post="water-duty")
    gone = {"substitute": town.WANG_QIANG, "until": ""}
    answer = tang_yu.post(f"/setup/appointments/{key}/end/", gone)
    assert answer.status_code == 422
    assert "Last day” is empty" in words_of(answer)
    tang_yu.post(f"/setup/appointments/{key}/end/", {**gone, "until": "2026-11-30"})
    last, _fields = history(find(reference).stream)[-1]
    assert (last.type, last.fields["officer"]) == ("substituted", town.WANG_QIANG)


def test_nobody_takes_the_place_of_an_officer_as_if_they_had_always_been_there(tang_yu):
    reference = assigned()
    address = (
        f"/setup/appointments/{key_of('appointments', officer=town.LI_NA, post='water-duty')}/"
    )
    page = tang_yu.get(address)
    assert "end this appointment and name who follows" in words_of(page)
    typed = {"officer": town.SUN_TAO, "starts": "2020-01-01", "ends": "2026-12-31"}
    seen = page.context["form"].seen_now
    assert tang_yu.post(address, {**typed, "seen": seen}).status_code == 302
    (kept,) = (one for one in directory().organization.appointments if one.post == "water-duty")
    assert (kept.officer, kept.starts.isoformat()) == (town.LI_NA, "2026-01-01")
    assert kept.ends.isoformat() == "2026-12-31"
    assert [event.type for event, _fields in history(find(reference).stream)][-1] == "assigned"


def test_many_cases_are_told_by_a_worker_and_the_page_of_the_post_says_how_far(
    tang_yu, monkeypatch
):
    monkeypatch.setattr(acting, "AT_ONCE", 2)
    for _ in range(3):
        assigned()
    later(days=1)
    key = key_of("appointments", officer=town.LI_NA, post="water-duty")
    left = {"successor": town.SUN_TAO}
    answer = tang_yu.post(f"/setup/appointments/{key}/end/", left, follow=True)
    assert "one after the other" in words_of(answer)
    page = words_of(tang_yu.get("/setup/posts/water-duty/"))
    assert "The post changed hands" in page
    assert "begins in a moment" in page
    monkeypatch.setattr(incumbents, "BATCH", 2)
    take_over_due(now())
    page = words_of(tang_yu.get("/setup/posts/water-duty/"))
    assert "2 of 3 open cases know that Sun Tao has them now." in page
    while take_over_due(now()):
        pass
    assert "changed hands" not in words_of(tang_yu.get("/setup/posts/water-duty/"))


def test_an_appointment_ends_on_a_day_and_one_that_has_not_begun_is_taken_back(tang_yu):
    key = key_of("appointments", officer=town.LI_NA, post="water-duty")
    leaving = {"last_day": "2026-10-31", "successor": town.SUN_TAO}
    past = tang_yu.post(f"/setup/appointments/{key}/end/", {**leaving, "last_day": "2026-10-11"})
    assert past.status_code == 422
    tang_yu.post(f"/setup/appointments/{key}/end/", leaving)
    assert "W-017" in {one.code for one in directory().officers_of("water-duty", town.MONDAY)}
    new = key_of("appointments", officer=town.SUN_TAO, post="water-duty")
    assert "has not begun" in words_of(tang_yu.get("/setup/appointments/"))
    tang_yu.post(f"/setup/appointments/{new}/end/")
    assert recorded()[-1] == ("appointments", "W-004 water-duty 2026-11-01", "taken_back")


def test_nobody_puts_themselves_into_a_post(tang_yu):
    typed = {"officer": town.TANG_YU, "post": "supervision-desk", "starts": "2026-10-12"}
    answer = tang_yu.post("/setup/appointments/new/", typed)
    assert answer.status_code == 422
    assert "Nobody puts themselves into a post" in words_of(answer)
    he_ping = at_desk(town.HE_PING)
    assert he_ping.post("/setup/appointments/new/", typed).status_code == 302


def test_nobody_widens_the_post_they_are_in_nor_that_of_whom_they_stand_in_for(tang_yu):
    he_ping = at_desk(town.HE_PING)
    seen = tang_yu.get("/setup/posts/registry-desk/").context["form"].seen_now
    typed = {"name_zh": "系统管理岗", "name_en": "Administration", "seen": seen}
    kinds = ["administration", "supervision"]
    for one in (tang_yu, he_ping):
        for more in ({"kinds": kinds, "unit": "registry"}, {"kinds": kinds[:1], "unit": "hotline"}):
            answer = one.post("/setup/posts/registry-desk/", {**typed, **more})
            assert answer.status_code == 422
            assert "Nobody widens what they may do themselves" in words_of(answer)
    named = {**typed, "name_en": "Registry", "kinds": kinds[:1], "unit": "registry"}
    assert tang_yu.post("/setup/posts/registry-desk/", named).status_code == 302
    absence = {"absent": town.LI_NA, "starts": "2026-10-12", "ends": "2026-10-30"}
    he_ping.post("/setup/substitutes/new/", {**absence, "officer": town.TANG_YU})
    hers = {"officer": town.LI_NA, "post": "supervision-desk", "starts": "2026-10-12"}
    answer = tang_yu.post("/setup/appointments/new/", hers)
    assert "Nobody puts themselves into a post" in words_of(answer)
    for unit, status in (("qingshan", 422), ("cityman", 302)):
        parent = {"qingshan": "water", "cityman": "housing"}[unit]
        page = tang_yu.get(f"/setup/units/{unit}/").context["form"]
        was = {name: page[name].value() or "" for name in page.fields if name != "code"}
        moved = {**was, "parent": parent, "seen": page.seen_now}
        assert tang_yu.post(f"/setup/units/{unit}/", moved).status_code == status


def test_a_post_that_holds_cases_cannot_end(tang_yu):
    assigned()
    answer = tang_yu.post("/setup/posts/water-duty/end/")
    assert answer.status_code == 422
    assert "The post holds open cases: 1" in words_of(answer)
    assert directory().post("water-duty").ended is None


def test_changing_a_duty_shows_which_matters_go_elsewhere(tang_yu):
    assigned()
    key = key_of("duties", category="water_supply")
    page = tang_yu.get(f"/setup/duties/{key}/")
    typed = {
        "category": "water_supply",
        "area": "",
        "unit": "housing",
        "post": "housing-duty",
        "type": "lead",
        "seen": page.context["form"].seen_now,
    }
    ahead = words_of(tang_yu.post(f"/setup/duties/{key}/", {**typed, "preview": "preview"}))
    assert "Water bureau · Duty desk → Housing bureau · Duty desk" in ahead
    assert "(1 open case of this kind)" in ahead
    tang_yu.post(f"/setup/duties/{key}/", typed)
    assert recorded() == [
        ("duties", "water_supply - housing housing-duty -", "added"),
        ("duties", "water_supply - water water-duty -", "ended"),
    ]


def test_the_body_gets_another_fallback_post(tang_yu):
    page = tang_yu.get("/setup/body/")
    typed = {"name_zh": "江城", "name_en": "Jiangcheng", "fallback_post": "hotline-intake"}
    tang_yu.post("/setup/body/", {**typed, "seen": page.context["form"].seen_now})
    assert directory().fallback_post().code == "hotline-intake"


def test_every_officer_finds_units_and_phones_and_only_administrators_come_to_set_up():
    li_na = at_desk(town.LI_NA)
    page = words_of(li_na.get("/desk/directory/?unit=water"))
    assert "Duty desk Li Na" in " ".join(page.replace("On duty now", "").split())
    assert "Water bureau" in words_of(li_na.get("/desk/directory/"))
    assert "Housing bureau" in words_of(li_na.get("/desk/directory/?text=hous"))
    assert "Nothing has this name" in words_of(li_na.get("/desk/directory/?text=xyz"))
    assert li_na.get("/setup/").status_code == 403
    assert at_desk(town.TANG_YU).get("/setup/nothing/").status_code == 404


def test_lists_cost_the_same_number_of_queries_however_long_they_are(
    tang_yu, django_assert_max_num_queries
):
    more = town.files()
    lines = [f"X-{n:03},号,Number {n}\n" for n in range(120)]
    more["officers.csv"] = f"code,name_zh,name_en\n{''.join(lines)}".encode()
    load_organization(more, by=Actor.system(), now=town.MONDAY)
    tang_yu.get("/setup/officers/")
    with django_assert_max_num_queries(14):
        page = tang_yu.get("/setup/officers/")
    assert page.content.decode().count("<tr>") == 51
    pages, after = 1, page.context["next"]
    while after:
        page = tang_yu.get(f"/setup/officers/?{after}")
        pages, after = pages + 1, page.context["next"]
    assert pages == 3


def test_a_code_of_a_long_list_is_looked_up_by_a_part_of_its_name(tang_yu, monkeypatch):
    monkeypatch.setattr(choices, "MOST", 2)
    new = "/setup/appointments/new/"
    page = tang_yu.get(new).content.decode()
    assert 'name="look-up" value="officer"' in page
    typed = {"officer": "sun t", "post": "water head", "starts": "2026-10-20"}
    found = tang_yu.post(new, {**typed, "look-up": "officer"}).content.decode()
    assert 'name="take" value="officer=W-004"' in found
    assert found.count('name="take"') == 1
    assert 'value="2026-10-20"' in found
    assert 'value="post=water-head"' in tang_yu.post(new, {**typed, "look-up": "post"}).text
    taken = tang_yu.post(new, {**typed, "take": "officer=W-004"}).content.decode()
    assert 'value="W-004"' in taken
    assert "Nothing fits" in words_of(tang_yu.post(new, {"officer": "?", "look-up": "officer"}))
    assert recorded() == []
    monkeypatch.setattr(looking_up, "MOST", 3)
    many = tang_yu.post(new, {"officer": "", "look-up": "officer"})
    assert many.text.count('name="take"') == 3
    assert "More fit than are shown" in words_of(many)
    for field, value in (("starts", "x"), ("nowhere", "x")):
        assert tang_yu.post(new, {"look-up": field, "take": f"{field}={value}"}).status_code == 422
    key = key_of("appointments", officer=town.LI_NA, post="water-duty")
    end = f"/setup/appointments/{key}/end/"
    assert (
        'value="successor=H-009"'
        in tang_yu.post(end, {"successor": "王强", "look-up": "successor"}).text
    )
    assert 'value="H-009"' in tang_yu.post(end, {"take": "successor=H-009"}).text
    # A list about one post stays about that post, however many posts there are.
    listed = words_of(tang_yu.get("/setup/appointments/?post=water-duty"))
    assert "1 entry" in listed
    assert "Water bureau · Duty desk" in listed


def test_absent_officers_who_stand_in_for_one_another_need_attention(tang_yu):
    time = {"starts": "2026-10-14", "ends": "2026-10-20"}
    ring = [(town.SUN_TAO, town.LI_NA), (town.WANG_QIANG, town.SUN_TAO)]
    for officer, absent in ring:
        given = {**time, "officer": officer, "absent": absent}
        assert tang_yu.post("/setup/substitutes/new/", given).status_code == 302
    assert "stand in for one another" not in words_of(tang_yu.get("/setup/"))
    last = {**time, "officer": town.LI_NA, "absent": town.WANG_QIANG}
    tang_yu.post("/setup/substitutes/new/", last)
    page = words_of(tang_yu.get("/setup/"))
    assert "stand in for one another" in page
    assert page.count("from 2026-10-14") == 1
    tail = {**time, "officer": town.LI_NA, "absent": town.ZHAO_MIN}
    tang_yu.post("/setup/substitutes/new/", tail)
    assert words_of(tang_yu.get("/setup/")).count("from 2026-10-14") == 1


def test_nobody_follows_themselves_into_the_post_they_leave(tang_yu, monkeypatch):
    key = key_of("appointments", officer=town.LI_NA, post="water-duty")
    for field in ("successor", "substitute"):
        given = {field: town.LI_NA, "until": "2026-10-30"}
        assert tang_yu.post(f"/setup/appointments/{key}/end/", given).status_code == 422
    monkeypatch.setattr(choices, "MOST", 2)
    typed = tang_yu.post(f"/setup/appointments/{key}/end/", {"successor": town.LI_NA})
    assert "is the one who leaves" in words_of(typed)
    assert recorded() == []
