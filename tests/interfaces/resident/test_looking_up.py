"""Looking a request up by reference and access code, and closing it again."""

import pytest

from dandang.interfaces.resident import access
from dandang.notifications.access.models import Attempt
from tests.everywhere import kept_somewhere
from tests.interfaces.stories import browser, city, code_on, opens, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def looks_up(client, reference: str, code: str):
    return client.post("/c/", {"reference": reference, "access_code": code})


def test_reference_and_code_open_the_request_in_any_browser_however_they_are_typed():
    liu, phone = browser(), browser()
    reference = opens(liu)
    code = code_on(liu, reference)
    answer = looks_up(phone, f" {reference.lower().replace('-', ' ')} ", code.lower())
    assert answer.url == f"/c/{reference}/"
    assert "No water since this morning." in words_of(phone.get(answer.url))


def test_a_wrong_code_and_an_unknown_reference_get_the_very_same_answer():
    liu, stranger = browser(), browser()
    reference = opens(liu)
    wrong = looks_up(stranger, reference, "A" * 26)
    unknown = looks_up(stranger, "2222-2222", "A" * 26)
    assert wrong.status_code == unknown.status_code == 422
    same = wrong.content.decode().replace(reference, "2222-2222")
    assert words_of(wrong).replace(reference, "2222-2222") == words_of(unknown)
    assert len(same) == len(unknown.content.decode())
    assert "Reference and access code do not belong together." in words_of(wrong)


def test_an_imported_request_without_a_code_opens_to_no_code():
    for code in ("", "0", "A" * 26):
        assert looks_up(browser(), "2222-2222", code).status_code == 422


def test_after_ten_wrong_codes_in_a_minute_even_the_right_one_has_to_wait():
    liu, guesser = browser(), browser()
    reference = opens(liu)
    code = code_on(liu, reference)
    for _ in range(10):
        assert looks_up(guesser, reference, "A" * 26).status_code == 422
    braked = looks_up(guesser, reference, code)
    assert braked.status_code == 429
    assert "Too many wrong codes. Please wait a minute." in words_of(braked)


def test_one_source_s_wrong_codes_do_not_stop_another_source(settings):
    settings.PROXY_HOPS = 1
    liu, guesser = browser(), browser()
    reference = opens(liu)
    code = code_on(liu, reference)
    for _ in range(10):
        guesser.post(
            "/c/",
            {"reference": reference, "access_code": "A"},
            headers={"x-forwarded-for": "203.0.113.9"},
        )
    typed = {"reference": reference, "access_code": code}
    lying = {"x-forwarded-for": "198.51.100.1, 203.0.113.9"}
    assert guesser.post("/c/", typed, headers=lying).status_code == 429
    other = {"x-forwarded-for": "203.0.113.9, 198.51.100.1"}
    assert browser().post("/c/", typed, headers=other).status_code == 302


def test_without_proxies_nobody_can_choose_the_source_they_are_counted_by():
    guesser = browser()
    for number in range(10):
        headers = {"x-forwarded-for": f"198.51.100.{number}"}
        guesser.post("/c/", {"reference": "x", "access_code": "A"}, headers=headers)
    assert looks_up(guesser, "x", "A").status_code == 429


def test_no_address_of_a_guesser_is_kept():
    browser().post("/c/", {"reference": "x", "access_code": "y"}, REMOTE_ADDR="203.0.113.77")
    assert Attempt.objects.count() == 1
    assert not kept_somewhere("203.0.113.77", b"203.0.113.77".hex())


def test_an_empty_look_up_says_what_is_missing():
    answer = looks_up(browser(), "", "")
    assert answer.status_code == 422
    assert words_of(answer).count("Please fill this in.") == 4  # summary and fields


def test_a_grant_ends_two_hours_after_the_last_look(monkeypatch):
    liu = browser()
    reference = opens(liu)
    start = access.time.time()
    for minutes, is_open in ((59, True), (118, True), (190, True), (320, False)):
        monkeypatch.setattr(access.time, "time", lambda at=start + minutes * 60: at)
        words = words_of(liu.get(f"/c/{reference}/"))
        assert ("No water since this morning." in words) is is_open, minutes


def test_leaving_closes_the_request_and_forgets_the_code():
    liu = browser()
    reference = opens(liu)
    answer = liu.post("/c/leave/")
    assert answer.url == "/"
    assert answer.cookies["receipt"]["max-age"] == 0
    assert "No water" not in words_of(liu.get(f"/c/{reference}/"))
    assert liu.get(f"/c/{reference}/note/").url == "/c/"


def test_a_session_from_before_the_grant_is_worth_nothing_after_it():
    liu, phone = browser(), browser()
    reference = opens(liu)
    code = code_on(liu, reference)
    other = opens(phone)
    before = phone.cookies["sessionid"].value
    looks_up(phone, reference, code)
    assert phone.cookies["sessionid"].value != before
    assert "No water" in words_of(phone.get(f"/c/{other}/"))
