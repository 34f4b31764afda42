"""Officers read in their inbox what happened to the cases that concern them."""

import pytest

from dandang.interfaces.desk import messages
from dandang.notifications.models import Message
from tests import town
from tests.interfaces.desk.office import at_desk
from tests.interfaces.stories import city, officer, words_of
from tests.notifications.city import MRS_LIU, does, follows, opens

pytestmark = pytest.mark.django_db
PATH = "/desk/messages/"


@pytest.fixture(autouse=True)
def jiangcheng():
    city()
    follows()


def shown(client, **query: object) -> str:
    return words_of(client.get(PATH, query))


def test_li_na_finds_her_new_case_and_marks_it_as_read():
    li_na = at_desk(town.LI_NA)
    assert "There are no messages yet." in shown(li_na)
    reference = opens("water_supply")
    follows()
    page = shown(li_na)
    assert "assigned to your post" in page
    assert reference in page
    assert "Mark all as read" in page
    assert "urgent" in page
    assert Message.objects.get(recipient="officer:W-017").read_at is None
    newest = Message.objects.latest("id").pk
    assert li_na.post(PATH + "read/", {"newest": newest}).url == PATH
    assert "Mark all as read" not in shown(li_na)
    assert "There is nothing new." in shown(li_na, unread="1")


def test_what_came_after_the_page_was_shown_stays_new():
    li_na = at_desk(town.LI_NA)
    opens("water_supply")
    follows()
    newest = Message.objects.latest("id").pk
    opens("water_supply")
    follows()
    li_na.post(PATH + "read/", {"newest": newest})
    assert shown(li_na, unread="1").count("assigned to your post") == 1


@pytest.mark.parametrize("typed", ["", "x", "-1", "9" * 30, "１"])
def test_a_number_that_is_none_marks_nothing(typed):
    li_na = at_desk(town.LI_NA)
    opens("water_supply")
    follows()
    assert li_na.post(PATH + "read/", {"newest": typed}).url == PATH
    assert "Mark all as read" in shown(li_na, before=typed)


def test_nobody_marks_the_messages_of_others():
    opens("water_supply")
    follows()
    newest = Message.objects.latest("id").pk
    at_desk(town.WANG_QIANG).post(PATH + "read/", {"newest": newest})
    assert not Message.objects.exclude(read_at=None).exists()


def test_what_is_closed_to_an_officer_by_now_is_no_longer_shown():
    li_na = at_desk(town.LI_NA)
    reference = opens("water_supply")
    follows()
    unread = 'Messages <span class="count" id="count-messages">1</span>'
    assert unread in li_na.get("/desk/").content.decode()
    assert reference in shown(li_na)
    officer("declare-conflict", reference, town.LI_NA, text="My aunt lives there")
    assert reference not in shown(li_na)
    assert unread not in li_na.get("/desk/").content.decode()


def test_many_messages_are_read_page_by_page(monkeypatch):
    monkeypatch.setattr(messages, "PAGE", 3)
    references = [opens("water_supply") for _ in range(4)]
    follows()
    li_na = at_desk(town.LI_NA)
    first = shown(li_na)
    assert [one in first for one in references] == [False, True, True, True]
    link = li_na.get(PATH).context["older"]
    second = shown(li_na, before=link)
    assert [one in second for one in references] == [True, False, False, False]


def test_an_inbox_speaks_chinese():
    reference = opens("water_supply")
    follows()
    does("accept", reference, town.LI_NA, now=town.MONDAY)
    does("ask", reference, town.LI_NA, now=town.MONDAY, missing="x", text="x")
    does("answer", reference, MRS_LIU, now=town.MONDAY, text="x")
    follows()
    page = words_of(at_desk(town.LI_NA, "zh-hans").get(PATH))
    assert "派到您的岗位" in page
    assert "诉求人已答复" in page
