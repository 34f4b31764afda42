"""A report that is not sent yet: kept for fourteen days, then gone for good."""

from datetime import timedelta

import pytest

from dandang.lifecycle.casework.files.prepared import MAX_FILES, MediaType, PreparedFile
from dandang.lifecycle.casework.queries import counted, find
from dandang.lifecycle.casework.wanted import Wanted
from dandang.lifecycle.intake.actions import Sending, open_request
from dandang.lifecycle.intake.draft_files import add_files, files_of, list_files, remove_file
from dandang.lifecycle.intake.drafts import (
    KEPT,
    Draft,
    change_draft,
    find_draft,
    forget_draft,
    forget_old_drafts,
)
from dandang.lifecycle.intake.models import DraftFileRow, DraftRow
from dandang.lifecycle.intake.queries import sent_as
from dandang.lifecycle.intake.rules import Attach, Open
from dandang.lifecycle.intake.sending import join_case, send_draft
from dandang.terms import Actor, Code, Refusal, new_access_code
from tests import town

pytestmark = pytest.mark.django_db

KEY, OTHER = "a" * 64, "b" * 64
MRS_LIU = Actor.requester(1)
WISH = Open(title="No water", text="No water at all", channel="web", can_follow=True)


@pytest.fixture(autouse=True)
def jiangcheng():
    town.build(town.MONDAY)


def writes(key=KEY, text="No water", at=town.MONDAY):
    return change_draft(key, lambda it: it.with_step("what", {"text": text}, is_done=True), now=at)


def picture(content=b"one"):
    return PreparedFile(name="tap.jpg", media_type=MediaType.JPEG, content=content, width=3)


def sending(key=OTHER):
    return Sending(key, new_access_code())


def test_a_draft_is_found_again_with_what_was_typed_and_by_nobody_without_its_key():
    writes()
    found = find_draft(KEY, now=town.MONDAY)
    assert found.typed == {"what": {"text": "No water"}}
    assert list(found.done) == ["what"]
    assert found.changed_at == town.MONDAY
    assert find_draft(OTHER, now=town.MONDAY) is None


def test_two_tabs_do_not_lose_each_others_steps():
    writes()
    change_draft(
        KEY, lambda it: it.with_step("where", {"area": "city"}, is_done=True), now=town.MONDAY
    )
    assert set(find_draft(KEY, now=town.MONDAY).typed) == {"what", "where"}


def test_a_step_with_a_mistake_is_kept_and_is_not_done_any_more():
    writes()
    draft = change_draft(
        KEY, lambda it: it.with_step("what", {"text": " "}, is_done=False), now=town.MONDAY
    )
    assert draft.typed["what"] == {"text": " "}
    assert list(draft.done) == []


def test_what_could_never_be_sent_is_not_kept():
    assert Draft().with_step("what", {"text": "x" * 40_001}, is_done=False).typed == {"what": {}}
    assert Draft().with_step("what", {"text": "x" * 40_000}, is_done=False).typed["what"]


@pytest.mark.parametrize("text", ["a\0b", "a\ud800b"])
def test_what_no_row_can_hold_is_not_kept(text):
    assert Draft().with_step("what", {"text": text}, is_done=False).typed == {"what": {}}


def test_matters_declined_twice_stand_there_once():
    assert Draft().without(["A", "B"]).without(["B", "C"]).declined == ["A", "B", "C"]


def test_a_draft_ends_fourteen_days_after_the_last_change():
    writes()
    writes(at=town.MONDAY + timedelta(days=13))
    end = town.MONDAY + timedelta(days=13) + KEPT
    assert find_draft(KEY, now=end - timedelta(seconds=1)) is not None
    assert find_draft(KEY, now=end) is None
    assert forget_old_drafts(now=end - timedelta(seconds=1)) == 0
    assert forget_old_drafts(now=end) == 1
    assert not DraftRow.objects.exists()


def test_who_writes_after_that_begins_anew():
    writes(text="Old words")
    again = change_draft(
        KEY, lambda it: it.with_step("where", {}, is_done=True), now=town.MONDAY + KEPT
    )
    assert set(again.typed) == {"where"}


def test_old_drafts_go_a_few_at_a_time_and_their_files_with_them():
    for key in (KEY, OTHER):
        writes(key)
        add_files(key, [picture()])
    assert forget_old_drafts(now=town.MONDAY + KEPT, limit=1) == 1
    assert DraftFileRow.objects.count() == 1


def test_a_draft_given_up_leaves_no_row_behind():
    writes()
    add_files(KEY, [picture()])
    forget_draft(KEY)
    assert not DraftRow.objects.exists()
    assert not DraftFileRow.objects.exists()


def test_files_come_back_as_they_were_and_the_same_one_is_kept_once():
    writes()
    add_files(KEY, [picture(), picture(b"two")])
    add_files(KEY, [picture()])
    assert files_of(KEY) == [picture(), picture(b"two")]
    first, second = list_files(KEY)
    assert (first.name, first.size) == ("tap.jpg", 3)
    remove_file(OTHER, second.number)
    remove_file(KEY, first.number)
    assert files_of(KEY) == [picture(b"two")]


def test_too_many_files_are_refused_together():
    writes()
    add_files(KEY, [picture(bytes([n])) for n in range(1, MAX_FILES)])
    with pytest.raises(Refusal) as refused:
        add_files(KEY, [picture(b"six"), picture(b"seven")])
    assert refused.value.code is Code.TOO_MANY_FILES
    assert len(list_files(KEY)) == MAX_FILES - 1


def test_a_draft_that_is_sent_is_a_case_and_no_draft_any_more():
    writes()
    code = new_access_code()
    receipt = send_draft(KEY, WISH, now=town.MONDAY, access_code=code)
    assert find_draft(KEY, now=town.MONDAY) is None
    assert sent_as(KEY) == receipt.reference
    again = send_draft(KEY, WISH, now=town.MONDAY, access_code=code)
    assert (again.reference, again.existing) == (receipt.reference, True)
    assert counted(Wanted()) == 1


def test_a_sending_that_is_refused_keeps_the_draft():
    writes()
    with pytest.raises(Refusal):
        send_draft(
            KEY,
            Open(title="x", text="x", channel="web", area="atlantis"),
            now=town.MONDAY,
            access_code=new_access_code(),
        )
    assert find_draft(KEY, now=town.MONDAY) is not None
    assert sent_as(KEY) is None


def test_mr_zhou_joins_the_matter_of_mrs_liu_as_a_requester_of_his_own():
    of_liu = open_request(WISH, by=MRS_LIU, now=town.MONDAY).reference
    writes(OTHER)
    receipt = join_case(
        of_liu, Attach("Here too"), now=town.MONDAY, sending=sending(KEY), draft=OTHER
    )
    assert receipt.reference != of_liu
    case = find(receipt.reference)
    assert (case.case_reference, case.request_number) == (of_liu, 2)
    assert find_draft(OTHER, now=town.MONDAY) is None
    assert counted(Wanted()) == 1


def test_joining_twice_with_one_form_is_joining_once():
    of_liu = open_request(WISH, by=MRS_LIU, now=town.MONDAY).reference
    form = sending()
    first = join_case(of_liu, Attach(""), now=town.MONDAY, sending=form)
    again = join_case(of_liu, Attach(""), now=town.MONDAY, sending=form)
    assert (again.reference, again.access_code) == (first.reference, first.access_code)
    assert again.existing
    assert len(find(of_liu).state.requests) == 2


def test_nobody_joins_what_has_ended():
    of_liu = open_request(WISH, by=MRS_LIU, now=town.MONDAY).reference
    from dandang.lifecycle.perform import perform  # noqa: PLC0415 only here

    perform("withdraw", of_liu, {}, by=MRS_LIU, now=town.MONDAY)
    writes(OTHER)
    with pytest.raises(Refusal) as refused:
        join_case(of_liu, Attach(""), now=town.MONDAY, sending=sending(KEY), draft=OTHER)
    assert refused.value.code is Code.CASE_ENDED
    assert find_draft(OTHER, now=town.MONDAY) is not None


def test_nothing_is_written_to_a_draft_that_was_sent():
    writes()
    send_draft(KEY, WISH, now=town.MONDAY, access_code=new_access_code())
    for act in (writes, lambda: add_files(KEY, [picture()])):
        with pytest.raises(Refusal) as refused:
            act()
        assert refused.value.code is Code.CHANGED_MEANWHILE
    assert not DraftRow.objects.exists()
