"""A requester wants no more messages about a request, and later wants them again."""

import pytest

from dandang.notifications.models import Message, Stop
from dandang.organization.actions.training import freeze_time
from tests import town
from tests.interfaces.stories import browser, city, officer, opens, words_of
from tests.notifications.city import follows

pytestmark = pytest.mark.django_db
STOP, AGAIN = "Send me no messages about this request", "Send me messages about this request again"


@pytest.fixture(autouse=True)
def jiangcheng(settings):
    settings.EMAIL_HOST = "mail.example"
    city()
    freeze_time(None)
    follows()


def told(reference: str) -> list[tuple[str, str]]:
    rows = Message.objects.filter(recipient=f"requester:{reference}").order_by("id")
    return list(rows.values_list("template", "state"))


def test_mrs_liu_stops_messages_and_has_them_sent_again():
    mrs_liu = browser()
    reference = opens(mrs_liu, email="liu@example.org")
    page = f"/c/{reference}/"
    follows()
    assert STOP in words_of(mrs_liu.get(page))
    assert mrs_liu.post(page + "messages/").url == page
    shown = words_of(mrs_liu.get(page))
    assert "You get no more messages about this request." in shown
    assert AGAIN in shown
    officer("accept", reference, town.LI_NA)
    officer("reply", reference, town.LI_NA, text="On our way")
    follows()
    assert told(reference) == [("received", "stopped")]
    mrs_liu.post(page + "messages/", {"wanted": "yes"})
    assert STOP in words_of(mrs_liu.get(page))
    officer("reply", reference, town.LI_NA, text="Repaired soon")
    follows()
    assert told(reference)[1:] == [("reply", "waiting")]


def test_who_left_no_contact_is_not_asked_about_messages():
    mrs_liu = browser()
    reference = opens(mrs_liu, name="", phone="", email="")
    assert STOP not in words_of(mrs_liu.get(f"/c/{reference}/"))


def test_a_stranger_stops_nobody_s_messages():
    reference = opens(browser(), email="liu@example.org")
    assert browser().post(f"/c/{reference}/messages/").url == "/c/"
    assert not Stop.objects.exists()
