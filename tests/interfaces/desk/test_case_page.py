"""The page of a case: what an officer sees of it, and what of the people behind it."""

import re

import pytest
from django.db import connection

from dandang.lifecycle.casework.queries import find, history
from dandang.lifecycle.intake.actions import open_request
from dandang.lifecycle.intake.rules import Open, Origin
from dandang.lifecycle.perform import perform
from dandang.terms import Actor
from tests import town
from tests.interfaces.desk.examples import EXAMPLES
from tests.interfaces.desk.office import (
    NOT_OURS,
    asked,
    assigned,
    at_desk,
    disputed,
    does,
    in_progress,
    noise,
    proposed,
    proposed_to_decline,
    received,
    solved,
)
from tests.interfaces.stories import city, later, officer, words_of

pytestmark = pytest.mark.django_db

CONTACT = ("Mrs Liu", "13900000000")


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def page_of(code: str, reference: str, language: str = "en") -> str:
    answer = at_desk(code, language).get(f"/desk/{reference}/")
    assert answer.status_code == 200
    return words_of(answer)


def offered(code: str, reference: str) -> list[str]:
    """Return the verbs a case page offers, in their order; the first one is marked with a star."""
    found = at_desk(code).get(f"/desk/{reference}/").context["offers"].usual
    return [one.verb + "*" * one.is_first for one in found]


# where it stands


def test_it_says_who_holds_it_until_when_and_why():
    page = page_of(town.LI_NA, assigned())
    assert "In the requester's words No water since this morning." in page
    assert "Assigned, waiting to be accepted Holder Water bureau · Duty desk 0711-5550101" in page
    assert "since 09:00 Mon 12 Oct by the duty list" in page
    assert "Whose turn the holder" in page
    assert "Handed over 0 times" in page


def test_every_clock_says_what_it_is_for_whose_turn_it_is_and_how_much_time_is_left():
    page = page_of(town.LI_NA, assigned())
    assert "Clocks What for Whose turn Due Time left" in page
    assert (
        "accept accept the case or return it Nothing pauses it Whose turn "
        "Water bureau · Duty desk "
        "09:30 Mon 12 Oct soon 30 minutes left"
    ) in page
    assert "can be returned until a right that ends then" in page
    assert "11:00 Mon 12 Oct soon 2 hours left" in page
    assert "next step of the ladder" not in page


def test_the_clocks_of_an_ordinary_matter_count_working_time():
    page = page_of(town.CHEN_HUI, noise())
    assert re.search(r"18:00 Mon 19 Oct \d working days( \d hours?)? left", page), page


def test_a_case_that_has_ended_by_law_has_no_running_clock():
    example = EXAMPLES["decline"]
    reference = example.case()
    does(at_desk(example.by), "decline", reference, **example.values)
    assert "Clocks No clock runs now." in page_of(town.CHEN_HUI, reference)


def test_a_right_to_return_that_is_over_is_not_shown_as_overdue():
    reference = assigned()
    later(hours=3)
    page = page_of(town.LI_NA, reference)
    assert "can be returned until" not in page
    assert "11:00 Mon 12 Oct overdue by 1 hour" in page


def test_a_clock_that_stands_still_says_so():
    reference = in_progress()
    officer("ask", reference, town.LI_NA, missing="Floor", text="Which floor?")
    page = page_of(town.LI_NA, reference)
    assert "09:00 Tue 13 Oct paused; then 1 day left" in page
    assert "Whose turn the requester 18:00 Thu 15 Oct 4 working days left" in page


def test_every_event_stands_there_newest_first_with_post_and_name():
    reference = in_progress()
    officer("reply", reference, town.LI_NA, text="A lorry with water\ncomes at noon")
    page = page_of(town.SUN_TAO, reference)
    lines = [
        "Li Na · #3 · the requester sees this The unit replied A lorry with water",
        "Water bureau · Duty desk · Li Na · #2 Accepted by the unit",
        "The system · #1 Assigned to Water bureau, Duty desk: by the duty list",
        "Requester of request 1 · #0 Request received (web); Hotline centre holds it",
    ]
    assert sorted(lines, key=page.index) == lines


def test_a_text_that_was_erased_says_so():
    reference = in_progress()
    officer("reply", reference, town.LI_NA, text="We call Mrs Liu")
    event, _ = history(find(reference).stream)[-1]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_personal WHERE event_id = %s", [event.event_id])
    page = page_of(town.LI_NA, reference)
    assert "#3 · the requester sees this The unit replied (erased)" in page
    assert page.count("(erased)") == 1


def test_what_is_internal_is_marked():
    reference = in_progress()
    officer("note", reference, town.LI_NA, text="Pump 3 again", internal=True)
    assert "#3 · internal Note added Pump 3 again" in page_of(town.LI_NA, reference)


def test_reasons_and_bases_stand_with_the_act():
    page = page_of(town.CHEN_HUI, disputed())
    assert "should Qingshan street office hold it? Reason: Not our duty" in page
    assert "Basis (rule or duty list): List no. 3" in page


def test_a_proposal_says_what_is_proposed_and_who_decides():
    page = page_of(town.CHEN_HUI, proposed_to_decline())
    assert "Closing proposed (decline)" in page
    assert "Whose turn the deciding office" in page
    assert "Solved, as the requester confirmed" in page_of(town.CHEN_HUI, solved())


def test_a_case_with_several_requests_lists_them():
    reference = in_progress()
    assert "Requests in this case" not in page_of(town.LI_NA, reference)
    does(at_desk(town.ZHAO_MIN), "attach", reference, text="Not here either")
    page = page_of(town.LI_NA, reference)
    assert "Requests in this case 1 · 09:00 Mon 12 Oct 2 · 09:00 Mon 12 Oct" in page


def test_it_speaks_chinese():
    page = page_of(town.LI_NA, assigned(), "zh-hans")
    assert "已派单，待签收 现在负责 水务局 · 值班岗 0711-5550101" in page
    assert "水务局 · 值班岗牵头：供水，全域" in page
    assert "您可以办理 签收" in page


def test_a_declined_case_names_its_second_reader():
    example = EXAMPLES["decline"]
    reference = example.case()
    does(at_desk(example.by), "decline", reference, **example.values)
    page = page_of(town.CHEN_HUI, reference)
    assert "Declined Reason: Cannot lawfully be done The law does not allow it" in page
    assert "Where the requester can turn instead: The court of Jiangcheng" in page
    assert "Second reader: Wang Qiang" in page


def test_a_case_from_another_system_says_so():
    wish = Open(
        title="Pothole",
        text="Deep",
        channel="import",
        category="water_supply",
        origin=Origin("old", "17", town.MONDAY),
    )
    receipt = open_request(wish, by=Actor.importer("old"), now=town.MONDAY, access_code="")
    page = page_of(town.LI_NA, receipt.reference)
    assert "Another system · #0 Request received (imported)" in page
    assert "Taken over from another system (old)" in page


# the register of duties


def test_the_line_of_the_register_that_leads_here_is_shown():
    reference = assigned()
    page = page_of(town.LI_NA, reference)
    assert (
        "Register of duties Water bureau · Duty desk leads: Water supply, everywhere "
        "Duty list 2026 no. 3"
    ) in page
    li_na = at_desk(town.LI_NA)
    address = li_na.get(f"/desk/{reference}/").context["case"].register.query
    (first, *_) = li_na.get(f"/dispatch/duties/?{address}").context["lines"]
    assert (first.what, first.basis) == ("Water supply", "Duty list 2026 no. 3")
    assert "The case is held by another post." not in page


def test_a_case_held_by_another_post_than_the_register_says_shows_it():
    reference = in_progress()
    officer("hand-over", reference, town.LI_NA, to_post="housing-duty", **NOT_OURS)
    page = page_of(town.WANG_QIANG, reference)
    assert "Water bureau · Duty desk leads" in page
    assert "The case is held by another post." in page


def test_where_nobody_leads_the_fallback_post_is_named():
    page = page_of(town.CHEN_HUI, assigned(category="noise_commercial", area="hudong"))
    assert (
        "Nobody leads such matters here: the fallback post takes them "
        "(Hotline centre · Coordination)"
    ) in page


def test_where_several_lead_they_are_all_named():
    page = page_of(town.ZHAO_MIN, assigned(category="street_trading", area="qingshan"))
    assert "Several posts lead with equal rank, so the dispatcher decides: " in page
    assert "Urban management bureau · Duty desk; Qingshan street office · Duty desk" in page


def test_a_case_without_category_cannot_be_matched():
    assert "The case has no category yet" in page_of(town.ZHAO_MIN, received())


def test_an_ended_case_is_no_longer_matched():
    shown = at_desk(town.CHEN_HUI).get(f"/desk/{solved()}/").context["case"]
    assert shown.register is None


# people


@pytest.mark.parametrize("code", [town.LI_NA, town.SUN_TAO, town.ZHAO_MIN, town.CHEN_HUI])
def test_the_contact_is_masked_for_those_who_act_until_they_say_what_for(code):
    reference = in_progress()
    page = page_of(code, reference)
    assert not any(part in page for part in CONTACT)
    assert "Name M*** L***" in page
    assert "Phone 139****0000" in page
    officer("unmask", reference, code, purpose="to_call")
    page = page_of(code, reference)
    assert all(part in page for part in CONTACT)
    assert "Shown to you until" in page


def test_where_no_contact_was_left_it_says_so():
    assert "Contact no name, phone or e-mail" in page_of(town.LI_NA, assigned(name="", phone=""))


def test_the_contact_is_not_shown_to_the_unit_that_handed_the_case_over():
    reference = in_progress()
    officer("hand-over", reference, town.LI_NA, to_post="housing-duty", **NOT_OURS)
    page = page_of(town.LI_NA, reference)
    assert "No water since this morning." in page
    assert not any(part in page for part in CONTACT)
    assert "Contact hidden Ask to see the contact" in page
    assert "139****0000" in page_of(town.WANG_QIANG, reference)


def test_the_contact_is_not_shown_to_the_unit_that_a_dispute_names():
    page = page_of(town.ZHOU_HAI, disputed())
    assert not any(part in page for part in CONTACT)


def test_the_contact_of_an_attached_request_is_hidden_with_the_rest():
    reference = in_progress()
    does(
        at_desk(town.ZHAO_MIN),
        "attach",
        reference,
        text="Not here either",
        name="Mr Zhou",
        phone="13700000002",
        email="zhou@example.org",
    )
    page = page_of(town.LI_NA, reference)
    assert "Contact of request 2 Name M*** Z***" in page
    officer("unmask", reference, town.LI_NA, purpose="to_call", request=2)
    page = page_of(town.LI_NA, reference)
    assert "Name: Mr Zhou" in page
    assert "13700000002" in page
    assert "Mrs Liu" not in page
    officer("hand-over", reference, town.LI_NA, to_post="housing-duty", **NOT_OURS)
    page = page_of(town.SUN_TAO, reference)
    assert "Not here either" in page
    for part in ("Mr Zhou", "13700000002", "zhou@example.org"):
        assert part not in page


def test_what_a_requester_says_in_private_is_not_for_the_holder():
    reference = proposed()
    perform(
        "judge",
        reference,
        {"verdict": "no", "text": "It drips", "was_pressed": True},
        by=Actor.requester(1),
        now=town.MONDAY,
    )
    private = "Somebody asked me to answer in a certain way."
    for code in (town.LI_NA, town.SUN_TAO):
        page = page_of(code, reference)
        assert "It drips" in page
        assert private not in page
    for code in (town.ZHAO_MIN, town.CHEN_HUI):
        assert private in page_of(code, reference)


def test_markup_in_words_of_people_stays_text():
    reference = in_progress(text="<b>loud</b>", title="<script>x</script>")
    officer("note", reference, town.LI_NA, text="<i>quiet</i>")
    page = at_desk(town.LI_NA).get(f"/desk/{reference}/").content.decode()
    assert "&lt;b&gt;loud&lt;/b&gt;" in page
    assert "&lt;i&gt;quiet" in page
    assert "<script>" not in page


# what can be done


@pytest.mark.parametrize(
    ("case", "code", "verbs"),
    [
        (assigned, town.LI_NA, ["accept*", "contacted", "reply", "note", "hand-over", "dispute"]),
        (
            noise,
            town.WANG_QIANG,
            ["accept*", "contacted", "reply", "note", "hand-over", "return", "dispute"],
        ),
        (
            in_progress,
            town.LI_NA,
            ["contacted*", "reply", "propose", "ask", "note", "hand-over", "dispute"],
        ),
        (in_progress, town.CHEN_HUI, []),
        (in_progress, town.ZHAO_MIN, ["decline", "note", "attach"]),
        (received, town.ZHAO_MIN, ["assign*", "contacted", "reply", "decline", "note", "attach"]),
        (proposed, town.LI_NA, ["contacted", "reply", "note"]),
        (proposed, town.ZHAO_MIN, ["judge*", "decline", "reject-proposal", "note", "attach"]),
        (proposed_to_decline, town.CHEN_HUI, ["decline", "reject-proposal"]),
        (disputed, town.CHEN_HUI, ["decide-dispute*"]),
        (asked, town.LI_NA, ["resume*", "contacted", "reply", "note", "hand-over"]),
        (solved, town.CHEN_HUI, ["reopen"]),
        (solved, town.LI_NA, []),
    ],
)
def test_who_is_offered_what(case, code, verbs):
    assert offered(code, case()) == verbs


def test_after_the_first_response_the_next_thing_is_to_finish():
    reference = in_progress()
    officer("contacted", reference, town.LI_NA, how="phone", text="We come at ten")
    assert offered(town.LI_NA, reference)[0] == "propose*"


def test_what_would_be_refused_stands_apart_with_the_reason():
    page = page_of(town.LI_NA, assigned())
    assert "Not possible now: Return: This is urgent: act first, dispute afterwards." in page
    reference = noise()
    later(days=5)
    page = page_of(town.WANG_QIANG, reference)
    assert "Return: The time to return the case is over" in page


def test_who_can_do_nothing_is_told_so():
    assert "Nothing now: you can read this case." in page_of(town.LI_NA, solved())


def test_an_officer_who_is_told_of_everything_learns_nothing_of_keys():
    reference = assigned()
    page = at_desk(town.LI_NA).get(f"/desk/{reference}/").content.decode()
    assert "access_hash" not in page
    assert "Access code" not in page
