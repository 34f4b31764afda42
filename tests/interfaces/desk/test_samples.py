"""Samples of ended cases: drawn by nobody's choice, read from outside, recomputed by anybody."""

from datetime import date

import pytest

from dandang.ledger.queries import events_of, last_of_each
from dandang.lifecycle.casework.models import Case
from dandang.lifecycle.casework.queries import find
from dandang.lifecycle.replay import replay
from dandang.lifecycle.sampling.actions import draw, judge
from dandang.lifecycle.sampling.models import Draw, Item
from dandang.lifecycle.sampling.recomputing import recompute
from dandang.lifecycle.sampling.rules import Judgement, Sought
from dandang.lifecycle.states import Opinion, State
from dandang.organization.queries import body_stream
from dandang.terms import Actor, Code, Refusal
from tests import town
from tests.interfaces.desk.gone_up import page_of
from tests.interfaces.desk.office import at_desk, events, in_progress, proposed_to_explain, solved
from tests.interfaces.stories import city, clock, later, officer, words_of

pytestmark = pytest.mark.django_db

PAGE = "/supervision/samples/"
ENDED = {
    "first": "2026-10-12",
    "last": "2026-10-12",
    "unit": "",
    "ends": ["solved", "explained"],
    "percent": "",
    "number": "3",
}


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def explained() -> str:
    reference = proposed_to_explain()
    said = {"reason": "permit_valid", "basis": "Permit 2026-31", "text": "Lawful: see the permit"}
    officer("explain", reference, town.CHEN_HUI, **said)
    return reference


def four_ended() -> set[str]:
    found = {solved(), solved(), solved(), explained()}
    in_progress()
    later(days=1)
    return found


def drawn(code: str = town.CHEN_HUI, **changes: object) -> str:
    answer = at_desk(code).post(f"{PAGE}new/", {**ENDED, **changes})
    assert answer.status_code == 302, words_of(answer)
    return answer.url


def items() -> dict[int, str]:
    return {one.place: one.case.reference for one in Item.objects.select_related("case")}


def test_a_sample_is_drawn_recorded_read_and_counted():
    ended = four_ended()
    path = drawn()
    sample = items()
    assert len(sample) == 3
    assert set(sample.values()) < ended
    event = events_of(body_stream())[-1]
    assert event.type == "sample_drawn"
    assert (event.fields["frame"], event.fields["cases"], event.fields["number"]) == (4, 3, 3)
    assert event.post == "supervision-desk"
    page = words_of(at_desk(town.XU_FANG).get(path))
    assert "0 of 3 read" in page
    assert "Nothing was read yet." in page
    assert event.fields["seed"] in page


def test_a_sample_is_read_case_by_case_and_changes_nothing_by_itself():
    four_ended()
    path = drawn()
    sample = items()
    reader = at_desk(town.XU_FANG)
    first = reader.get(f"{path}1/")
    assert "No water since this morning" in words_of(first)
    assert "Does the answer answer the request?" in words_of(first)
    assert reader.post(f"{path}1/", {"answers": "no", "right": "yes"}).status_code == 422
    said = {"answers": "no", "right": "yes", "text": "It does not say which pump"}
    assert reader.post(f"{path}1/", said).url == f"{path}2/", "on to the next one"
    assert events(sample[1])[-1] == "sample_judged"
    assert find(sample[1]).state.state is not State.IN_PROGRESS, "nothing changes by it"
    again = reader.post(f"{path}1/", said)
    assert again.status_code == 409
    assert "It does not say which pump" in words_of(again)
    reader.post(f"{path}2/", {"answers": "yes", "right": "yes"})
    assert reader.post(f"{path}3/", {"answers": "yes", "right": "unclear", "text": "?"}).url == path
    page = words_of(reader.get(path))
    assert "3 of 3 read" in page
    assert "among all such cases probably between" in page
    assert "3 of 3 read" in page_of(town.CHEN_HUI, PAGE)
    assert replay().differing == 0


def test_anybody_draws_the_same_sample_again_from_the_ledger():
    four_ended()
    number = int(drawn().strip("/").split("/")[-1])
    kept = [one.case.tag for one in Item.objects.select_related("case").order_by("place")]
    officer("reopen", items()[1], town.CHEN_HUI, text="Look once more")
    found = recompute(number)
    assert found.is_same
    assert found.frame == 4
    assert [bytes.fromhex(one) for one in found.streams] == [
        bytes(Case.objects.get(reference=items()[place]).stream) for place in (1, 2, 3)
    ]
    assert len(kept) == 3
    Item.objects.filter(place=3).update(case=Case.objects.exclude(item_of(kept)).first())
    assert not recompute(number).same_sample
    Draw.objects.update(seed="0" * 64)
    assert not recompute(number).same_seed


def test_whoever_changes_what_is_kept_of_a_sample_is_found_out():
    four_ended()
    path = drawn()
    number = int(path.strip("/").split("/")[-1])
    at_desk(town.XU_FANG).post(f"{path}1/", {"answers": "yes", "right": "yes"})
    assert recompute(number).is_same
    Item.objects.filter(place=1).update(answers="no")
    assert not recompute(number).same_judgements
    Item.objects.filter(place=1).update(answers="yes")
    Item.objects.filter(place=2).update(answers="yes", right="yes", judged_at=clock.now())
    assert not recompute(number).is_same, "nobody said so"
    Item.objects.filter(place=2).update(answers="", right="", judged_at=None)
    Draw.objects.update(number=4)
    assert not recompute(number).same_draw
    assert not recompute(number).is_same


def item_of(kept):
    from django.db.models import Q  # noqa: PLC0415 only here

    from dandang.ledger import base64url  # noqa: PLC0415 only here

    return Q(stream__in=[base64url.decode(tag) for tag in kept])


def test_what_the_frame_holds():
    four_ended()
    whole = Sought(date(2026, 10, 12), date(2026, 10, 12), "", (State.SOLVED,), percent=100)
    now = later(days=1)
    supervision = Actor.officer(town.CHEN_HUI)
    assert draw(whole, by=supervision, now=now).frame == 3
    with pytest.raises(Refusal) as refused:
        draw(
            Sought(whole.first, whole.last, "housing", (State.SOLVED,), percent=100),
            by=supervision,
            now=now,
        )
    assert refused.value.code is Code.NOTHING_TO_DRAW
    with pytest.raises(Refusal) as refused:
        draw(whole, by=Actor.officer(town.ZHAO_MIN), now=now)
    assert refused.value.code is Code.NOT_PERMITTED


def test_who_decided_and_who_held_do_not_judge():
    explained()
    later(days=1)
    path = drawn(ends=["explained"])
    client = at_desk(town.CHEN_HUI)
    page = client.get(f"{path}1/")
    assert page.status_code == 200
    assert page.context["form"] is None
    assert "must not have been involved before" in words_of(page)
    said = {"answers": "yes", "right": "yes"}
    assert client.post(f"{path}1/", said).status_code == 403
    number = Draw.objects.get().pk
    yes = Judgement(Opinion.YES, Opinion.YES)
    for code, why in ((town.LI_NA, Code.NOT_PERMITTED), (town.CHEN_HUI, Code.DECIDER_INVOLVED)):
        with pytest.raises(Refusal) as refused:
            judge(number, 1, yes, by=Actor.officer(code), now=later(days=1))
        assert refused.value.code is why
    with pytest.raises(Refusal) as refused:
        judge(number, 2, yes, by=Actor.officer(town.XU_FANG), now=later(days=1))
    assert refused.value.code is Code.NOT_FOUND
    assert "sample_judged" not in events(items()[1])


def test_a_case_one_is_kept_out_of_is_neither_shown_nor_counted():
    reference = in_progress()
    officer("declare-conflict", reference, town.CHEN_HUI, text="A relative lives there")
    officer("propose", reference, town.LI_NA, outcome="resolved", text="Pump 3 is repaired")
    from tests.interfaces.desk.office import mrs_liu  # noqa: PLC0415 only here

    mrs_liu("judge", reference, verdict="solved")
    solved()
    later(days=1)
    path = drawn(town.XU_FANG)
    place = {reference: place for place, reference in items().items()}[reference]
    page = words_of(at_desk(town.CHEN_HUI).get(path))
    assert reference not in page
    assert "0 of 1 read" in page
    assert at_desk(town.CHEN_HUI).get(f"{path}{place}/").status_code == 404
    assert "0 of 2 read" in words_of(at_desk(town.XU_FANG).get(path))


def test_what_is_asked_wrongly_draws_nothing_and_keeps_what_was_typed():
    four_ended()
    client = at_desk(town.CHEN_HUI)
    form = client.get(f"{PAGE}new/").context["form"]
    assert form["percent"].value() == 10, "as the policy has it"
    today = client.post(f"{PAGE}new/", {**ENDED, "last": "2026-10-13"})
    assert today.status_code == 422
    assert today.context["form"]["number"].value() == "3"
    nothing = client.post(f"{PAGE}new/", {**ENDED, "unit": "housing"})
    assert "there is nothing to draw" in words_of(nothing)
    assert client.post(f"{PAGE}new/", {**ENDED, "ends": []}).status_code == 422
    assert not Draw.objects.exists()
    assert not last_of_each([body_stream()], ("sample_drawn",))


def test_samples_speak_chinese():
    four_ended()
    path = drawn()
    page = words_of(at_desk(town.XU_FANG, "zh-hans").get(path))
    assert "抽样" in page
    item = words_of(at_desk(town.XU_FANG, "zh-hans").get(f"{path}1/"))
    assert "答复是否回应了诉求" in item
