"""Several cases at once: a preview, one transaction each, and what came of every one."""

import re

import pytest

from dandang.lifecycle.casework.queries import find
from dandang.lifecycle.states import State
from tests import town
from tests.interfaces.desk.office import NOT_OURS, assigned, at_desk, events, noise, received
from tests.interfaces.stories import city, officer, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def ticks(client, path: str = "/desk/") -> list[str]:
    """Return what the ticks of a list stand for."""
    return [row.ticked for row in client.get(path).context["list"].rows]


def token_in(page) -> str:
    return re.search(r'name="token" value="([^"]+)"', page.content.decode())[1]


def results(answer) -> dict[str, bool]:
    return {one.reference: one.is_done for one in answer.context["items"]}


def test_what_is_possible_is_done_and_what_is_not_says_why_case_by_case():
    first, second, gone = assigned(), assigned(), assigned()
    li_na = at_desk(town.LI_NA)
    chosen = ticks(li_na)
    officer("accept", gone, town.LI_NA)
    page = li_na.post("/desk/bulk/", {"act": "accept", "case": chosen})
    assert "Nothing was done yet. Possible for 2 of 3" in words_of(page)
    assert find(first).state.state is State.ASSIGNED
    sent = {"act": "accept", "case": chosen, "step": "send", "token": token_in(page)}
    answer = li_na.post("/desk/bulk/", sent, follow=True)
    assert "Done: 2. Refused: 1." in words_of(answer)
    assert results(answer) == {first: True, second: True, gone: False}
    assert find(first).state.state is find(second).state.state is State.IN_PROGRESS
    (refused,) = [one for one in answer.context["items"] if not one.is_done]
    assert refused.said in words_of(answer)


def test_a_case_that_moved_since_the_list_was_made_is_left_as_it_is():
    reference = noise()
    wang = at_desk(town.WANG_QIANG)
    (chosen,) = ticks(wang)
    officer("hand-over", reference, town.WANG_QIANG, to_post="cityman-duty", **NOT_OURS)
    officer("return", reference, town.CAO_LEI, **NOT_OURS)
    page = wang.post("/desk/bulk/", {"act": "accept", "case": chosen, "step": "preview"})
    sent = {"act": "accept", "case": chosen, "step": "send", "token": token_in(page)}
    answer = wang.post("/desk/bulk/", sent, follow=True)
    assert results(answer) == {reference: False}
    assert "accepted" not in events(reference)


def test_a_case_that_was_joined_into_another_one_meanwhile_is_left_alone():
    reference, other = assigned(), assigned()
    li_na = at_desk(town.LI_NA)
    chosen = next(one for one in ticks(li_na) if one.startswith(reference))
    officer("merge", reference, town.ZHAO_MIN, into=other, text="One pipe")
    page = li_na.post("/desk/bulk/", {"act": "accept", "case": chosen, "step": "preview"})
    assert "Possible for 0 of 1" in words_of(page)
    sent = {"act": "accept", "case": chosen, "step": "send", "token": token_in(page)}
    assert results(li_na.post("/desk/bulk/", sent, follow=True)) == {reference: False}
    assert "accepted" not in events(other)


def test_one_reason_and_one_text_hand_several_cases_over():
    references = {noise(), noise()}
    wang = at_desk(town.WANG_QIANG)
    chosen = ticks(wang)
    form = wang.post("/desk/bulk/", {"act": "hand-over", "case": chosen})
    assert "2 cases" in words_of(form)
    wrong = wang.post("/desk/bulk/", {"act": "hand-over", "case": chosen, "step": "preview"})
    assert wrong.status_code == 422
    said = {"act": "hand-over", "case": chosen, "to_post": "cityman-duty", **NOT_OURS}
    preview = wang.post("/desk/bulk/", {**said, "step": "preview"})
    assert words_of(preview).count("Urban management bureau · Duty desk") >= 2
    assert all(find(one).state.holder == "housing-duty" for one in references)
    token = token_in(preview)
    answer = wang.post("/desk/bulk/", {**said, "step": "send", "token": token}, follow=True)
    assert results(answer) == dict.fromkeys(references, True)
    assert all(find(one).state.holder == "cityman-duty" for one in references)


def test_what_is_sent_twice_is_done_once():
    reference = assigned()
    li_na = at_desk(town.LI_NA)
    chosen = ticks(li_na)
    said = {"act": "note", "case": chosen, "text": "Ask the caretaker"}
    token = token_in(li_na.post("/desk/bulk/", {**said, "step": "preview"}))
    sent = {**said, "step": "send", "token": token}
    assert len({li_na.post("/desk/bulk/", sent).url for _ in range(2)}) == 1
    assert events(reference).count("note_added") == 1
    # Whoever goes back and writes something else into it sends another note.
    li_na.post("/desk/bulk/", {**sent, "text": "And the plumber"})
    assert events(reference).count("note_added") == 2
    page = li_na.get(f"/desk/{reference}/")
    assert "Ask the caretaker" in words_of(page)


def test_nothing_is_done_for_cases_one_may_not_read_and_nothing_told_of_them():
    theirs, mine = noise(), assigned()
    li_na = at_desk(town.LI_NA)
    chosen = [f"{theirs}:9", *ticks(li_na)]
    page = li_na.post("/desk/bulk/", {"act": "accept", "case": chosen})
    assert results(page) == {theirs: False, mine: True}
    assert f'href="/desk/{theirs}/"' not in page.content.decode()
    assert li_na.post("/desk/bulk/", {"act": "accept", "case": chosen[0]}).status_code == 404
    there_is_none = li_na.post("/desk/bulk/", {"act": "accept", "case": ["7K4M-9Q2X:1", *chosen]})
    said = {one.reference: one.said for one in there_is_none.context["items"]}
    assert said["7K4M-9Q2X"] == said[theirs]


def test_only_acts_for_several_cases_by_those_whose_work_they_are():
    assigned(), received()
    li_na, zhao = at_desk(town.LI_NA), at_desk(town.ZHAO_MIN)
    (mine,) = ticks(li_na)
    assert li_na.post("/desk/bulk/", {"act": "erase", "case": mine}).status_code == 404
    assert li_na.post("/desk/bulk/", {"act": "assign", "case": mine}).status_code == 404
    (new,) = ticks(zhao, "/desk/?queue=dispatch")
    said = {"act": "assign", "case": new, "to_post": "labour-duty", "text": "Wages"}
    page = zhao.post("/desk/bulk/", {**said, "step": "preview"})
    answer = zhao.post(
        "/desk/bulk/", {**said, "step": "send", "token": token_in(page)}, follow=True
    )
    assert list(results(answer).values()) == [True]
    assert (
        at_desk(town.XU_FANG).post("/desk/bulk/", {"act": "note", "case": new}).status_code == 404
    )


@pytest.mark.parametrize("chosen", [[], ["x"], ["7K4M-9Q2X"], ["7K4M-9Q2X:x"]])
def test_without_a_case_there_is_nothing_to_do(chosen):
    answer = at_desk(town.LI_NA).post("/desk/bulk/", {"act": "accept", "case": chosen})
    assert answer.status_code == 422
    assert "Please choose at least one case." in words_of(answer)


def test_more_than_fifty_at_once_are_too_many():
    chosen = [f"7K4M-9Q{a}{b}:1" for a in "23456789" for b in "23456789"]
    answer = at_desk(town.LI_NA).post("/desk/bulk/", {"act": "accept", "case": chosen})
    assert answer.status_code == 422


def test_the_chosen_cases_are_taken_away_without_words_of_people():
    first, second = assigned(), assigned()
    theirs = noise()
    li_na = at_desk(town.LI_NA)
    chosen = [*ticks(li_na), f"{theirs}:1"]
    lines = b"".join(li_na.post("/desk/bulk/", {"act": "export", "case": chosen})).decode()
    assert first in lines
    assert second in lines
    assert theirs not in lines
    assert "No water" not in lines


def test_what_came_of_it_is_gone_with_the_session_and_was_never_somebody_elses():
    assigned()
    li_na = at_desk(town.LI_NA)
    said = {"act": "accept", "case": ticks(li_na)}
    token = token_in(li_na.post("/desk/bulk/", said))
    answer = li_na.post("/desk/bulk/", {**said, "step": "send", "token": token})
    assert li_na.get(answer.url).status_code == 200
    assert at_desk(town.WANG_QIANG).get(answer.url).status_code == 404
    assert li_na.post("/desk/bulk/", {**said, "step": "send", "token": "x"}).status_code == 422
