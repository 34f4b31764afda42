"""Stories of the one write path: what is done stands in ledger and rows, a refusal in neither."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from dandang.ledger.queries import size
from dandang.lifecycle.casework.actions.act import Done
from dandang.lifecycle.casework.models import Case, Clock, Request
from dandang.lifecycle.casework.queries import counted, find, history, listed
from dandang.lifecycle.casework.wanted import Wanted
from dandang.lifecycle.intake.actions import open_request
from dandang.lifecycle.intake.rules import Contact, Open, Origin
from dandang.lifecycle.perform import Performed, perform
from dandang.lifecycle.replay import replay
from dandang.lifecycle.states import State
from dandang.terms import Actor, Code, Refusal, access_hash
from tests import town
from tests.lifecycle.at_once import at_once

MRS_LIU = Actor.requester(1)
NOT_OURS = {"reason": "not_our_duty", "text": "The main is theirs", "basis": "Duty list 9"}


def opened(category: str = "city_appearance", **more: object) -> str:
    wish = Open(
        title="Rubbish",
        text="Rubbish in Lane 9 for a week",
        channel="web",
        category=category,
        area="hudong",
        contact=Contact(name="刘女士", phone="13900000000"),
        **more,
    )
    return open_request(wish, by=MRS_LIU, now=town.MONDAY).reference


def officer_does(
    verb: str, reference: str, officer: str, *, seen: int | None = None, **values: object
) -> Performed:
    now = town.MONDAY + timedelta(hours=1)
    by = Actor.officer(officer)
    return perform(verb, reference, values, by=by, now=now, seen_seq=seen)


@pytest.fixture
def city(db: None) -> None:
    town.build()


def no_difference() -> None:
    result = replay()
    assert result.differences == ()
    assert result.cases == Case.objects.count()


def test_a_request_is_a_case_with_a_holder_a_receipt_and_two_events(city: None) -> None:
    reference = opened()
    view = find(reference.lower().replace("-", " "))
    assert (view.state.state, view.state.holder) == (State.ASSIGNED, "cityman-duty")
    events = history(view.stream)
    assert [event.type for event, _ in events] == ["case_opened", "assigned"]
    assert events[0][1]["text"] == "Rubbish in Lane 9 for a week"
    assert events[0][1]["phone"] == "13900000000"
    no_difference()


def test_the_ledger_entries_hold_no_word_of_the_requester(city: None) -> None:
    opened()
    with connection.cursor() as cursor:
        cursor.execute("SELECT entry, disclosures FROM ledger_event")
        kept = b"".join(bytes(entry) + text.encode() for entry, text in cursor.fetchall())
    for word in ("Lane 9", "刘女士", "13900000000"):
        assert word.encode() not in kept


def test_the_access_code_is_stored_only_as_its_hash(city: None) -> None:
    receipt = open_request(
        Open(title="A", text="A lamp is out", channel="web"), by=MRS_LIU, now=town.MONDAY
    )
    row = Request.objects.get(reference=receipt.reference)
    assert bytes(row.access_hash) == access_hash(receipt.access_code)


def test_every_act_leaves_ledger_rows_and_replay_in_step(city: None) -> None:
    reference = opened()
    officer_does("accept", reference, town.CAO_LEI)
    officer_does("contacted", reference, town.CAO_LEI, how="phone", text="Tomorrow")
    officer_does("ask", reference, town.CAO_LEI, missing="The gate", text="Which gate?")
    now = town.MONDAY + timedelta(hours=5)
    perform("answer", reference, {"text": "The east gate"}, by=MRS_LIU, now=now)
    officer_does("propose", reference, town.CAO_LEI, outcome="resolved", text="It is clean")
    done = perform("judge", reference, {"verdict": "solved"}, by=MRS_LIU, now=now).done
    assert done.state is State.SOLVED
    no_difference()
    assert list(Clock.objects.values_list("name", flat=True)) == ["look_back"]


def test_a_refused_act_leaves_ledger_and_rows_as_they_were(city: None) -> None:
    reference = opened()
    before = (size(), Case.objects.values().get(), list(Clock.objects.order_by("id").values()))
    for verb, officer, values in (
        ("accept", town.LI_NA, {}),
        ("hand-over", town.CAO_LEI, {**NOT_OURS, "to_post": "nowhere"}),
        ("propose", town.CAO_LEI, {"outcome": "resolved", "text": "Done"}),
        ("reply", town.CAO_LEI, {"text": ""}),
        ("fly", town.CAO_LEI, {}),
        ("pause", town.CAO_LEI, {}),
    ):
        with pytest.raises(Refusal):
            officer_does(verb, reference, officer, **values)
    after = (size(), Case.objects.values().get(), list(Clock.objects.order_by("id").values()))
    assert before == after


def test_an_unknown_reference_is_not_found(city: None) -> None:
    with pytest.raises(Refusal) as caught:
        officer_does("accept", "2222-2222", town.CAO_LEI)
    assert caught.value.code is Code.NOT_FOUND


def test_custody_that_moved_since_somebody_looked_is_refused_and_a_note_is_not(city: None) -> None:
    reference = opened()
    seen = find(reference).state.seq
    officer_does("accept", reference, town.CAO_LEI)
    values = {**NOT_OURS, "to_post": "qingshan-duty"}
    with pytest.raises(Refusal) as caught:
        officer_does("hand-over", reference, town.CAO_LEI, seen=seen, **values)
    assert caught.value.code is Code.CHANGED_MEANWHILE
    officer_does("note", reference, town.CAO_LEI, seen=seen, text="I looked")
    officer_does("hand-over", reference, town.CAO_LEI, seen=seen + 1, **values)


def test_an_attached_request_has_its_own_reference_and_leads_to_the_same_case(city: None) -> None:
    reference = opened()
    receipt = officer_does(
        "attach", reference, town.ZHAO_MIN, text="Mr Zhou says the same", phone="13700000000"
    ).receipt
    assert receipt is not None
    assert receipt.reference != reference
    view = find(receipt.reference)
    assert (view.case_reference, view.request_number) == (reference, 2)
    no_difference()


def test_the_same_sending_again_gives_the_same_receipt_and_writes_nothing(city: None) -> None:
    wish = Open(title="A", text="A lamp is out", channel="web")
    first = open_request(
        wish, by=MRS_LIU, now=town.MONDAY, submission="form-1", access_code="C" * 26
    )
    written = size()
    again = open_request(
        wish, by=MRS_LIU, now=town.MONDAY, submission="form-1", access_code="C" * 26
    )
    assert (again.reference, again.access_code) == (first.reference, first.access_code)
    assert again.existing
    assert size() == written


def test_imported_history_is_unanswered_and_its_clocks_never_ran(city: None) -> None:
    sent = datetime(2024, 3, 1, tzinfo=UTC)
    origin = Origin("old", "77", sent, ended=True, state="Closed", ended_at=sent)
    reference = opened(origin=origin)
    case = find(reference).state
    assert (case.state, case.end_cause) == (State.UNANSWERED, "imported")
    assert (case.sent_at, case.counts_from) == (sent, town.MONDAY)
    assert not case.clocks
    no_difference()


def test_what_is_imported_open_counts_from_the_import(city: None) -> None:
    origin = Origin("old", "78", datetime(2024, 3, 1, tzinfo=UTC))
    case = find(opened(origin=origin)).state
    assert case.state is State.ASSIGNED
    assert case.total.at > town.MONDAY
    assert opened(origin=origin)
    assert Case.objects.count() == 1


def test_nothing_sent_in_the_future_is_imported(city: None) -> None:
    origin = Origin("old", "79", town.MONDAY + timedelta(days=1))
    with pytest.raises(Refusal) as caught:
        opened(origin=origin)
    assert caught.value.code is Code.IN_THE_FUTURE
    assert not Case.objects.exists()


def test_replay_names_a_row_that_somebody_changed_behind_the_ledgers_back(city: None) -> None:
    reference = opened()
    Case.objects.filter(reference=reference).update(holder="water-duty", hand_overs=2)
    found = {difference.column for difference in replay().differences}
    assert found == {"holder", "hand_overs"}


def test_replay_names_rows_without_events_and_events_without_rows(city: None) -> None:
    reference = opened()
    Case.objects.filter(reference=reference).update(stream=b"x" * 16)
    assert [difference.column for difference in replay().differences] == ["row", "row"]


def test_worklists_go_by_due_time_with_a_fixed_number_of_queries(
    city: None, django_assert_num_queries: Callable
) -> None:
    references = [opened(category) for category in ("city_appearance", "water_supply", "lifts")]
    with django_assert_num_queries(2):
        lines = listed(Wanted(open_only=True))
    assert {line.reference for line in lines} == set(references)
    assert [line.due_at for line in lines] == sorted(line.due_at for line in lines)
    assert {line.title for line in lines} == {"Rubbish"}
    assert counted(Wanted(posts=("water-duty",), open_only=True)) == 1


def test_of_two_hand_overs_at_once_one_wins_and_nothing_is_half_written(
    fresh_database: str,
) -> None:
    town.build()
    reference = opened()
    seen = find(reference).state.seq
    written = size()

    def to(post: str) -> Callable[[], Done]:
        values = {**NOT_OURS, "to_post": post}
        return lambda: officer_does("hand-over", reference, town.CAO_LEI, seen=seen, **values).done

    results = at_once([to("water-duty"), to("housing-duty")])
    refusals = [one for one in results if isinstance(one, Refusal)]
    won = [one for one in results if isinstance(one, Done)]
    assert [refusal.code for refusal in refusals] == [Code.CHANGED_MEANWHILE] or [
        refusal.code for refusal in refusals
    ] == [Code.NOT_THE_HOLDER]
    assert size() == written + 1
    assert find(reference).state.holder == won[0].holder
    no_difference()
