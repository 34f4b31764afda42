"""What a case page says is particular about a case; the forms that ask for times and entries."""

import pytest

from dandang.interfaces.desk.forms import VerbForm
from dandang.lifecycle.casework.queries import facts_for, find, history
from dandang.lifecycle.verbs import READY
from dandang.terms import Actor
from tests import town
from tests.interfaces.cli.calling import call
from tests.interfaces.desk.examples import (
    ALL,
    COURT,
    FROST,
    THURSDAY,
    appealed,
    assist_asked,
    merged,
    more_time_asked,
    objected,
    on_legal_route,
    paused,
    route_asked,
    split_asked,
)
from tests.interfaces.desk.office import at_desk, does, in_progress, noise
from tests.interfaces.stories import city, officer, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def page_of(code: str, reference: str, language: str = "en") -> str:
    return words_of(at_desk(code, language).get(f"/desk/{reference}/"))


def form_of(verb: str, reference: str, code: str):
    return at_desk(code).get(f"/desk/{reference}/{verb}/").context["form"]


def other_body_asked() -> str:
    reference = in_progress()
    does(at_desk(town.LI_NA), "ask-other", reference, **ALL["ask-other"].values)
    return reference


def promised() -> str:
    reference = in_progress()
    does(at_desk(town.LI_NA), "promise", reference, **ALL["promise"].values)
    return reference


def linked() -> str:
    reference = in_progress()
    does(at_desk(town.ZHAO_MIN), "link-external", reference, **ALL["link-external"].values)
    return reference


def visible_later() -> str:
    reference = in_progress()
    values = {**ALL["propose"].values, "confirm_not_before": THURSDAY}
    does(at_desk(town.LI_NA), "propose", reference, **values)
    return reference


def named() -> str:
    reference = in_progress()
    does(at_desk(town.ZHAO_MIN), "name-subject", reference, **ALL["name-subject"].values)
    return reference


@pytest.mark.parametrize(
    ("case", "words"),
    [
        (split_asked, "the dispatcher to decide on a split since 09:00 Mon 12 Oct · by"),
        (more_time_asked, "the deciding office to decide on more time: 3 working days since"),
        (route_asked, "to decide on the legal route: Court of Jiangcheng"),
        (
            paused,
            "Checked on 17:00 Thu 15 Oct: The ground is free of frost",
        ),
        (other_body_asked, "Grid company to answer since 09:00 Mon 12 Oct · by 17:00 Thu 15 Oct"),
        (
            on_legal_route,
            (
                "Court of Jiangcheng to decide by law, no. 2026-118 since 09:00 Mon 12 Oct · "
                "by 17:00 Fri 11 Dec"
            ),
        ),
        (promised, "Promise 15:00 Mon 12 Oct"),
        (assist_asked, "Housing bureau · Duty desk to help since 09:00 Mon 12 Oct · by"),
        (objected, "Supervision to answer an officer's objection (#3) since 09:00 Mon 12 Oct"),
        (linked, "Number in the system above 12345-77 · 17:00 Tue 13 Oct"),
        (visible_later, "The result can be seen from 17:00 Thu 15 Oct"),
        (named, "The complaint is about Urban management bureau"),
        (appealed, "to decide the appeal of request 1 since 09:00 Mon 12 Oct"),
    ],
)
def test_the_page_of_a_case_says_what_is_particular_about_it(case, words):
    reference = case()
    assert words in page_of(town.CHEN_HUI, reference)
    chinese = page_of(town.CHEN_HUI, reference, "zh-hans")
    assert "特别事项" in chinese or "在等谁" in chinese


def test_who_may_not_meet_requesters_does_not_read_whom_the_complaint_is_about():
    reference = named()
    officer("request-assist", reference, town.LI_NA, of_post="housing-duty", text="Open it")
    assert "The complaint is about Urban" not in page_of(town.WANG_QIANG, reference).replace(
        "The complaint is about Urban management bureau: it can neither", ""
    )


# protected


def test_only_supervision_sees_who_objected():
    reference = objected()
    assert "An officer (protected)" in page_of(town.ZHAO_MIN, reference)
    assert "Li Na · #3" not in page_of(town.ZHAO_MIN, reference)
    assert "Li Na · #3 · internal Objection in writing" in page_of(town.CHEN_HUI, reference)


def test_the_command_line_names_nobody_who_objected():
    reference = objected()
    shown = call("case", "show", reference, "--json", "--reveal").record
    filed = shown["events"][3]
    assert (filed["type"], filed["actor"], filed["post"]) == ("objection_filed", "officer", None)
    assert shown["objections"] == [
        {
            "seq": 3,
            "to_post": "supervision-desk",
            "to_unit": "supervision",
            "by_requester": False,
        }
    ]
    assert "W-017" not in call("case", "show", reference).out.split("Objection")[1]


# times


@pytest.mark.parametrize("typed", [THURSDAY, "2026-10-15 17:00", "2026/10/15 17:00"])
def test_a_time_is_that_of_the_body_s_own_clocks(typed):
    reference = in_progress()
    does(at_desk(town.SUN_TAO), "pause", reference, **{**FROST, "check_at": typed})
    assert find(reference).state.pause.check_at.isoformat() == "2026-10-15T09:00:00+00:00"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "This field is required."),
        ("soon", "Please give a date and a time, like 2026-11-26 17:00."),
        ("2026-13-40T10:00", "Please give a date and a time, like 2026-11-26 17:00."),
        ("0001-01-01T00:00", "This cannot be used. Please check it."),
        ("2026-10-11T17:00", "This time has passed already. Choose a later one."),
        ("2027-10-11T17:00", "This is later than the policy allows. Choose an earlier time."),
    ],
)
def test_a_time_that_cannot_be_is_said_at_its_field(typed, words):
    reference = in_progress()
    answer = does(at_desk(town.SUN_TAO), "pause", reference, **{**FROST, "check_at": typed})
    assert answer.context["form"].errors["check_at"] == [words]
    assert answer.status_code == 422
    assert 'type="datetime-local"' in answer.content.decode()


def test_a_time_near_by_stands_there_to_begin_with():
    form = form_of("ask-other", in_progress(), town.LI_NA)
    assert 'value="2026-10-12T09:00"' in str(form["asked_at"])
    assert 'value="2026-10-13T09:00"' in str(form["expected_at"])  # when the whole case is due
    assert "value" not in str(form_of("ask-legal-route", in_progress(), town.LI_NA)["due_at"])


# entries


def test_the_entry_to_correct_is_chosen_from_the_timeline():
    form = form_of("correct", in_progress(), town.LI_NA)
    assert form["corrects_seq"].field.choices[1:] == [
        ("2", "#2 · 09:00 Mon 12 Oct · Accepted by the unit"),
        ("1", "#1 · 09:00 Mon 12 Oct · Assigned to Water bureau, Duty desk: by the duty list"),
        ("0", "#0 · 09:00 Mon 12 Oct · Request received (web); Hotline centre holds it"),
    ]


def test_only_open_objections_can_be_answered():
    form = form_of("answer-objection", objected(), town.CHEN_HUI)
    assert [code for code, _ in form["objection_seq"].field.choices] == ["", "3"]


def test_a_correction_shows_what_was_wrong_and_what_is_right():
    reference = in_progress()
    does(at_desk(town.LI_NA), "correct", reference, **ALL["correct"].values)
    page = page_of(town.LI_NA, reference)
    assert "Correction of entry no. 2" in page
    assert "What was wrong: The wrong building" in page


# answers


@pytest.mark.parametrize(
    ("verb", "case", "field"),
    [("check-condition", paused, "holds"), ("decide-extension", more_time_asked, "decision")],
)
def test_a_decision_is_not_made_beforehand_and_must_be_made(verb, case, field):
    reference = case()
    page = at_desk(town.CHEN_HUI).get(f"/desk/{reference}/{verb}/")
    radios = [one for one in page.content.decode().split("<input") if f'name="{field}"' in one]
    assert len(radios) == 2
    assert not any("checked" in one.split(">")[0] for one in radios)
    answer = does(at_desk(town.CHEN_HUI), verb, reference, text="Because")
    assert answer.context["form"].errors[field] == ["Please choose one."]


def test_days_are_a_number_of_working_days():
    reference = in_progress()
    for typed in ("0", "-1", "x", "1000000"):
        values = {**ALL["ask-extension"].values, "working_days": typed}
        answer = does(at_desk(town.LI_NA), "ask-extension", reference, **values)
        assert "working_days" in answer.context["form"].errors


def test_who_declared_a_conflict_no_longer_finds_the_case():
    reference = in_progress()
    answer = does(at_desk(town.LI_NA), "declare-conflict", reference, text="It is my own house")
    assert answer.url == "/desk/"
    assert at_desk(town.LI_NA).get(f"/desk/{reference}/").status_code == 404


def test_a_unit_is_chosen_under_the_one_above_it():
    form = form_of("name-subject", noise(), town.ZHAO_MIN)
    words = dict(form["unit"].field.choices)
    assert words["housing-sites"].strip() == "Building site inspection"
    assert words["housing-sites"].startswith("\u3000")


def test_whom_to_object_to_must_be_said_and_is_never_oneself():
    reference = in_progress()
    answer = does(at_desk(town.LI_NA), "object", reference, text="It is not safe")
    assert answer.context["form"].errors.keys() == {"to_post"}
    facts = facts_for(find(reference).state, by=Actor.officer(town.LI_NA), now=town.MONDAY)
    form = VerbForm(READY["object"], facts)
    offered = {code for _, posts in form["to_post"].field.choices[1:] for code, _ in posts}
    assert "supervision-desk" in offered
    assert "water-duty" not in offered


@pytest.mark.parametrize("verb", ["ask-legal-route", "pause", "promise"])
def test_a_time_that_is_sent_twice_is_kept_once(verb):
    example = ALL[verb]
    reference = example.case()
    client, values = at_desk(example.by), {**example.values, "seen_seq": "2"}
    for _ in range(2):
        assert client.post(f"/desk/{reference}/{verb}/", values).status_code == 302
    assert len(history(find(reference).stream)) == 4


def test_everything_is_said_of_a_case_that_was_merged_and_of_one_on_its_way():
    for case in (merged, on_legal_route):
        assert "%(" not in page_of(town.CHEN_HUI, case())
    assert COURT["article"] in page_of(town.CHEN_HUI, route_asked())


@pytest.mark.parametrize(
    ("verb", "typed", "field"),
    [
        ("promise", {"promised_for": "2026-12-12T15:00"}, "promised_for"),
        ("request-assist", {"of_post": "housing-duty"}, "of_post"),
    ],
)
def test_a_refusal_of_the_rules_stands_at_the_field_it_is_about(verb, typed, field):
    reference = assist_asked()
    answer = does(at_desk(town.LI_NA), verb, reference, **{**ALL[verb].values, **typed})
    assert answer.context["form"].errors.keys() == {field}


def test_an_extension_that_was_used_up_is_closed_with_the_reason():
    reference = more_time_asked()
    officer("decide-extension", reference, town.CHEN_HUI, decision="refused", text="No")
    answer = at_desk(town.LI_NA).get(f"/desk/{reference}/ask-extension/")
    assert answer.status_code == 409
    assert "No more extensions can be asked for: the limit is 1." in words_of(answer)
