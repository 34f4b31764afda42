"""Several people, tabs and clicks at the same moment: one request for each sender, never two."""

from functools import partial

import pytest

from dandang.lifecycle.casework.files.prepared import MediaType, PreparedFile
from dandang.lifecycle.casework.models import Case, Request
from dandang.lifecycle.casework.queries import find, history
from dandang.lifecycle.intake.actions import Sending, open_request
from dandang.lifecycle.intake.draft_files import add_files
from dandang.lifecycle.intake.drafts import change_draft, find_draft
from dandang.lifecycle.intake.models import DraftRow
from dandang.lifecycle.intake.rules import Attach, Open
from dandang.lifecycle.intake.sending import join_case, send_draft
from dandang.terms import Actor, new_access_code
from tests import town
from tests.lifecycle.at_once import at_once

WISH = Open(title="No water", text="No water at all", channel="web", can_follow=True)
KEY = "a" * 64


@pytest.fixture(autouse=True)
def jiangcheng(fresh_database: str) -> None:
    town.build(town.MONDAY)


def test_a_form_sent_four_times_at_once_is_one_case_with_one_receipt() -> None:
    change_draft(KEY, lambda empty: empty, now=town.MONDAY)
    code = new_access_code()
    send = partial(send_draft, KEY, WISH, now=town.MONDAY, access_code=code)
    receipts = at_once([send] * 4)
    assert len({receipt.reference for receipt in receipts}) == 1
    assert [receipt.existing for receipt in receipts].count(False) == 1
    assert Case.objects.count() == 1
    assert not DraftRow.objects.exists()


def test_people_who_join_at_the_same_moment_are_each_a_requester_of_their_own() -> None:
    reference = open_request(WISH, by=Actor.requester(1), now=town.MONDAY).reference
    joins = [
        partial(
            join_case,
            reference,
            Attach(f"Person {number}"),
            now=town.MONDAY,
            sending=Sending(str(number) * 64, new_access_code()),
        )
        for number in range(4)
    ]
    receipts = at_once(joins)
    assert len({receipt.reference for receipt in receipts}) == 4
    assert sorted(Request.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5]
    for event, _ in history(find(reference).stream):
        if event.type == "request_attached":
            assert event.actor == Actor.requester(int(str(event.fields["request"])))


def test_one_form_joined_with_four_times_at_once_is_one_request() -> None:
    reference = open_request(WISH, by=Actor.requester(1), now=town.MONDAY).reference
    sending = Sending("b" * 64, new_access_code())
    join = partial(join_case, reference, Attach("Here too"), now=town.MONDAY, sending=sending)
    receipts = at_once([join] * 4)
    assert len({receipt.reference for receipt in receipts}) == 1
    assert Request.objects.count() == 2


def test_steps_sent_from_several_tabs_at_once_are_all_kept() -> None:
    def writes(step: str):
        return change_draft(
            KEY, lambda it: it.with_step(step, {"text": step}, is_done=True), now=town.MONDAY
        )

    at_once([partial(writes, step) for step in ("where", "what", "contact", "similar")])
    draft = find_draft(KEY, now=town.MONDAY)
    assert set(draft.typed) == {"where", "what", "contact", "similar"}


def test_a_step_that_comes_while_the_draft_is_sent_leaves_no_second_draft() -> None:
    for turn in range(6):
        key = str(turn) * 64
        change_draft(key, lambda empty: empty, now=town.MONDAY)
        send = partial(send_draft, key, WISH, now=town.MONDAY, access_code=new_access_code())

        def writes(key: str = key) -> object:
            return change_draft(
                key, lambda it: it.with_step("what", {"text": "x"}, is_done=True), now=town.MONDAY
            )

        def adds(key: str = key) -> object:
            file = PreparedFile(name="a.jpg", media_type=MediaType.JPEG, content=b"a")
            return add_files(key, [file])

        done = at_once([send, writes, adds])
        assert len(done) == 3, "nobody ended in an error"
        assert not DraftRow.objects.filter(key=key).exists()
    assert Case.objects.count() == 6
