"""Zhao Min calls requesters who left only a telephone, and records what came of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dandang.interfaces.desk import call_backs
from dandang.ledger.erasure import erasable, erase
from dandang.ledger.sequencer import sequence_once
from dandang.lifecycle.casework.keeping_out import kept_out
from dandang.lifecycle.casework.models import Case
from dandang.lifecycle.casework.queries import facts_of, find, history
from dandang.lifecycle.casework.rules.permit import may_see_contact
from dandang.lifecycle.perform import perform
from dandang.notifications.call_back import worklist
from dandang.notifications.call_back.following import follow_once as follow_calls
from dandang.notifications.call_back.models import CallBack
from dandang.notifications.call_back.results import Result
from dandang.notifications.following import follow_once
from dandang.notifications.models import Message
from dandang.notifications.sending import deliver_once
from dandang.organization.actions.training import freeze_time
from dandang.terms import Actor
from tests import town
from tests.interfaces.desk.office import at_desk, does
from tests.interfaces.stories import browser, city, later, officer, proposed, sent, words_of

pytestmark = pytest.mark.django_db
PATH = "/desk/call-backs/"
LANDLINE, MASKED = "027-8765 4321", "027****4321"


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def passes(now=town.MONDAY) -> None:
    """Let the ledger be numbered, messages be written and sent, needless calls be taken off."""
    while sequence_once():
        pass
    while follow_once(now=now):
        pass
    while deliver_once(now=now).claimed:
        pass
    while follow_calls(now=now):
        pass


def asked(**changes: str) -> str:
    """A case of somebody with a landline only, which Li Na says is done."""
    reference = proposed(browser(), phone=LANDLINE, email="", **changes)
    passes()
    return reference


def records(client, result: str, tries: int = 0, number: int | None = None):
    number = number or CallBack.objects.latest("id").pk
    return client.post(f"{PATH}{number}/", {"result": result, "tries": tries}, follow=True)


def left() -> list[tuple[str, str]]:
    return [(row.about, row.result) for row in CallBack.objects.order_by("id")]


def test_zhao_min_sees_whom_to_call_and_about_what():
    reference = asked(name="Mrs Liu", title="No water")
    page = at_desk(town.ZHAO_MIN).get(PATH)
    words = words_of(page)
    for said in ("M*** L***", MASKED, "is it solved", "No water", reference, "Water bureau"):
        assert said in words
    assert LANDLINE not in words
    assert 'href="tel:' not in page.content.decode()
    assert f'href="/desk/{reference}/judge/?request=1&amp;channel=phone"' in page.content.decode()


def test_showing_a_number_to_call_it_is_recorded_and_ends_with_the_day():
    reference = asked(name="Mrs Liu")
    zhao_min, number = at_desk(town.ZHAO_MIN), CallBack.objects.latest("id").pk
    page = zhao_min.post(f"{PATH}{number}/", {"show": "yes"}, follow=True)
    assert LANDLINE in words_of(page)
    assert "Mrs Liu" in words_of(page)
    assert "Shown to you until" in words_of(page)
    assert 'href="tel:02787654321"' in page.content.decode()
    event, _ = history(find(reference).stream)[-1]
    assert (event.type, event.fields["purpose"]) == ("identity_unmasked", "to_call")
    later(days=1)
    assert LANDLINE not in words_of(zhao_min.get(PATH))


def test_where_the_complaint_is_about_a_unit_a_second_officer_has_to_allow_the_call():
    reference = asked()
    officer("name-subject", reference, town.CHEN_HUI, unit="housing", text="About them")
    zhao_min, number = at_desk(town.ZHAO_MIN), CallBack.objects.latest("id").pk
    page = words_of(zhao_min.get(PATH))
    assert MASKED not in page
    assert "hidden Ask to see the contact" in page
    refused = zhao_min.post(f"{PATH}{number}/", {"show": "yes"})
    assert refused.status_code == 409
    assert LANDLINE not in words_of(refused)
    officer("ask-unmask", reference, town.ZHAO_MIN, purpose="to_call")
    seq = find(reference).state.unmaskings[0].seq
    officer("allow-unmask", reference, town.CHEN_HUI, asked_seq=seq)
    shown = zhao_min.post(f"{PATH}{number}/", {"show": "yes"}, follow=True)
    assert LANDLINE in words_of(shown)
    assert records(zhao_min, "told", number=9999).status_code == 409
    assert zhao_min.post(f"{PATH}9999/", {"show": "yes"}).status_code == 409


def test_who_can_be_sent_a_message_is_not_called(settings, tmp_path):
    proposed(browser(), phone=LANDLINE, email="liu@example.org")
    settings.EMAIL_HOST = "127.0.0.1"
    freeze_time(None)
    while sequence_once():
        pass
    follow_once(now=town.MONDAY)
    assert not Message.objects.filter(channel="call").exists()
    proposed(browser(), phone="", email="")
    while sequence_once():
        pass
    follow_once(now=town.MONDAY)
    assert not Message.objects.filter(channel="call").exists()


def test_nobody_is_called_only_to_hear_that_a_request_came_in():
    sent(phone=LANDLINE)
    passes()
    assert left() == []


def test_an_answer_is_recorded_in_the_case_and_the_call_is_done():
    reference = asked()
    zhao_min = at_desk(town.ZHAO_MIN)
    form = zhao_min.get(f"/desk/{reference}/judge/?request=1").content.decode()
    assert "selected" in form.split('name="request"')[-1] or 'value="1"' in form
    does(zhao_min, "judge", reference, verdict="solved", request="1", was_contacted="yes")
    assert find(reference).state.state == "solved"
    passes()
    assert left() == [("proposed", Result.OVERTAKEN)]  # nobody is called to hear what they said
    assert "is it solved" not in words_of(zhao_min.get(PATH))


def test_nobody_answered_and_it_comes_again_at_another_time_of_day():
    asked()
    zhao_min = at_desk(town.ZHAO_MIN)
    answer = records(zhao_min, "not_reached")
    assert "It comes again later." in words_of(answer)
    assert "One more call comes later." in words_of(answer)
    later(hours=3, minutes=59)
    assert "Nobody has to be called now." in words_of(zhao_min.get(PATH))
    later(hours=6)  # four working hours, with the lunch break
    page = words_of(zhao_min.get(PATH))
    assert "tried once, 09:00 Mon 12 Oct" in page


def test_after_the_fifth_time_it_is_given_up():
    asked()
    zhao_min = at_desk(town.ZHAO_MIN)
    for tries in range(5):
        later(days=tries)
        answer = records(zhao_min, "not_reached", tries)
    assert "It was the last try." in words_of(answer)
    row = CallBack.objects.get()
    assert (row.result, row.tries, row.officer, row.post) == (
        Result.NOT_REACHED,
        5,
        town.ZHAO_MIN,
        "hotline-dispatch",
    )


def test_a_wrong_number_is_never_called_again():
    reference = asked()
    zhao_min = at_desk(town.ZHAO_MIN)
    assert "not called again" in words_of(records(zhao_min, "wrong_number"))
    officer("reject-proposal", reference, town.CHEN_HUI, reason="work_not_done", text="Not yet")
    officer("propose", reference, town.LI_NA, outcome="resolved", text="Now")
    passes()
    assert left() == [("proposed", Result.WRONG_NUMBER)]
    assert Message.objects.filter(channel="call", error="wrong_number").exists()


def test_told_of_a_question_and_of_an_end():
    reference = sent(phone=LANDLINE)
    officer("accept", reference, town.LI_NA)
    officer("ask", reference, town.LI_NA, missing="Which floor?", text="The house has nine.")
    passes()
    zhao_min = at_desk(town.ZHAO_MIN)
    page = zhao_min.get(PATH)
    assert "Say what is missing" in words_of(page)
    for verb in ("answer", "note"):
        form = f"/desk/{reference}/{verb}/?request=1&amp;channel=phone"
        assert f'href="{form}"' in page.content.decode()
    assert "reached and told" in words_of(records(zhao_min, "told"))
    assert left() == [("question", Result.TOLD)]


def test_an_answer_to_a_question_is_taken_down_and_the_call_is_done():
    reference = sent(phone=LANDLINE)
    officer("accept", reference, town.LI_NA)
    officer("ask", reference, town.LI_NA, missing="Which floor?", text="The house has nine.")
    passes()
    zhao_min = at_desk(town.ZHAO_MIN)
    form = zhao_min.get(f"/desk/{reference}/answer/?request=1&channel=phone").context["form"]
    assert (form["request"].value(), form["channel"].value()) == ("1", "phone")
    does(zhao_min, "answer", reference, text="The ninth", request="1", channel="phone")
    assert find(reference).state.state == "in_progress"
    passes()
    assert left() == [("question", Result.OVERTAKEN)]


def test_a_question_that_was_answered_meanwhile_is_off_the_list():
    reference = sent(phone=LANDLINE)
    officer("accept", reference, town.LI_NA)
    officer("ask", reference, town.LI_NA, missing="Which floor?", text="The house has nine.")
    passes()
    perform("answer", reference, {"text": "The ninth"}, by=Actor.requester(1), now=town.MONDAY)
    passes()
    assert left() == [("question", Result.OVERTAKEN)]


def test_a_newer_call_takes_the_place_of_an_older_one():
    reference = asked()
    officer("reject-proposal", reference, town.CHEN_HUI, reason="work_not_done", text="Not yet")
    officer("propose", reference, town.LI_NA, outcome="resolved", text="Now")
    passes()
    assert left() == [("proposed", Result.OVERTAKEN), ("proposed", "")]


def test_nobody_is_asked_before_the_result_can_be_seen():
    reference = sent(phone=LANDLINE)
    officer("accept", reference, town.LI_NA)
    visible = town.MONDAY + timedelta(days=3)
    values = {"outcome": "resolved", "text": "Quiet now", "confirm_not_before": visible}
    officer("propose", reference, town.LI_NA, **values)
    passes()
    zhao_min = at_desk(town.ZHAO_MIN)
    page = words_of(zhao_min.get(PATH))
    assert "Nobody has to be called now." in page
    assert "One more call comes later." in page
    later(days=3, hours=1)
    assert MASKED in words_of(zhao_min.get(PATH))


def test_a_telephone_that_was_erased_is_not_shown():
    asked()
    stream = bytes(Case.objects.get().stream)
    erase(stream, erasable(stream))
    page = words_of(at_desk(town.ZHAO_MIN).get(PATH))
    assert MASKED not in page
    assert "(erased)" in page


def test_no_number_and_no_name_is_kept_with_the_call():
    asked(name="Mrs Liu")
    kept = f"{CallBack.objects.values()} {Message.objects.filter(channel='call').values()}"
    for word in ("Liu", "8765", "027"):
        assert word not in kept


def test_a_call_outlives_the_message_it_is_about():
    asked()
    Message.objects.all().delete()
    assert MASKED in words_of(at_desk(town.ZHAO_MIN).get(PATH))


def test_whoever_sees_a_telephone_here_may_see_it_on_the_case():
    reference = asked()
    view = find(reference)
    facts = facts_of(view, by=Actor.officer(town.ZHAO_MIN), now=town.MONDAY)
    assert may_see_contact(facts)


def test_what_is_held_within_the_hotline_itself_is_called_by_nobody_there():
    reference = asked()
    Case.objects.filter(reference=reference).update(holder_unit="hotline")
    zhao_min = at_desk(town.ZHAO_MIN)
    page = words_of(zhao_min.get(PATH))
    assert MASKED not in page
    answer = records(zhao_min, "told")
    assert answer.status_code == 409
    assert left() == [("proposed", "")]


def test_who_is_in_the_unit_itself_with_another_post_does_not_call_about_its_work():
    reference = asked()
    directory = town.directory()
    posts = directory.posts_of(town.ZHAO_MIN, town.MONDAY)
    caller = worklist.Caller(
        officer=town.ZHAO_MIN,
        posts=posts,
        directory=directory,
        kept_out=kept_out(town.ZHAO_MIN, posts, directory),
    )
    assert worklist.calls_to_make(caller, now=town.MONDAY).due == 1
    assert find(reference).state.holder_unit == "water"
    in_both = replace(caller, posts=(*posts, directory.post("water-duty")))
    assert worklist.calls_to_make(in_both, now=town.MONDAY).due == 0


def test_who_declared_a_conflict_does_not_call():
    reference = asked()
    Case.objects.filter(reference=reference).update(particulars={"conflicts": [town.ZHAO_MIN]})
    zhao_min = at_desk(town.ZHAO_MIN)
    assert MASKED not in words_of(zhao_min.get(PATH))
    assert records(zhao_min, "told").status_code == 409


@pytest.mark.parametrize("code", [town.LI_NA, town.CHEN_HUI])
def test_others_see_nothing_and_record_nothing(code):
    asked()
    client = at_desk(code)
    assert client.get(PATH).status_code == 403
    assert records(client, "told").status_code == 403
    assert left() == [("proposed", "")]


def test_a_second_officer_who_was_slower_is_told_so():
    asked()
    zhao_min = at_desk(town.ZHAO_MIN)
    records(zhao_min, "not_reached")
    later(days=1)
    answer = records(zhao_min, "told", tries=0)
    assert answer.status_code == 409
    assert "Somebody else recorded a result" in words_of(answer)
    assert left() == [("proposed", "")]
    assert records(zhao_min, "told", tries=1).status_code == 200
    assert records(zhao_min, "told", tries=2).status_code == 409


def test_a_form_without_a_result_is_refused_with_words():
    asked()
    for result in ("", "overtaken", "solved"):
        answer = records(at_desk(town.ZHAO_MIN), result)
        assert answer.status_code == 400
        assert "Say what came of the call." in words_of(answer)
    assert left() == [("proposed", "")]


def test_nobody_has_to_be_called_is_said_in_both_languages():
    assert "Nobody has to be called now." in words_of(at_desk(town.ZHAO_MIN).get(PATH))
    assert "现在没有需要回访的诉求人。" in words_of(at_desk(town.ZHAO_MIN, "zh-CN").get(PATH))


def test_a_long_list_has_pages_and_costs_no_more(monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr(call_backs, "PAGE", 2)
    monkeypatch.setattr(worklist, "PAGE", 2)
    monkeypatch.setattr(worklist.calls_to_make, "__kwdefaults__", {"offset": 0, "limit": 2})
    references = [asked(text=f"No water on floor {number}") for number in range(5)]
    zhao_min = at_desk(town.ZHAO_MIN)
    pages = [words_of(zhao_min.get(f"{PATH}?page={number}")) for number in (1, 2, 3, 9)]
    assert "Page 1 of 3" in pages[0]
    assert pages[2] == pages[3]
    for reference in references:
        assert sum(reference in page for page in pages[:3]) == 1
    with django_assert_max_num_queries(24):
        zhao_min.get(PATH)


def test_the_worklist_leads_there():
    page = at_desk(town.ZHAO_MIN).get("/desk/?queue=call-back").content.decode()
    assert f'href="{PATH}"' in page
