"""Stories of the counter: who is it, and then a new access code or another contact."""

import pytest

from dandang.ledger.queries import size
from dandang.lifecycle.casework.queries import find, history
from dandang.lifecycle.intake.actions import open_request
from dandang.lifecycle.intake.rules import Open
from dandang.lifecycle.replay import replay
from dandang.terms import Actor
from tests import town
from tests.interfaces.desk.office import assigned, at_desk, in_progress
from tests.interfaces.stories import browser, city, code_on, officer, opens, words_of

pytestmark = pytest.mark.django_db

SHOWN = {"how": "document", "words": "passport", "act": "replace-code", "seen_seq": "0"}


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


@pytest.fixture
def zhao_min():
    return at_desk(town.ZHAO_MIN)


def records(client, reference: str, **typed: str):
    """Fill in the page as it stands and send it."""
    seen = client.get(f"/desk/{reference}/identity/").context["form"]["seen_seq"].value()
    return client.post(f"/desk/{reference}/identity/", {**SHOWN, "seen_seq": str(seen), **typed})


def last(reference: str):
    return history(find(reference).stream)[-1]


def enters(reference: str, code: str) -> bool:
    """Say whether a code opens the page of its request."""
    answer = browser().post("/c/", {"reference": reference, "access_code": code})
    return answer.status_code == 302


def test_who_meets_requesters_checks_and_nobody_else(zhao_min):
    reference = assigned()
    page = f"/desk/{reference}/identity/"
    assert zhao_min.get(page).status_code == 200
    before = size()
    for code in (town.LI_NA, town.SUN_TAO, town.CHEN_HUI, town.MA_LIN):
        assert at_desk(code).get(page).status_code == 403
        assert at_desk(code).post(page, SHOWN).status_code == 403
    assert at_desk(town.WANG_QIANG).get(page).status_code == 404
    assert size() == before


def test_the_case_leads_there(zhao_min):
    reference = assigned()
    page = zhao_min.get(f"/desk/{reference}/").content.decode()
    assert f"/desk/{reference}/identity/?act=replace-code" in page
    form = zhao_min.get(f"/desk/{reference}/identity/?act=change-contact").context["form"]
    assert form["act"].value() == "change-contact"
    assert not zhao_min.get(f"/desk/{reference}/identity/").context["form"]["act"].value()


def test_a_lost_code_is_replaced_by_one_on_a_new_receipt(zhao_min):
    mrs_liu = browser()
    reference = opens(mrs_liu)
    old = code_on(mrs_liu, reference)
    answer = records(zhao_min, reference)
    paper = answer.context["paper"]
    assert (paper.reference, paper.replaces) == (reference, True)
    assert "New access code" in words_of(answer)
    assert enters(reference, paper.access_code)
    assert not enters(reference, old)
    event, personal = last(reference)
    assert (event.type, event.fields["how"]) == ("access_code_replaced", "officer")
    assert personal["checked"] == "an identity document was shown: passport"
    assert replay().differences == ()


def test_a_double_click_does_not_end_the_code_just_given(zhao_min):
    reference = assigned()
    first = records(zhao_min, reference, seen_seq="0").context["paper"]
    again = zhao_min.post(f"/desk/{reference}/identity/", {**SHOWN, "seen_seq": "0"})
    assert again.status_code == 409
    assert "was shown once" in words_of(again)
    assert enters(reference, first.access_code)
    seen = again.context["form"]["seen_seq"].value()
    wanted = zhao_min.post(f"/desk/{reference}/identity/", {**SHOWN, "seen_seq": seen})
    assert wanted.context["paper"].access_code != first.access_code
    assert not enters(reference, first.access_code)


def test_a_contact_is_corrected_and_what_was_there_is_gone(zhao_min):
    reference = in_progress()
    page = zhao_min.get(f"/desk/{reference}/identity/")
    assert page.context["contact"] == ["M*** L***", "139****0000"]
    assert page.context["form"]["phone"].value() is None
    page = zhao_min.post(f"/desk/{reference}/identity/", {"show": "yes"}, follow=True)
    assert page.context["contact"] == ["Mrs Liu", "13900000000"]
    assert page.context["form"]["phone"].value() == "13900000000"
    assert last(reference)[0].fields["purpose"] == "to_check_identity"
    typed = {"act": "change-contact", "name": "Mrs Liu", "phone": "13700000007"}
    assert records(zhao_min, reference, **typed).url == f"/desk/{reference}/"
    assert zhao_min.get(f"/desk/{reference}/identity/").context["contact"] == [
        "Mrs Liu",
        "13700000007",
    ]
    _event, personal = last(reference)
    assert personal["phone"] == "13700000007"
    assert "phone" not in history(find(reference).stream)[0][1]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"how": ""}, "how"),
        ({"act": ""}, "act"),
        ({"act": "withdraw"}, "act"),
        ({"act": "change-contact"}, "phone"),
        ({"act": "change-contact", "phone": "call me"}, "phone"),
        ({"act": "change-contact", "email": "liu"}, "email"),
        ({"words": "x" * 201}, "words"),
    ],
)
def test_a_mistake_is_named_at_its_field_and_nothing_is_done(zhao_min, change, field):
    reference = assigned()
    before = size()
    answer = records(zhao_min, reference, **{"words": "her birthday", **change})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert size() == before


def test_each_sender_of_a_case_has_a_page_of_their_own(zhao_min):
    reference = in_progress()
    joined = officer(
        "attach", reference, town.ZHAO_MIN, text="Here too", name="Mr Zhou", phone="13800000001"
    ).receipt
    page = zhao_min.get(f"/desk/{reference}/identity/")
    assert [(one.number, one.name, one.is_this) for one in page.context["senders"]] == [
        (1, "M*** L***", True),
        (2, "M*** Z***", False),
    ]
    assert f'href="/desk/{joined.reference}/identity/"' in page.content.decode()
    other = zhao_min.get(f"/desk/{joined.reference}/identity/")
    assert other.context["contact"] == ["M*** Z***", "138****0001"]
    paper = records(zhao_min, joined.reference).context["paper"]
    assert paper.reference == joined.reference
    assert not enters(joined.reference, joined.access_code)
    assert last(reference)[0].fields["request"] == 2


def test_nobody_s_contact_is_known_where_none_was_left(zhao_min):
    reference = assigned(name="", phone="")
    page = zhao_min.get(f"/desk/{reference}/identity/")
    assert page.context["contact"] == []
    assert "Ask for what only the requester can know" in words_of(page)


def test_what_an_officer_set_has_no_sender_to_check():
    wish = Open(title="Lamps", text="Repair", channel="counter", kind="finding")
    chen_hui = Actor.officer(town.CHEN_HUI)
    reference = open_request(wish, by=chen_hui, now=town.MONDAY).reference
    before = size()
    answer = records(at_desk(town.ZHAO_MIN), reference)
    assert answer.status_code == 422
    assert size() == before
