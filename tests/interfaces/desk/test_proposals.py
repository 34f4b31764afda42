"""Proposed closings: what the rules find in an answer, before it is sent and before it counts."""

import pytest

from dandang.interfaces.desk.supervision.returning import passages
from dandang.lifecycle.casework.queries import find
from dandang.lifecycle.states import State
from tests import town
from tests.interfaces.desk.gone_up import page_of, rows_of
from tests.interfaces.desk.office import (
    at_desk,
    does,
    events,
    in_progress,
    proposed,
    proposed_to_decline,
    seen,
)
from tests.interfaces.stories import city, officer, words_of

pytestmark = pytest.mark.django_db

PAGE = "/supervision/proposals/"
AWAY = "This is not our duty. Please contact the Housing bureau."


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def test_the_holder_is_told_before_sending_that_an_answer_names_only_another_unit():
    reference = in_progress()
    typed = {"outcome": "resolved", "text": AWAY, "preview": "preview"}
    page = words_of(does(at_desk(town.LI_NA), "propose", reference, **typed))
    assert "Before you send it, look at the answer once more:" in page
    assert "It names only another unit (Housing bureau)." in page
    assert "0." not in page.split("look at the answer")[1].split("State")[0], "no score is shown"
    reply = words_of(
        does(at_desk(town.LI_NA), "reply", reference, text="Thank you.", preview="preview")
    )
    assert "It holds polite phrases and no answer." in reply
    assert "resolution_proposed" not in events(reference)


def test_the_note_of_a_hand_over_says_more_than_the_name_of_a_unit():
    reference = in_progress()
    li_na = at_desk(town.LI_NA)
    typed = {"to_post": "housing-duty", "reason": "not_our_duty", "preview": "preview"}
    typed["basis"] = "Duty list 2026 no. 11"
    for text, is_empty in (
        ("Please contact the Housing bureau", True),
        ("Housing bureau", True),
        ("不属于我局职责，请住建局办理。", True),
        ("The pipe in the cellar leaks; the Housing bureau owns the house. I called them.", False),
        ("We looked at the pump this morning: it runs.", False),
    ):
        page = words_of(does(li_na, "hand-over", reference, **typed, text=text))
        assert ("The note only names another unit." in page) is is_empty, text


def test_an_answer_with_nothing_to_look_at_gets_no_advice():
    text = (
        "The pump of the building at 3 Hubin Road was replaced at noon. Water runs again on every "
        "floor since two o'clock; we looked at it together with the caretaker."
    )
    reference = in_progress()
    typed = {"outcome": "resolved", "text": text, "preview": "preview"}
    page = words_of(does(at_desk(town.LI_NA), "propose", reference, **typed))
    assert "look at the answer once more" not in page
    note = does(at_desk(town.LI_NA), "note", reference, text="Thank you.", preview="preview")
    assert "look at the answer once more" not in words_of(note)


def test_who_was_slower_keeps_what_was_written():
    reference = proposed()
    chen_hui = at_desk(town.CHEN_HUI)
    path = f"{PAGE}{reference}/"
    typed = {"reason": "beside_the_point", "remark": "Which pump?", "seen_seq": seen(reference)}
    for again in ("Done.", "The pump of the second cellar was replaced."):
        officer("reject-proposal", reference, town.MA_LIN, reason="beside_the_point", text="What?")
        if again == "Done.":
            late = chen_hui.post(path, typed)
            assert late.status_code == 409
            assert "not proposed any more" in words_of(late)
            assert "Which pump?" in words_of(late)
        officer("propose", reference, town.LI_NA, outcome="resolved", text=again)
    changed = chen_hui.post(path, {**typed, "passages": ["0"]})
    assert changed.status_code == 409
    form = changed.context["form"]
    assert form["remark"].value() == "Which pump?"
    assert form["passages"].value() == []
    once_more = {**typed, "seen_seq": form["seen_seq"].value()}
    assert chen_hui.post(path, once_more).status_code == 302


def test_what_an_office_decides_comes_before_what_waits_for_requesters():
    to_ask, to_decide = proposed(), proposed_to_decline()
    rows = rows_of(town.CHEN_HUI, PAGE)
    assert [row.case.reference for row in rows] == [to_decide, to_ask]
    page = page_of(town.CHEN_HUI, PAGE)
    assert "It has 15 characters" in page
    assert "cites no rule or document · gives no telephone number" in page
    assert "rest on one" not in page, "the basis stands in a field of its own"


def test_supervision_marks_a_passage_and_gives_the_proposal_back():
    reference = in_progress()
    officer("propose", reference, town.LI_NA, outcome="resolved", text=f"We looked. {AWAY}")
    client = at_desk(town.CHEN_HUI)
    form = client.get(f"{PAGE}{reference}/").context["form"]
    assert [words for _, words in form.fields["passages"].choices] == [
        "We looked.",
        "This is not our duty.",
        "Please contact the Housing bureau.",
    ]
    typed = {"seen_seq": seen(reference), "reason": "beside_the_point", "passages": ["1", "2"]}
    wrong = client.post(f"{PAGE}{reference}/", typed)
    assert wrong.status_code == 422
    assert find(reference).state.state is State.PROPOSED
    answer = client.post(f"{PAGE}{reference}/", {**typed, "remark": "Who repairs the pump?"})
    assert answer.url == PAGE
    assert find(reference).state.state is State.IN_PROGRESS
    assert events(reference)[-1] == "proposal_rejected"
    told = words_of(at_desk(town.LI_NA).get(f"/desk/{reference}/"))
    quoted = "“This is not our duty.” “Please contact the Housing bureau.” Who repairs the pump?"
    assert quoted in told
    assert client.get(f"{PAGE}{reference}/").status_code == 404


def test_the_own_head_reads_a_proposal_and_cannot_give_it_back():
    reference = proposed()
    client = at_desk(town.SUN_TAO)
    assert client.get(PAGE).status_code == 200
    page = client.get(f"{PAGE}{reference}/")
    assert page.status_code == 403
    assert page.context["form"] is None
    sent = {"seen_seq": seen(reference), "reason": "beside_the_point", "remark": "No"}
    assert client.post(f"{PAGE}{reference}/", sent).status_code == 403
    assert find(reference).state.state is State.PROPOSED


def test_who_came_too_late_is_told_and_nothing_is_written():
    reference = proposed()
    before = seen(reference)
    officer("reject-proposal", reference, town.CHEN_HUI, reason="work_not_done", text="Not yet")
    officer("propose", reference, town.LI_NA, outcome="resolved", text="Now it is done")
    typed = {"seen_seq": before, "reason": "beside_the_point", "remark": "No"}
    answer = at_desk(town.CHEN_HUI).post(f"{PAGE}{reference}/", typed)
    assert answer.status_code == 409
    assert find(reference).state.state is State.PROPOSED


def test_a_proposal_of_a_case_one_is_kept_out_of_is_not_there():
    reference = proposed()
    officer("declare-conflict", reference, town.CHEN_HUI, text="A relative lives there")
    assert rows_of(town.CHEN_HUI, PAGE) == []
    assert at_desk(town.CHEN_HUI).get(f"{PAGE}{reference}/").status_code == 404


def test_passages_are_the_sentences_of_an_answer_in_both_languages():
    chinese = ["已修好。", "水已通！", "有事请拨12345", "再见"]
    assert passages("已修好。水已通！ 有事请拨12345\n再见") == chinese
    assert passages("It is done. Look at no. 3! It is done.") == [
        "It is done.",
        "Look at no.",
        "3!",
    ]
    assert passages("") == []
