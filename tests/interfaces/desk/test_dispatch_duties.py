"""The register of duties for reading, its gaps found in practice, and amendments by four eyes."""

import csv
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dandang.interfaces.desk.dispatch import duty_list
from dandang.ledger.queries import events_of
from dandang.organization.queries import body_stream, directory
from tests import town
from tests.interfaces.desk.office import at_desk, disputed, noise
from tests.interfaces.desk.test_dispatch import traders
from tests.interfaces.stories import city, later, officer, sent, words_of

pytestmark = pytest.mark.django_db

DUTIES, PROPOSE = "/dispatch/duties/", "/dispatch/duties/propose/"
NEW_DUTY = {
    "change": "add",
    "category": "street_trading",
    "area": "hudong",
    "unit": "cityman",
    "post": "cityman-duty",
    "type": "lead",
    "basis": "Meeting of 12 October, no. 4",
    "starts": "2026-10-13",
    "why": "Both offices claim it",
    "cases": "",
}


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def told() -> list[tuple[str, dict]]:
    known = ("register_loaded", "policy_adopted")
    events = (event for event in events_of(body_stream()) if event.type not in known)
    return [(event.type, dict(event.fields)) for event in events]


def leads(category: str, area: str, on: date) -> list[tuple[str, str]]:
    known = directory()
    path = town.policy().category_path(category)
    return [(duty.post, duty.basis) for duty in known.duties_for(path, area, on)]


def test_the_register_is_read_and_narrowed_by_every_officer():
    page = at_desk(town.LI_NA).get(DUTIES)
    words = words_of(page)
    assert "9 duties" in words
    assert "Building noise at night The whole body".lower() in words.lower()
    assert "Duty list 2026 no. 11" in words
    assert "Gaps found in practice" not in words
    assert "Amend" not in words
    narrowed = at_desk(town.LI_NA).get(DUTIES, {"unit": "qingshan", "text": "taken BACK"})
    (line,) = narrowed.context["lines"]
    assert (line.unit, line.type) == ("Qingshan street office", "was withdrawn from it")
    area = at_desk(town.LI_NA).get(DUTIES, {"area": "hudong", "category": "street_trading"})
    assert [(line.what, line.unit) for line in area.context["lines"]] == [
        ("City appearance and order", "Urban management bureau"),
        ("Street trading", "Urban management bureau"),
        ("Street trading", "Qingshan street office"),
    ]
    assert "No duty is like that." in words_of(at_desk(town.LI_NA).get(DUTIES, {"text": "zzz"}))


def test_the_register_is_taken_away_and_turned_over_by_what_the_lines_say(monkeypatch):
    client = at_desk(town.LI_NA)
    table = client.get("/dispatch/duties.csv", {"unit": "qingshan"}).content.decode("utf-8-sig")
    header, *rows = csv.reader(table.splitlines())
    assert header[:3] == ["category", "matter", "area"]
    assert {row[4] for row in rows} == {"qingshan"}
    monkeypatch.setattr(duty_list, "PAGE", 4)
    codes, address = [], DUTIES
    while address:
        page = client.get(address)
        codes += [line.code for line in page.context["lines"]]
        address = page.context["later"] and f"{DUTIES}?{page.context['later']}"
    assert len(codes) == len(set(codes)) == 9
    at = client.get(DUTIES, {"at": codes[2]})
    assert [line.code for line in at.context["lines"]] == codes[2:6]
    assert "this line" in words_of(at)
    for gone in ("street_trading - nobody nothing -", "nonsense", "a b c d e f"):
        assert client.get(DUTIES, {"after": gone}).status_code == 200


def test_a_proposal_says_what_the_line_will_be_not_what_it_was():
    """Zhao Min proposes that a duty of one area shall be one of the whole body."""
    zhao, tang = at_desk(town.ZHAO_MIN), at_desk(town.TANG_YU)
    lifts = {**NEW_DUTY, "category": "lifts"}
    assert zhao.post(PROPOSE, lifts).url == DUTIES
    (one,) = tang.get(DUTIES).context["open"]
    tang.post(f"/dispatch/duties/proposals/{one.number}/", {"verdict": "accepted"})
    old = "lifts hudong cityman cityman-duty 2026-10-13"
    wider = {**lifts, "change": "change", "duty": old, "area": "", "starts": "2026-10-14"}
    assert zhao.post(PROPOSE, wider).url == DUTIES
    (one,) = tang.get(DUTIES).context["open"]
    assert (one.what, one.where) == ("Lifts", "the whole body")
    ending = {"change": "end", "duty": old, "starts": "2026-10-20", "why": "The county takes it"}
    assert zhao.post(PROPOSE, ending).url == DUTIES
    (newest, _) = tang.get(DUTIES).context["open"]
    assert (newest.what, newest.where) == ("Lifts", "Hudong")


def test_gaps_are_counted_by_matter_and_place_with_the_cases_that_show_them():
    wrong = disputed()
    officer(
        *("decide-dispute", wrong, town.CHEN_HUI),
        to_post="housing-duty",
        basis="List no. 3",
        text="It is theirs",
    )
    officer("assign", traders(), town.ZHAO_MIN, to_post="cityman-duty")
    officer("assign", traders(), town.ZHAO_MIN, to_post="qingshan-duty")
    lifts = sent(category="lifts", area="hudong")
    back = noise()
    officer(
        *("hand-over", back, town.WANG_QIANG),
        to_post="cityman-duty",
        reason="not_our_duty",
        text="Not ours",
        basis="List no. 3",
    )
    officer(
        *("return", back, town.CAO_LEI),
        reason="not_our_duty",
        text="Nor ours",
        basis="List no. 3",
    )
    gaps = at_desk(town.CHEN_HUI).get(DUTIES).context["gaps"]
    seen = {(gap.what, gap.where): gap for gap in gaps}
    noisy = seen["Building noise at night", "Hudong"]
    assert noisy.seen == ("1 dispute", "1 return as not the unit's duty")
    assert noisy.leads == "Housing bureau · Duty desk leads, and others disagree."
    assert set(noisy.cases) == {wrong, back}
    stalls = next(gap for gap in gaps if "street_trading" in gap.query)
    assert stalls.seen == ("2 cases placed by a person or at the fallback",)
    assert stalls.leads.startswith("Several lead: ")
    lift = next(gap for gap in gaps if "lifts" in gap.query)
    assert (lift.leads, lift.cases) == ("Nobody leads.", (lifts,))
    later(days=91)
    assert at_desk(town.CHEN_HUI).get(DUTIES).context["gaps"] == []


def test_a_closed_case_is_not_counted_among_the_gaps():
    about = sent(category="lifts", area="hudong")
    officer("name-subject", about, town.ZHAO_MIN, unit="hotline", text="It is about the hotline")
    assert at_desk(town.ZHAO_MIN).get(DUTIES).context["gaps"] == []
    (gap,) = at_desk(town.CHEN_HUI).get(DUTIES).context["gaps"]
    assert gap.cases == (about,)


def test_an_amendment_is_proposed_decided_by_another_officer_and_changes_the_register():
    case = traders()
    zhao = at_desk(town.ZHAO_MIN)
    filled = zhao.get(PROPOSE, {"category": "street_trading", "cases": case})
    assert filled.context["form"]["category"].value() == "street_trading"
    assert zhao.post(PROPOSE, {**NEW_DUTY, "cases": f"{case} nonsense"}).url == DUTIES
    (open_one,) = zhao.get(DUTIES).context["open"]
    page = f"/dispatch/duties/proposals/{open_one.number}/"
    assert "You proposed it, so another officer decides." in words_of(zhao.get(page))
    assert zhao.post(page, {"verdict": "accepted"}).status_code == 403
    assert leads("street_trading", "hudong", date(2026, 10, 14))[0][1] == ""
    chen = at_desk(town.CHEN_HUI)
    assert "Stalls on the pavement" in words_of(chen.get(page))
    assert chen.post(page, {"verdict": "accepted"}).url == DUTIES
    assert leads("street_trading", "hudong", date(2026, 10, 12))[0][1] == ""
    assert leads("street_trading", "hudong", date(2026, 10, 13)) == [
        ("cityman-duty", "Meeting of 12 October, no. 4")
    ]
    assert chen.post(page, {"verdict": "rejected", "reply": "Too late"}).status_code == 422
    types = [name for name, _ in told()]
    assert types == ["duty_proposed", "duty_proposal_decided", "register_changed"]
    assert "Both offices claim it" not in str(told())
    (decided,) = chen.get(DUTIES).context["decided"]
    assert decided.verdict == "accepted"


def test_a_changed_duty_ends_the_day_before_and_an_ended_one_just_ends():
    chen, tang = at_desk(town.CHEN_HUI), at_desk(town.TANG_YU)
    old = "water_supply - water water-duty -"
    typed = {**NEW_DUTY, "change": "change", "duty": old, "category": "water_supply", "area": ""}
    assert chen.get(PROPOSE, {"duty": old}).context["form"]["unit"].value() == "water"
    assert chen.get(PROPOSE, {"duty": "no such duty"}).status_code == 404
    typed |= {"unit": "water", "post": "water-duty"}
    assert chen.post(PROPOSE, typed).url == DUTIES, words_of(chen.post(PROPOSE, typed))
    (one,) = tang.get(DUTIES).context["open"]
    page = f"/dispatch/duties/proposals/{one.number}/"
    assert tang.get(page).context["cases"] == []
    assert tang.post(page, {"verdict": "accepted"}).url == DUTIES
    assert leads("water_supply", "hudong", date(2026, 10, 12)) == [
        ("water-duty", "Duty list 2026 no. 3")
    ]
    new = [("water-duty", "Meeting of 12 October, no. 4")]
    assert leads("water_supply", "hudong", date(2026, 10, 13)) == new
    ending = {"change": "end", "duty": "unpaid_wages - labour labour-duty -"}
    ending |= {"starts": "2026-10-20", "why": "The county takes it"}
    assert at_desk(town.SUN_TAO).post(PROPOSE, ending).url == DUTIES
    (one,) = tang.get(DUTIES).context["open"]
    tang.post(f"/dispatch/duties/proposals/{one.number}/", {"verdict": "accepted"})
    assert leads("unpaid_wages", "hudong", date(2026, 10, 19))
    assert leads("unpaid_wages", "hudong", date(2026, 10, 20)) == []


def test_what_does_not_fit_is_said_at_the_form_and_nothing_is_written():
    zhao = at_desk(town.ZHAO_MIN)
    empty = zhao.post(PROPOSE, {**NEW_DUTY, "unit": "", "why": ""})
    assert empty.status_code == 422
    assert {"unit", "why"} <= empty.context["form"].errors.keys()
    past = zhao.post(PROPOSE, {**NEW_DUTY, "starts": "2026-10-11"})
    assert "starts" in past.context["form"].errors
    foreign = zhao.post(PROPOSE, {**NEW_DUTY, "post": "water-duty"})
    assert foreign.status_code == 422
    assert told() == []


def test_a_rejection_needs_its_reason_and_changes_nothing():
    assert at_desk(town.ZHAO_MIN).post(PROPOSE, NEW_DUTY).url == DUTIES
    tang = at_desk(town.TANG_YU)
    (one,) = tang.get(DUTIES).context["open"]
    page = f"/dispatch/duties/proposals/{one.number}/"
    assert tang.post(page, {"verdict": "rejected"}).status_code == 422
    assert tang.post(page, {"verdict": "rejected", "reply": "The law says no"}).url == DUTIES
    assert [name for name, _ in told()] == ["duty_proposed", "duty_proposal_decided"]
    assert "The law says no" in words_of(at_desk(town.ZHAO_MIN).get(page))


def test_who_may_not_propose_or_decide_is_told_so():
    at_desk(town.ZHAO_MIN).post(PROPOSE, NEW_DUTY)
    for code in (town.LI_NA, town.ZHOU_HAI):
        client = at_desk(code)
        assert client.get(PROPOSE).status_code == 403
        assert client.post(PROPOSE, NEW_DUTY).status_code == 403
        assert client.get("/dispatch/duties/proposals/1/").status_code in (403, 404)
    assert at_desk(town.TANG_YU).get(PROPOSE).status_code == 403
    head = at_desk(town.SUN_TAO)
    (one,) = head.get(DUTIES).context["open"]
    page = f"/dispatch/duties/proposals/{one.number}/"
    assert head.get(page).status_code == 200
    assert head.post(page, {"verdict": "accepted"}).status_code == 403
    assert head.get("/dispatch/duties/proposals/999999/").status_code == 404


def test_the_gaps_cost_the_same_number_of_queries_whatever_there_is():
    client, numbers = at_desk(town.CHEN_HUI), set()
    for _ in range(2):
        disputed()
        officer("assign", traders(), town.ZHAO_MIN, to_post="cityman-duty")
        back = noise()
        officer(
            *("hand-over", back, town.WANG_QIANG),
            to_post="cityman-duty",
            reason="not_our_duty",
            text="Not ours",
            basis="List no. 3",
        )
        reasons = {"reason": "not_our_duty", "text": "Nor ours", "basis": "List no. 3"}
        officer("return", back, town.CAO_LEI, **reasons)
        client.get(DUTIES)
        with CaptureQueriesContext(connection) as asked:
            client.get(DUTIES)
        numbers.add(len(asked))
    assert len(numbers) == 1, numbers
