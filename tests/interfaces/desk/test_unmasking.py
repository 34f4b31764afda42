"""Stories of asking to see a contact, at the desk, and of what its requester learns of it."""

import pytest

from dandang.lifecycle.casework.queries import find
from tests import town
from tests.interfaces.desk.office import assigned, at_desk, does, in_progress
from tests.interfaces.stories import browser, city, later, officer, opens, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def test_the_mayor_asks_chen_hui_allows_it_and_the_day_ends():
    reference = in_progress()
    ma_lin, chen_hui = at_desk(town.MA_LIN), at_desk(town.CHEN_HUI)
    assert "Contact hidden Ask to see the contact" in words_of(ma_lin.get(f"/desk/{reference}/"))
    does(ma_lin, "ask-unmask", reference, purpose="other", text="She wrote to me", request="1")
    assert "You asked to see it" in words_of(ma_lin.get(f"/desk/{reference}/"))
    waiting = words_of(chen_hui.get("/supervision/decisions/"))
    assert "An officer asks to see a contact No water" in waiting
    assert "2 hours left decide who may see a contact Ma Lin · for something else" in waiting
    assert "She wrote to me Allow it" in waiting
    assert "To decide 1" in waiting
    assert at_desk(town.ZHAO_MIN).get("/supervision/decisions/").context["rows"] == []
    assert "To decide 1" not in words_of(at_desk(town.ZHAO_MIN).get("/desk/"))
    assert reference in words_of(chen_hui.get("/desk/?queue=decide"))
    seq = find(reference).state.unmaskings[0].seq
    form = words_of(chen_hui.get(f"/desk/{reference}/allow-unmask/"))
    assert "Asked to see who sent request 1: for something else" in form
    assert "She wrote to me" in form
    does(chen_hui, "allow-unmask", reference, asked_seq=str(seq))
    page = words_of(ma_lin.get(f"/desk/{reference}/"))
    assert "a second officer allowed it" in page
    assert "13900000000" not in page
    does(ma_lin, "unmask", reference, purpose="to_call", request="1")
    assert "13900000000" in words_of(ma_lin.get(f"/desk/{reference}/"))
    assert "Ma Lin" not in words_of(chen_hui.get("/supervision/decisions/"))
    later(days=1)
    assert "13900000000" not in words_of(ma_lin.get(f"/desk/{reference}/"))


def test_whoever_asked_sees_that_another_officer_has_to_decide():
    reference = in_progress()
    officer("name-subject", reference, town.CHEN_HUI, unit="housing", text="About them")
    chen_hui = at_desk(town.CHEN_HUI)
    does(chen_hui, "ask-unmask", reference, purpose="to_call", request="1")
    assert "Another officer has to decide this." in words_of(
        chen_hui.get("/supervision/decisions/")
    )
    seq = find(reference).state.unmaskings[0].seq
    answer = does(chen_hui, "allow-unmask", reference, asked_seq=str(seq))
    assert answer.status_code in {403, 422}
    assert find(reference).state.unmaskings[0].waits
    page = words_of(chen_hui.get(f"/desk/{reference}/"))
    assert "139****" not in page


def test_a_requester_sees_how_often_who_looked_and_what_for_but_no_names():
    mrs_liu = browser()
    reference = opens(mrs_liu)
    for code, purpose in ((town.LI_NA, "to_call"), (town.SUN_TAO, "to_visit")):
        officer("unmask", reference, code, purpose=purpose)
    officer("ask-unmask", reference, town.MA_LIN, purpose="to_write")
    page = words_of(mrs_liu.get(f"/c/{reference}/"))
    assert "Looked at who you are and how to reach you: to call" in page
    assert "Looked at who you are and how to reach you: to visit" in page
    assert "Water bureau" in page
    assert "Mayor" not in page
    assert not any(name in page for name in ("Li Na", "Sun Tao", "Ma Lin"))


def test_the_form_on_the_case_page_shows_the_contact_at_once():
    reference = assigned()
    li_na = at_desk(town.LI_NA)
    page = li_na.get(f"/desk/{reference}/").content.decode()
    assert f'action="/desk/{reference}/unmask/"' in page
    shown = does(li_na, "unmask", reference, purpose="to_call", request="1")
    assert shown.url == f"/desk/{reference}/"
    needs_words = does(li_na, "unmask", reference, purpose="other", request="1")
    assert needs_words.status_code == 422


def test_an_auditor_reads_the_case_and_its_record_but_no_contact_and_acts_on_nothing():
    reference = in_progress()
    xu_fang = at_desk(town.XU_FANG)
    page = words_of(xu_fang.get(f"/desk/{reference}/"))
    assert "No water since this morning." in page
    assert "Contact hidden" in page
    assert "Ask to see the contact" not in page
    assert "139****" not in page
    history = words_of(xu_fang.get(f"/desk/{reference}/documents/history/"))
    assert "Ledger entry" in history
    assert "139****" not in history
    assert does(xu_fang, "note", reference, text="Seen").status_code == 403


def test_an_administrator_finds_no_case():
    reference = in_progress()
    tang_yu = at_desk(town.TANG_YU)
    for page in ("", "documents/history/", "note/"):
        assert tang_yu.get(f"/desk/{reference}/{page}").status_code == 404
    assert reference not in words_of(tang_yu.get("/desk/"))
