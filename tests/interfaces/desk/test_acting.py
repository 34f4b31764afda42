"""Doing a verb at the desk: done, previewed, refused."""

import re

import pytest

from dandang.interfaces.shared.timeline import Reader, timeline
from dandang.interfaces.shared.words.names import Names
from dandang.ledger.queries import size
from dandang.lifecycle.casework.queries import find, history
from dandang.lifecycle.verbs import READY
from tests import town
from tests.interfaces.desk.examples import EXAMPLES, RECEIPTS
from tests.interfaces.desk.office import (
    NOT_OURS,
    at_desk,
    disputed,
    does,
    events,
    given,
    in_progress,
    mrs_liu,
    noise,
    proposed,
)
from tests.interfaces.stories import city, officer, words_of

pytestmark = pytest.mark.django_db

WHOLE = {"accept", "resume"}
"""Verbs that ask for nothing: one button on the case page does them."""


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


# done


@pytest.mark.parametrize("verb", EXAMPLES)
def test_every_verb_can_be_done_and_says_what_is_now(verb):
    example = EXAMPLES[verb]
    reference = example.case()
    before = events(reference, follow=False)
    answer = does(at_desk(example.by), verb, reference, **example.values)
    done = events(reference, follow=False)[len(before) :]
    assert done
    of_calls = {"acted_on_call"} if READY[verb].answers else set()
    assert set(done) <= {*READY[verb].events, *of_calls}
    if verb in RECEIPTS:
        assert answer.status_code == 200
        return
    assert answer.status_code == 302
    assert answer.url in {f"/desk/{find(reference).case_reference}/", "/desk/"}


def test_the_page_after_an_act_says_that_it_was_done_and_where_the_case_is_now():
    reference = in_progress()
    li_na = at_desk(town.LI_NA)
    does(li_na, "hand-over", reference, to_post="housing-duty", **NOT_OURS)
    page = words_of(li_na.get(f"/desk/{reference}/"))
    said = "Done: hand over. Now: assigned, waiting to be accepted · Housing bureau · Duty desk"
    assert said in page
    assert said not in words_of(li_na.get(f"/desk/{reference}/"))


def test_who_gives_a_case_away_and_may_no_longer_read_it_goes_to_the_worklist():
    reference = noise()
    wang_qiang = at_desk(town.WANG_QIANG)
    answer = does(wang_qiang, "return", reference, **NOT_OURS)
    assert answer.url == "/desk/"
    assert "Done: return. Now: received · Hotline centre · Intake" in words_of(
        wang_qiang.get("/desk/")
    )
    assert wang_qiang.get(f"/desk/{reference}/").status_code == 404


@pytest.mark.parametrize("verb", sorted(WHOLE))
def test_what_asks_for_nothing_is_one_button_on_the_page_of_the_case(verb):
    example = EXAMPLES[verb]
    reference = example.case()
    client = at_desk(example.by)
    page = client.get(f"/desk/{reference}/").content.decode()
    form = re.search(rf'<form method="post" action="/desk/{reference}/{verb}/">.*?</form>', page)
    number = re.search(r'name="seen_seq" value="(\d+)"', form[0])[1]
    assert client.post(f"/desk/{reference}/{verb}/", {"seen_seq": number}).status_code == 302


def test_every_other_verb_has_a_page_with_a_form():
    for verb, example in EXAMPLES.items():
        assert (not READY[verb].fields) == (verb in WHOLE | {"erase"})
        page = at_desk(example.by).get(f"/desk/{example.case()}/{verb}/")
        assert page.status_code == 200, verb
        assert 'name="seen_seq"' in page.content.decode()


def test_a_verb_is_done_under_any_reference_of_the_case():
    reference = in_progress()
    receipt = does(at_desk(town.ZHAO_MIN), "attach", reference, text="Not here either")
    second = receipt.context["paper"].reference
    answer = does(at_desk(town.LI_NA), "note", second, text="Both know")
    assert answer.url == f"/desk/{reference}/"


# preview


def test_the_preview_shows_what_the_requester_would_see_and_does_nothing():
    reference = in_progress()
    before = size()
    values = {"to_post": "housing-duty", **NOT_OURS, "preview": "1"}
    answer = does(at_desk(town.LI_NA), "hand-over", reference, **values)
    page = words_of(answer)
    assert answer.status_code == 200
    assert (
        "Preview: what the requester will see State assigned, waiting to be accepted "
        "Holder Housing bureau · Duty desk Due 09:30 Mon 12 Oct"
    ) in page
    assert "Handed over from Water bureau to Housing bureau, Duty desk Reason: Not our duty" in page
    assert size() == before
    assert find(reference).state.holder == "water-duty"
    for name, value in NOT_OURS.items():
        assert given(answer, name) == value


def test_the_preview_is_what_then_happens():
    reference = in_progress()
    li_na = at_desk(town.LI_NA)
    values = {"to_post": "housing-duty", **NOT_OURS}
    (foreseen,) = (
        does(li_na, "hand-over", reference, **values, preview="1").context["preview"].entries
    )
    does(li_na, "hand-over", reference, **values)
    reader = Reader(1, Names(town.directory(), town.policy()), town.MONDAY)
    assert timeline(history(find(reference).stream), reader)[0] == foreseen


@pytest.mark.parametrize("verb", EXAMPLES)
def test_every_verb_has_a_preview_that_writes_nothing(verb):
    example = EXAMPLES[verb]
    reference, values = example.case(), example.values
    before = size()
    answer = does(at_desk(example.by), verb, reference, **values, preview="1")
    assert answer.status_code == 200
    assert answer.context["preview"] is not None
    assert size() == before


def test_what_stays_inside_is_said_to_stay_inside():
    reference = in_progress()
    values = {"text": "Pump 3", "internal": "on", "preview": "1"}
    page = words_of(does(at_desk(town.LI_NA), "note", reference, **values))
    assert "No new line: the requester does not see this." in page


def test_the_preview_of_an_assignment_says_who_leads_the_corrected_category():
    reference = EXAMPLES["assign"].case()
    values = {"to_post": "cityman-duty", "category": "city_appearance", "preview": "1"}
    page = words_of(does(at_desk(town.ZHAO_MIN), "assign", reference, **values))
    assert (
        "By the register of duties: Urban management bureau · Duty desk leads: City appearance"
    ) in page


def test_a_preview_of_what_would_be_refused_gives_the_reason():
    reference = in_progress()
    values = {"to_post": "housing-duty", **NOT_OURS, "basis": "", "preview": "1"}
    answer = does(at_desk(town.LI_NA), "hand-over", reference, **values)
    assert answer.status_code == 422
    assert "This reason needs a basis" in str(answer.context["form"].errors["basis"])


# refused


@pytest.mark.parametrize(
    ("verb", "by", "typed", "field", "status"),
    [
        ("hand-over", town.LI_NA, {"basis": ""}, "basis", 422),
        ("hand-over", town.LI_NA, {"text": " \n "}, "text", 422),
        ("hand-over", town.LI_NA, {"reason": "out_of_scope"}, "reason", 422),
        ("hand-over", town.LI_NA, {"to_post": "water-duty"}, "to_post", 422),
        ("hand-over", town.LI_NA, {"to_post": "nowhere"}, "to_post", 422),
        ("hand-over", town.LI_NA, {"text": "x" * 10_001}, "text", 422),
        ("hand-over", town.LI_NA, {"text": "a\x01b"}, "text", 422),
        ("propose", town.LI_NA, {"outcome": "referred"}, "outcome", 422),
        ("propose", town.LI_NA, {"outcome": "explained"}, "reason", 422),
        ("contacted", town.LI_NA, {"how": "dream"}, "how", 422),
        ("decline", town.CHEN_HUI, {"second_reader": town.LI_NA}, "second_reader", 422),
        ("decline", town.CHEN_HUI, {"second_reader": town.CHEN_HUI}, "second_reader", 422),
        ("decline", town.CHEN_HUI, {"alternative": ""}, "alternative", 422),
        ("judge", town.ZHAO_MIN, {"request": "2"}, "request", 422),
        ("judge", town.ZHAO_MIN, {"verdict": ""}, "verdict", 422),
        ("attach", town.ZHAO_MIN, {"email": "not an address"}, "email", 422),
        ("assign", town.ZHAO_MIN, {"category": "nonsense"}, "category", 422),
    ],
)
def test_a_refusal_stands_at_its_field_and_nothing_typed_is_lost(verb, by, typed, field, status):
    reference = EXAMPLES[verb].case()
    before = size()
    values = {**EXAMPLES[verb].values, **typed}
    answer = does(at_desk(by), verb, reference, **values)
    assert answer.status_code == status
    assert list(answer.context["form"].errors) == [field]
    assert "This was not saved yet" in words_of(answer)
    for name, value in values.items():
        assert given(answer, name) == value
    assert size() == before


def test_a_post_that_only_assists_is_refused_at_the_post():
    reference = noise()
    values = {"to_post": "sites-duty", "reason": "wrong_category", "text": "Theirs"}
    answer = does(at_desk(town.WANG_QIANG), "hand-over", reference, **values)
    assert answer.status_code == 409
    assert "this unit only assists" in str(answer.context["form"].errors["to_post"])


def test_what_belongs_to_no_field_stands_above_the_form():
    reference = disputed()
    officer(
        "decide-dispute",
        reference,
        town.CHEN_HUI,
        to_post="housing-duty",
        basis="List no. 11",
        text="Housing leads",
    )
    values = {"to_post": "cityman-duty", **NOT_OURS}
    answer = does(at_desk(town.WANG_QIANG), "hand-over", reference, **values)
    assert answer.status_code == 409
    (said,) = answer.context["form"].non_field_errors()
    assert said.startswith("It was decided bindingly who holds this case.")
    assert given(answer, "text") == NOT_OURS["text"]


def test_what_is_refused_whatever_is_said_gets_no_form():
    reference = in_progress()
    for _ in range(2):
        officer("ask", reference, town.LI_NA, missing="Floor", text="Which?")
        mrs_liu("answer", reference, text="Five")
    li_na = at_desk(town.LI_NA)
    for answer in (
        li_na.get(f"/desk/{reference}/ask/"),
        does(li_na, "ask", reference, missing="Door", text="Which door?"),
    ):
        assert answer.status_code == 409
        assert "The requester can be asked at most 2 times." in words_of(answer)
        assert answer.context["form"] is None
    assert "Which door?" in words_of(answer)


def test_the_form_of_what_cannot_be_done_now_says_why_and_leads_back():
    reference = proposed()
    answer = at_desk(town.LI_NA).get(f"/desk/{reference}/hand-over/")
    assert answer.status_code == 409
    page = words_of(answer)
    assert "This cannot be done now: the case is “closing proposed”." in page
    assert "Back to the case" in page
    assert answer.context["form"] is None


def test_who_has_no_reason_to_give_gets_no_form():
    answer = at_desk(town.CHEN_HUI).get(f"/desk/{in_progress()}/decline/")
    assert answer.status_code == 409
    assert "Nothing of this kind was proposed." in words_of(answer)
    assert answer.context["form"] is None


def test_a_field_that_is_not_asked_for_is_not_taken():
    reference = in_progress()
    does(at_desk(town.LI_NA), "note", reference, text="Hello", to_post="housing-duty")
    assert find(reference).state.holder == "water-duty"
