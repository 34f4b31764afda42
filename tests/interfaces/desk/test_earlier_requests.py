"""What the same sender sent before: known by marks, shown for a purpose, gone with the contact."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings

from dandang.lifecycle.intake.models import SenderMark
from dandang.lifecycle.intake.senders import marks_of
from dandang.lifecycle.perform import perform
from dandang.terms import Actor
from tests import town
from tests.interfaces.cli.calling import call
from tests.interfaces.desk.office import at_desk, events
from tests.interfaces.stories import city, later, officer, sent, words_of

pytestmark = pytest.mark.django_db

THERE_ARE = "The same phone number or e-mail address came with earlier requests."


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def two_of_mrs_liu(category: str = "water_supply") -> tuple[str, str]:
    """Mrs Liu reports something, and an hour later dry taps, her number spelled another way."""
    first = sent(category=category)
    later(hours=1)
    return first, sent(phone="+86 139-0000-0000", email="Liu@Example.org")


def page_of(code: str, reference: str) -> str:
    return words_of(at_desk(code).get(f"/desk/{reference}/"))


def test_it_says_that_there_are_and_shows_which_once_somebody_says_what_for():
    first, second = two_of_mrs_liu("street_trading")
    zhao_min = at_desk(town.ZHAO_MIN)
    page = words_of(zhao_min.get(f"/desk/{second}/"))
    assert THERE_ARE in page
    assert first not in page
    assert THERE_ARE not in page_of(town.ZHAO_MIN, first)
    assert THERE_ARE not in page_of(town.LI_NA, second)  # she may not read the first one
    refused = zhao_min.post(f"/desk/{second}/see-earlier/", {"seen_seq": 1, "purpose": ""})
    assert refused.status_code == 422
    asked = {"seen_seq": 1, "purpose": "know_history", "request": "1"}
    assert zhao_min.post(f"/desk/{second}/see-earlier/", asked).status_code == 302
    shown = words_of(zhao_min.get(f"/desk/{second}/"))
    assert first in shown
    assert "it is recorded that you looked" in shown
    assert "to know what was done before" in shown
    assert first not in page_of(town.CHEN_HUI, second)
    later(hours=30)
    assert first not in words_of(zhao_min.get(f"/desk/{second}/"))


def test_whose_work_is_not_to_meet_requesters_is_not_even_told():
    _, second = two_of_mrs_liu()
    assert THERE_ARE not in page_of(town.MA_LIN, second)
    answer = at_desk(town.MA_LIN).post(
        f"/desk/{second}/see-earlier/", {"seen_seq": 1, "purpose": "same_matter"}
    )
    assert answer.status_code == 403
    assert "earlier_requests_seen" not in events(second)


def test_the_marks_change_with_the_contact_and_go_with_it():
    first, second = two_of_mrs_liu()
    assert SenderMark.objects.filter(request=second).count() == 2
    perform(
        "change-contact", first, {"phone": "13700000007"}, by=Actor.requester(1), now=later(hours=1)
    )
    assert THERE_ARE not in page_of(town.LI_NA, second)
    perform("erase-contact", second, {}, by=Actor.requester(1), now=later(hours=1))
    assert not SenderMark.objects.filter(request=second).exists()
    with override_settings(SECRET_KEY="another secret of this installation"):
        called = call("case", "mark-senders", "--json")
        assert (called.code, called.record) == (0, {"requests": 2})
        (row,) = SenderMark.objects.all()  # and none is left that another secret made
        assert (row.request, bytes(row.mark)) == (first, *marks_of("13700000007", ""))
    assert "2 requests were looked through." in call("case", "mark-senders").out
    assert [bytes(row.mark) for row in SenderMark.objects.all()] == [*marks_of("13700000007", "")]


def test_a_mark_is_the_same_however_it_is_spelled_and_tells_nothing():
    assert marks_of("0086 139 0000 0000", "") == marks_of("１３９-0000-0000", "")
    assert marks_of("", " Liu@EXAMPLE.org") == marks_of("", "liu@example.org")
    assert marks_of("", "") == ()
    assert b"139" not in marks_of("13900000000", "")[0]


def test_the_page_takes_no_more_queries_however_long_the_history_and_how_many_there_were():
    _, reference = two_of_mrs_liu()
    zhao_min = at_desk(town.ZHAO_MIN)
    zhao_min.post(f"/desk/{reference}/see-earlier/", {"seen_seq": 1, "purpose": "same_matter"})
    officer("accept", reference, town.LI_NA)
    counts = []
    for turn in range(3):
        sent(text=f"Dry again, tap {turn}", phone="13900000001")
        officer("attach", reference, town.ZHAO_MIN, text="Dry too", phone=f"1370000000{turn}")
        officer("note", reference, town.LI_NA, text=f"Note {turn}", internal="yes")
        zhao_min.get(f"/desk/{reference}/")
        with CaptureQueriesContext(connection) as queries:
            zhao_min.get(f"/desk/{reference}/")
        counts.append(len(queries))
    assert len(set(counts)) == 1, counts
