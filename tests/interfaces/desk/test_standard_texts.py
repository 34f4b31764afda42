"""Tang Yu keeps the standard texts; Li Na begins with one, and what she has written stays."""

import pytest

from dandang.ledger.queries import events_of
from dandang.lifecycle.casework.queries import find, history
from dandang.organization.queries import body_stream
from tests import town
from tests.interfaces.desk.office import at_desk, in_progress, noise
from tests.interfaces.stories import city, words_of

PUMP = {
    "code": "pump",
    "name_zh": "水泵抢修",
    "name_en": "Pump under repair",
    "verb": "reply",
    "category": "water_supply",
    "unit": "water",
    "text_zh": "您好，{reference} 由{unit}办理，\n{due}前恢复供水。",
    "text_en": "Your request {reference} is with the {unit};\nwater is back by {due}.",
}
ADDRESS = "/setup/reply_templates/"


@pytest.fixture
def tang_yu(db):
    city()
    return at_desk(town.TANG_YU)


def added(tang_yu, **changes):
    answer = tang_yu.post(f"{ADDRESS}new/", {**PUMP, **changes})
    assert answer.status_code == 302, words_of(answer)


def offered(code: str, reference: str, verb: str = "reply") -> list[str]:
    answer = at_desk(code).get(f"/desk/{reference}/{verb}/")
    return [one.code for one in answer.context["standard_texts"]]


def test_a_text_is_added_and_stands_in_the_ledger_without_its_words(tang_yu):
    added(tang_yu)
    event = list(events_of(body_stream()))[-1]
    assert (event.type, event.fields["code"]) == ("register_changed", "pump")
    assert "verb=reply" in event.fields["values"]
    assert "水泵" not in str(event.fields)
    assert "Pump under repair" in words_of(tang_yu.get(ADDRESS))
    assert "pump" in tang_yu.get("/setup/reply_templates.csv").getvalue().decode()


def test_li_na_begins_with_it_changes_it_and_loses_nothing(tang_yu):
    added(tang_yu)
    reference = in_progress()
    li_na = at_desk(town.LI_NA)
    before = find(reference).state.seq
    page = f"/desk/{reference}/reply/"
    form = li_na.post(page, {"text": "Dear Mrs Liu,", "template": "pump", "seen_seq": before})
    assert form.status_code == 200
    text = form.context["form"]["text"].value()
    assert text.startswith("Dear Mrs Liu,\n\nYour request " + reference)
    assert "{" not in text
    assert find(reference).state.seq == before
    li_na.post(page, {"text": text + " Sorry.", "seen_seq": before})
    event, personal = history(find(reference).stream)[-1]
    assert (event.type, personal["text"]) == ("reply_sent", text + " Sorry.")
    in_chinese = at_desk(town.LI_NA)
    in_chinese.post("/language/setlang/", {"language": "zh-hans"})
    assert "水务局" in in_chinese.get(page).context["standard_texts"][0].text


def test_a_text_is_offered_for_its_act_its_category_and_its_unit_alone(tang_yu):
    added(tang_yu)
    added(tang_yu, code="everywhere", category="", unit="")
    added(tang_yu, code="utilities", category="utilities", unit="")
    added(tang_yu, code="others", category="", unit="housing")
    added(tang_yu, code="asking", verb="ask", category="", unit="")
    water, other = in_progress(), noise()
    assert offered(town.LI_NA, water) == ["everywhere", "pump", "utilities"]
    assert offered(town.WANG_QIANG, other) == ["everywhere", "others"]
    assert offered(town.LI_NA, water, "ask") == ["asking"]
    assert offered(town.LI_NA, water, "note") == []


def test_a_text_that_ended_is_offered_no_more(tang_yu):
    added(tang_yu)
    reference = in_progress()
    assert tang_yu.post(f"{ADDRESS}pump/end/").status_code == 302
    assert offered(town.LI_NA, reference) == []


@pytest.mark.parametrize(
    "wrong", [{"verb": "sing"}, {"unit": "moon"}, {"text_zh": ""}, {"text_en": "x" * 5001}]
)
def test_what_no_file_could_hold_is_refused_and_nothing_is_written(tang_yu, wrong):
    before = len(list(events_of(body_stream())))
    answer = tang_yu.post(f"{ADDRESS}new/", {**PUMP, **wrong})
    assert answer.status_code == 422
    assert len(list(events_of(body_stream()))) == before
