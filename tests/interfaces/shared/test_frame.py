"""What holds for every page: headers, languages, sizes, characters, error pages."""

import json

import pytest
from django.db import connection
from django.test import Client, override_settings

from dandang.interfaces.shared import errors
from dandang.interfaces.shared.refused import refused_page, status_of
from dandang.terms import Code, Refusal
from tests.interfaces.stories import browser, city, words_of

pytestmark = pytest.mark.django_db

MIB = 1024 * 1024
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


@pytest.mark.parametrize("path", ["/", "/new/", "/c/", "/open/", "/nothing/"])
def test_every_answer_carries_the_headers_that_protect_its_reader(path):
    headers = browser().get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cache-Control"] == "no-store"
    asks_where = path == "/new/"
    assert f"geolocation=({'self' * asks_where})" in headers["Permissions-Policy"]


def test_pages_have_no_script_and_no_style_of_their_own():
    for path in ("/", "/new/", "/c/", "/open/"):
        page = browser().get(path).content.decode()
        assert "<script" not in page.replace('<script src="/static/', "")
        assert "<style" not in page
        assert " style=" not in page
        assert " onclick" not in page


@override_settings(SECURE_HSTS_SECONDS=31_536_000)
def test_over_https_browsers_are_told_to_stay_with_it():
    headers = browser().get("/", secure=True).headers
    assert headers["Strict-Transport-Security"] == "max-age=31536000"


def test_a_reader_of_chinese_reads_chinese_and_can_switch():
    visitor = browser("zh-CN")
    page = visitor.get("/")
    assert '<html lang="zh-Hans">' in page.content.decode()
    assert 'lang="en" translate="no">English</button>' in page.content.decode()
    answer = visitor.post("/language/setlang/", {"language": "en", "next": "/open/"})
    assert (answer.status_code, answer.url) == (302, "/open/")
    assert answer.cookies["django_language"]["httponly"]
    page = visitor.get("/open/")
    assert '<html lang="en">' in page.content.decode()
    assert 'lang="zh-Hans" translate="no">中文</button>' in page.content.decode()


def test_the_language_switch_leads_back_to_where_one_was_and_nowhere_else():
    visitor = browser()
    assert 'name="next" value="/c/"' in visitor.get("/c/").content.decode()
    wrong = visitor.post("/c/", {"reference": "7K4M-9Q2X", "access_code": "x"})
    assert 'name="next" value="/"' in wrong.content.decode()
    away = visitor.post("/language/setlang/", {"language": "en", "next": "https://evil.example/"})
    assert away.url == "/"


def test_a_language_nobody_speaks_here_is_answered_in_the_body_s_own():
    assert '<html lang="zh-Hans">' in browser("fr").get("/").content.decode()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("status", sorted(errors.ERRORS))
def test_every_error_has_a_page_in_both_languages(rf, language, status):
    from django.utils.translation import override  # noqa: PLC0415 a name of this test alone

    request = rf.get("/x/")
    with override(language):
        page = errors.error_page(request, status)
        words = words_of(page)
    assert page.status_code == status
    assert str(status) in words
    assert ("回到首页" in words) == (language == "zh-hans")


def test_an_address_that_is_not_there_is_said_so():
    answer = browser().get("/nothing/")
    assert answer.status_code == 404
    assert "There is no such page" in words_of(answer)


def test_a_page_used_in_the_wrong_way_says_so_and_names_the_right_one():
    answer = browser().post("/open/")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD"
    assert "This page cannot be used in this way" in words_of(answer)


def test_a_form_without_its_token_is_refused_in_words():
    visitor = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    answer = visitor.post("/new/what/", {"text": "No water"})
    assert answer.status_code == 403
    assert "The form was open for too long" in words_of(answer)


def test_a_failure_of_ours_has_a_page_that_needs_no_database(rf):
    with connection.execute_wrapper(_no_database):
        page = errors.server_error(rf.get("/"))
    assert page.status_code == 500
    assert "系统出错了" in words_of(page) or "Something went wrong" in words_of(page)


def _no_database(*_):
    raise AssertionError("the page asked the database")


def test_a_failure_inside_a_page_becomes_that_page(settings):
    settings.TIME_ZONE = "Nowhere/Nothing"
    visitor = Client(raise_request_exception=False, headers={"accept-language": "en"})
    answer = visitor.get("/open/")
    settings.TIME_ZONE = "Asia/Shanghai"
    assert answer.status_code == 500
    assert "Something went wrong on our side" in words_of(answer)
    assert "Traceback" not in answer.content.decode()


def test_a_body_above_the_limit_is_refused_before_it_is_read():
    answer = browser().post("/new/contact/", "name=" + "x" * MIB, content_type=FORM)
    assert answer.status_code == 413
    assert "This is too large to be sent" in words_of(answer)


def test_a_body_at_the_limit_is_read():
    body = "name=" + "x" * (MIB - 5)
    assert browser().post("/new/contact/", body, content_type=FORM).status_code == 422


@pytest.mark.parametrize("length", ["-1", "12x", "१२", "1" * 5000])
def test_a_length_that_is_no_number_or_a_lie_is_refused(length):
    answer = browser().generic(
        "POST", "/new/contact/", "x=1", content_type=FORM, CONTENT_LENGTH=length
    )
    assert answer.status_code in {400, 413}


@pytest.mark.parametrize("typed", ["a%00b", "%ff%fe", "%ED%A0%80", "%C0%80"])
def test_characters_that_cannot_be_kept_are_refused_in_words(typed):
    answer = browser().post("/new/what/", f"text={typed}", content_type=FORM)
    assert answer.status_code == 400
    assert "characters that cannot be used" in words_of(answer)
    assert browser().get(f"/c/?reference={typed}").status_code == 400


def test_raw_bytes_that_are_no_text_are_refused_too():
    assert browser().post("/new/what/", b"text=\xff\xfe", content_type=FORM).status_code == 400


def test_characters_in_a_form_of_another_kind_are_caught_by_its_fields():
    answer = browser().post("/new/what/", {"text": "a\0b"})
    assert answer.status_code == 422
    assert "invisible control characters" in words_of(answer)


def test_chinese_and_emoji_are_ordinary_text():
    answer = browser().post("/new/what/", {"text": "停水了 🚰"}, follow=True)
    assert answer.status_code == 200


def test_a_body_that_is_no_form_changes_nothing():
    answer = browser().post(
        "/new/what/", json.dumps({"text": "x"}), content_type="application/json"
    )
    assert answer.status_code == 422


@pytest.mark.parametrize("code", Code)
def test_every_refusal_has_a_status_and_a_page(rf, code):
    page = refused_page(rf.get("/"), Refusal(code))
    assert page.status_code == status_of(code)
    assert 400 <= page.status_code < 600
    assert words_of(page)


def test_refusals_that_matter_have_the_status_that_fits():
    assert status_of(Code.CHANGED_MEANWHILE) == 409
    assert status_of(Code.NOT_THE_HOLDER) == 403
    assert status_of(Code.NOT_FOUND) == 404
    assert status_of(Code.FIELD_REQUIRED) == 422
    assert status_of(Code.NO_ORGANIZATION) == 503


def test_the_frame_names_the_public_body_and_its_emergency_numbers():
    words = words_of(browser().get("/"))
    assert "Jiangcheng" in words
    assert "110 (police)" in words


@override_settings(DEMO=True, DEMO_LINKS=[("/demo/as/officer/", "Officer")])
def test_a_demonstration_says_so_in_both_languages_with_its_time_and_its_roles():
    page = browser().get("/")
    assert "演示数据（虚构） · Demonstration data (fictional) · 09:00 Mon 12 Oct" in words_of(page)
    assert '<a href="/demo/as/officer/">Officer</a>' in page.content.decode()


def test_without_a_demonstration_nothing_of_it_is_shown():
    assert "Demonstration" not in words_of(browser().get("/"))
