"""Li Na subscribes to her deadlines: the secret address, what it shows, and how it ends."""

import logging
import re
from datetime import timedelta

import pytest
from icalendar import Calendar

from dandang.interfaces.shared.logs import HideSecrets
from dandang.lifecycle.casework.models import Case, Clock
from dandang.lifecycle.deadlines.clocks import SYSTEMS_OWN
from dandang.notifications.calendar import deadlines
from dandang.notifications.calendar.addresses import reader_of
from dandang.notifications.calendar.models import CalendarAddress
from tests import town
from tests.interfaces.desk.office import GUEST, account, assigned, at_desk, in_progress
from tests.interfaces.stories import browser, city, later, officer, words_of

pytestmark = pytest.mark.django_db
PATH = "/desk/calendar/"
SECRET = re.compile(r'value="http://testserver(/desk/calendar/([\w-]{32})\.ics)"')


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def makes(client) -> str:
    """Make an address; return its path."""
    answer = client.post(PATH, {"make": "1"})
    assert answer.headers["Cache-Control"] == "no-store"
    return SECRET.search(answer.content.decode())[1]


def events_of(path: str, **headers: str) -> list:
    answer = browser().get(path, headers=headers)
    assert (answer.status_code, answer.headers["Content-Type"]) == (
        200,
        "text/calendar; charset=utf-8",
    )
    return Calendar.from_ical(answer.content).walk("VEVENT")


def test_li_na_sees_each_running_clock_of_the_cases_she_holds():
    reference = assigned()
    events = events_of(makes(at_desk(town.LI_NA)))
    clocks = {row.name: row.due_at for row in Clock.objects.all()}
    # The ladder runs by itself: nobody has to do anything when its time comes.
    shown = {name: at for name, at in clocks.items() if name not in SYSTEMS_OWN}
    assert {str(one["UID"]): one.decoded("DTSTART") for one in events} == {
        f"{reference}-{name}@ledger.localhost/dandang": at for name, at in shown.items()
    }
    (finish,) = (one for one in events if "total" in one["UID"])
    assert str(finish["SUMMARY"]) == f"{reference} · finish"
    assert str(finish["URL"]) == f"http://testserver/desk/{reference}/"


def test_nothing_of_the_matter_or_the_requester_stands_in_it():
    assigned(title="Broken pipe", name="Mrs Liu", phone="13900000000")
    content = browser().get(makes(at_desk(town.LI_NA))).content.decode()
    for word in ("Broken", "pipe", "Liu", "13900000000", "Hubin", "water"):
        assert word not in content


def test_the_words_are_in_the_language_of_the_account_or_of_the_page_it_was_made_on():
    assigned()
    account(town.LI_NA, language="zh-hans")
    assert any("办结" in one["SUMMARY"] for one in events_of(makes(at_desk(town.LI_NA))))
    account(town.LI_NA).__class__.objects.update(language="")
    assert any("finish" in one["SUMMARY"] for one in events_of(makes(at_desk(town.LI_NA))))
    chinese = makes(at_desk(town.LI_NA, "zh-CN"))
    assert any("办结" in one["SUMMARY"] for one in events_of(chinese, accept_language="en"))


def test_a_case_that_went_elsewhere_or_ended_is_gone_from_it():
    reference = assigned()
    path = makes(at_desk(town.LI_NA))
    assert events_of(path)
    officer("accept", reference, town.LI_NA)
    officer(
        "hand-over",
        reference,
        town.LI_NA,
        to_post="housing-duty",
        reason="not_our_duty",
        text="The house's own pipe",
        basis="List no. 3",
    )
    assert events_of(path) == []
    assert events_of(makes(at_desk(town.WANG_QIANG)))


def test_what_stands_still_and_what_is_closed_to_her_is_not_shown():
    reference = in_progress()
    path = makes(at_desk(town.LI_NA))
    before = len(events_of(path))
    Clock.objects.filter(name="resolution").update(paused=True)
    assert len(events_of(path)) == before - 1
    Case.objects.filter(reference=reference).update(particulars={"conflicts": [town.LI_NA]})
    assert events_of(path) == []


def test_what_is_overdue_stays_but_the_right_to_return_does_not():
    assigned()
    path = makes(at_desk(town.LI_NA))
    assert any("return_window" in one["UID"] for one in events_of(path))
    later(days=60)
    left = [str(one["UID"]) for one in events_of(path)]
    assert any("total" in one for one in left)
    assert not any("return_window" in one for one in left)


def test_no_more_than_the_limit_and_what_is_to_come_goes_first(monkeypatch):
    monkeypatch.setattr(deadlines, "MOST", 3)
    references = [assigned(text=f"No water on floor {n}") for n in range(2)]
    Clock.objects.all().delete()
    cases = [Case.objects.get(reference=one) for one in references]
    for case, hours in ((cases[0], -5), (cases[1], -1), (cases[1], 9), (cases[0], 2)):
        due_at = town.MONDAY + timedelta(hours=hours)
        Clock.objects.create(case=case, name=f"c{hours}", due_at=due_at)
    shown = [
        one["UID"].split("-", 2)[2].split("@")[0] for one in events_of(makes(at_desk(town.LI_NA)))
    ]
    assert shown == ["c-1", "c2", "c9"]


def test_the_number_of_queries_does_not_grow_with_the_cases(django_assert_max_num_queries):
    path = makes(at_desk(town.LI_NA))
    events_of(path)
    for number in range(4):
        assigned(text=f"No water on floor {number}")
    with django_assert_max_num_queries(9):
        assert len(events_of(path)) >= 8


def test_a_program_that_asks_again_is_told_that_nothing_has_changed():
    assigned()
    path = makes(at_desk(town.LI_NA))
    answer = browser().get(path)
    mark = answer.headers["ETag"]
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    later(minutes=20)
    again = browser().get(path, headers={"if-none-match": mark})
    assert (again.status_code, again.content) == (304, b"")
    assigned(text="Another one")
    assert browser().get(path, headers={"if-none-match": mark}).status_code == 200


def test_the_secret_is_shown_once_and_only_its_hash_is_kept():
    li_na = at_desk(town.LI_NA)
    path = makes(li_na)
    secret = path.removeprefix(PATH).removesuffix(".ics")
    assert len(secret) * 6 >= 128
    assert secret not in li_na.get(PATH).content.decode()
    (row,) = CalendarAddress.objects.values()
    assert secret not in str(row)
    assert secret.encode() not in bytes(row["token_hash"])


def test_she_revokes_it_and_at_once_it_is_like_one_that_never_was():
    li_na = at_desk(town.LI_NA)
    path = makes(li_na)
    assert "Last read" in words_of(li_na.get(PATH))
    number = CalendarAddress.objects.get().pk
    answer = li_na.post(PATH, {"revoke": number}, follow=True)
    assert "Revoked." in words_of(answer)
    assert "There is none." in words_of(answer)
    revoked, unknown = browser().get(path), browser().get(f"{PATH}{'A' * 32}.ics")
    assert (revoked.status_code, unknown.status_code) == (404, 404)
    assert words_of(revoked) == words_of(unknown)
    assert {*revoked.headers} == {*unknown.headers}
    again = li_na.post(PATH, {"revoke": number}, follow=True)
    assert "was not in use any more" in words_of(again)
    assert "was not in use any more" in words_of(li_na.post(PATH, {"revoke": "x"}, follow=True))


def test_wang_qiang_cannot_revoke_it_for_her():
    path = makes(at_desk(town.LI_NA))
    at_desk(town.WANG_QIANG).post(PATH, {"revoke": CalendarAddress.objects.get().pk})
    assert events_of(path) == []
    assert CalendarAddress.objects.get().revoked_at is None


def test_an_account_that_was_closed_shows_nothing_more():
    path = makes(at_desk(town.LI_NA))
    found = account(town.LI_NA)
    found.is_active = False
    found.save()
    assert browser().get(path).status_code == 404


def test_an_account_without_officer_has_no_deadlines_to_subscribe_to():
    assert at_desk(GUEST).post(PATH, {"make": "1"}).status_code == 403
    assert not CalendarAddress.objects.exists()


def test_five_can_be_in_use_and_the_sixth_is_refused():
    li_na = at_desk(town.LI_NA)
    for _ in range(5):
        makes(li_na)
    page = words_of(li_na.get(PATH))
    assert "5 addresses are in use" in page
    assert "Make a new address" not in page
    answer = li_na.post(PATH, {"make": "1"})
    assert answer.status_code == 422
    assert CalendarAddress.objects.count() == 5


def test_guessing_is_slowed_down():
    for _ in range(10):
        assert browser().get(f"{PATH}{'B' * 32}.ics").status_code == 404
    assert browser().get(f"{PATH}{'B' * 32}.ics").status_code == 429
    assert browser().get(f"{PATH}{'C' * 200}.ics").status_code == 429


def test_an_address_that_is_far_too_long_is_not_even_looked_up(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert reader_of("C" * 2000, now=town.MONDAY) is None
    assert browser().get(f"{PATH}{'C' * 2000}.ics").status_code == 404


def test_no_log_ever_holds_the_secret(caplog, monkeypatch):
    path = makes(at_desk(town.LI_NA))
    caplog.set_level(logging.DEBUG)
    events_of(path)
    browser().get(f"{PATH}{'D' * 32}.ics")
    client = browser()
    client.raise_request_exception = False
    monkeypatch.setattr(deadlines.Clock.objects, "select_related", None)
    assert client.get(path).status_code == 500
    handled = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert handled
    shown = "\n".join(logging.getLogger().handlers[0].format(one) for one in _as_written(handled))
    assert path.removeprefix(PATH).removesuffix(".ics") not in shown
    assert "/desk/calendar/…" in shown


def _as_written(records):
    """Return the records as the configured handler would write them."""
    hide = HideSecrets()
    return [record for record in records if hide.filter(record)]
