"""Signing in and out: who comes in, what is said to whom, in which language it goes on."""

import pytest

from dandang.organization.actions.accounts import set_password
from dandang.organization.models import Account
from dandang.terms import Actor
from tests import town
from tests.interfaces.desk.office import GUEST, PASSWORD, account, at_desk
from tests.interfaces.stories import browser, city, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def jiangcheng():
    city()
    account(town.LI_NA, password=PASSWORD)


def signs_in(client, code=town.LI_NA, password=PASSWORD, **more):
    return client.post("/login/", {"username": code, "password": password, **more})


def test_li_na_signs_in_and_sees_her_worklist():
    li_na = browser()
    assert signs_in(li_na).url == "/desk/"
    page = words_of(li_na.get("/desk/"))
    assert "Worklist" in page
    assert "Water bureau · Duty desk" in page


def test_she_is_led_back_to_where_she_wanted_to_go():
    li_na = browser()
    wanted = li_na.get("/desk/?queue=accept").url
    assert wanted == "/login/?next=/desk/%3Fqueue%3Daccept"
    assert 'name="next" value="/desk/?queue=accept"' in li_na.get(wanted).content.decode()
    assert signs_in(li_na, next="/desk/?queue=accept").url == "/desk/?queue=accept"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:x"])
def test_nobody_is_led_to_another_site(elsewhere):
    assert signs_in(browser(), next=elsewhere).url == "/desk/"


def test_the_session_gets_a_new_key():
    li_na = browser()
    li_na.get("/login/")
    session = li_na.session
    session["something"] = "left by whoever sat here before"
    session.save()
    li_na.cookies["sessionid"] = session.session_key
    signs_in(li_na)
    assert li_na.session.session_key != session.session_key


def test_a_wrong_name_a_wrong_password_and_a_closed_account_get_the_same_answer():
    account(town.CHEN_HUI, password=PASSWORD)
    Account.objects.filter(username=town.CHEN_HUI).update(is_active=False)
    answers = [
        signs_in(browser(), town.LI_NA, "a wrong password"),
        signs_in(browser(), "X-999", PASSWORD),
        signs_in(browser(), town.CHEN_HUI, PASSWORD),
        signs_in(browser(), town.CHEN_HUI, "a wrong password"),
    ]
    assert {answer.status_code for answer in answers} == {422}
    (words,) = {words_of(answer) for answer in answers}
    assert "Staff code or password is not right. Please try again." in words
    assert PASSWORD not in str([answer.content for answer in answers])


def test_an_empty_form_says_what_is_missing():
    answer = browser().post("/login/")
    assert answer.status_code == 422
    assert "Error: Sign in" in words_of(answer)


def test_the_name_may_be_typed_in_full_width():
    assert signs_in(browser(), "Ｗ-017").url == "/desk/"


def test_the_language_of_the_account_is_that_of_its_screens():
    account(town.WANG_QIANG, password=PASSWORD, language="en")
    wang_qiang = browser("zh-hans")
    signs_in(wang_qiang, town.WANG_QIANG)
    assert '<html lang="en">' in wang_qiang.get("/desk/").content.decode()
    wang_qiang.post("/language/setlang/", {"language": "zh-hans", "next": "/desk/"})
    assert '<html lang="zh-Hans">' in wang_qiang.get("/desk/").content.decode()


def test_an_account_without_a_language_follows_the_browser():
    li_na = browser("zh-hans")
    signs_in(li_na)
    assert "django_language" not in li_na.cookies
    assert '<html lang="zh-Hans">' in li_na.get("/desk/").content.decode()


def test_she_signs_out_with_one_button_and_is_out():
    li_na = at_desk(town.LI_NA)
    assert 'action="/logout/"' in li_na.get("/desk/").content.decode()
    assert li_na.get("/logout/").status_code == 405
    assert li_na.post("/logout/").url == "/"
    assert li_na.get("/desk/").status_code == 302


def test_a_new_password_ends_the_sessions_of_the_old_one():
    li_na = browser()
    signs_in(li_na)
    set_password(town.LI_NA, "quite another long one", by=Actor.system(), now=town.MONDAY)
    assert li_na.get("/desk/").status_code == 302


def test_a_closed_account_is_out_at_once():
    li_na = at_desk(town.LI_NA)
    Account.objects.filter(username=town.LI_NA).update(is_active=False)
    assert li_na.get("/desk/").status_code == 302


def test_an_account_of_no_officer_is_told_so_and_can_sign_out():
    guest = at_desk(GUEST)
    answer = guest.get("/desk/")
    assert answer.status_code == 403
    assert "This account belongs to no officer" in words_of(answer)
    assert 'action="/logout/"' in answer.content.decode()


def test_whoever_is_signed_in_goes_to_the_desk():
    assert at_desk(town.LI_NA).get("/login/").url == "/desk/"


def test_the_public_pages_have_a_quiet_link_to_the_sign_in():
    page = browser().get("/").content.decode()
    assert page.index("<footer") < page.index('href="/login/"')
