"""Files stand beside the events they came with: kept with them or not, erased with the case."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from dandang.ledger import audit
from dandang.ledger.queries import size
from dandang.lifecycle.casework.files.prepared import (
    MAX_FILES,
    MAX_OF_REQUESTER,
    MediaType,
    PreparedFile,
)
from dandang.lifecycle.casework.files.preparing import prepare
from dandang.lifecycle.casework.files.queries import ListedFile, content_of, files_in
from dandang.lifecycle.casework.models import KeptFile
from dandang.lifecycle.casework.queries import find, history, listed
from dandang.lifecycle.casework.wanted import Wanted
from dandang.lifecycle.intake.actions import Sending, attach_request, open_request
from dandang.lifecycle.intake.rules import Attach, Open
from dandang.lifecycle.perform import perform
from dandang.lifecycle.replay import replay
from dandang.terms import Actor, Code, Refusal
from tests import town
from tests.lifecycle import uploads
from tests.lifecycle.story import MRS_LIU

pytestmark = pytest.mark.django_db

LI_NA = Actor.officer(town.LI_NA)
PHOTO = prepare("my kitchen 厨房.jpg", uploads.photo())
LETTER = prepare("letter.pdf", uploads.document())


@pytest.fixture(autouse=True)
def city() -> None:
    town.build()


def many(number: int) -> list[PreparedFile]:
    return [
        PreparedFile(name=f"{one}.jpg", media_type=MediaType.JPEG, content=bytes([one]) * 9)
        for one in range(number)
    ]


def opens(files: Sequence[PreparedFile] = (PHOTO, LETTER), **more: str) -> str:
    wish = Open(
        title="No water",
        text="No water since this morning.",
        channel="web",
        category="water_supply",
        area="hudong",
        can_follow=True,
        files=tuple(files),
    )
    return open_request(wish, by=MRS_LIU, now=town.MONDAY, **more).reference


def joins(reference: str, files: Sequence[PreparedFile]) -> str:
    wish = Attach("Number 5 is dry, too.", channel="phone", files=tuple(files))
    _, receipt = attach_request(
        reference,
        wish,
        by=Actor.officer(town.ZHAO_MIN),
        now=town.MONDAY,
        sending=Sending("form", "code"),
    )
    return receipt.reference


def does(reference: str, verb: str, by: Actor, files: Sequence[PreparedFile] = (), **values: str):
    return perform(verb, reference, values, by=by, now=town.MONDAY, files=files)


def files_of(reference: str) -> list[tuple[str, ListedFile]]:
    """Return the events of a case that have files, each with one of them."""
    return [
        (event.type, file)
        for event, personal in history(find(reference).stream)
        for file in files_in(personal)
    ]


def test_a_request_keeps_its_files_in_their_order() -> None:
    reference = opens()
    (_, first), (_, second) = files_of(reference)
    assert (first.name, first.media_type, first.size) == (
        "my kitchen 厨房.jpg",
        MediaType.JPEG,
        PHOTO.size,
    )
    assert (first.width, first.height) == (64, 48)
    assert (second.name, second.width) == ("letter.pdf", None)
    kept = content_of(first.id)
    assert kept is not None
    assert (kept.name, kept.media_type, kept.content) == (
        PHOTO.name,
        PHOTO.media_type,
        PHOTO.content,
    )
    assert KeptFile.objects.get(pk=first.id).request == 1


def test_the_event_names_what_was_kept_and_only_in_what_can_be_erased() -> None:
    reference = opens()
    with connection.cursor() as cursor:
        cursor.execute("SELECT entry, disclosures FROM ledger_event ORDER BY id")
        ledger = b"".join(bytes(entry) + text.encode() for entry, text in cursor.fetchall())
        cursor.execute("SELECT count(*) FROM ledger_personal WHERE name = 'files'")
        assert cursor.fetchone() == (1,)
    assert PHOTO.sha256.encode() not in ledger
    assert b"kitchen" not in ledger
    (event, personal), *_ = history(find(reference).stream)
    assert "files" not in event.fields
    kept = [KeptFile.objects.get(pk=file.id).sha256 for file in files_in(personal)]
    assert kept == [PHOTO.sha256, LETTER.sha256]


def test_files_come_with_details_answers_and_requests_that_join() -> None:
    reference = opens(())
    joined = joins(reference, [PHOTO])
    does(reference, "note", MRS_LIU, [LETTER], text="The letter of the water works")
    does(reference, "accept", LI_NA)
    does(reference, "note", LI_NA, [PHOTO], text="Seen on site")
    does(reference, "ask", LI_NA, missing="A photo", text="Please send a photo of the meter.")
    does(joined, "answer", Actor.requester(2), [PHOTO, LETTER], text="Here it is")
    assert [kind for kind, _ in files_of(reference)] == [
        "request_attached",
        "note_added",
        "note_added",
        "question_answered",
        "question_answered",
    ]
    whose = [KeptFile.objects.get(pk=file.id).request for _, file in files_of(reference)]
    assert whose == [2, 1, None, 2, 2]
    assert not replay().differences
    assert not list(audit.check_streams())


def test_what_an_officer_takes_down_belongs_to_who_said_it() -> None:
    reference = opens(())
    zhao = Actor.officer(town.ZHAO_MIN)
    does(
        reference, "note", zhao, [PHOTO], text="She brought a photo", request="1", channel="counter"
    )
    assert [KeptFile.objects.get(pk=file.id).request for _, file in files_of(reference)] == [1]


def test_a_verb_without_files_refuses_them_and_nothing_is_written() -> None:
    reference = opens(())
    before = size()
    with pytest.raises(Refusal) as caught:
        does(reference, "withdraw", MRS_LIU, [PHOTO])
    assert (caught.value.code, caught.value.details["field"]) == (Code.FIELD_UNKNOWN, "files")
    assert (size(), KeptFile.objects.count()) == (before, 0)


def test_a_refused_act_keeps_no_file() -> None:
    reference = opens(())
    before = size()
    with pytest.raises(Refusal):
        does(reference, "note", Actor.officer(town.CAO_LEI), [PHOTO], text="From a stranger")
    with pytest.raises(Refusal):
        does(reference, "answer", MRS_LIU, [PHOTO], text="Nobody asked")
    assert (size(), KeptFile.objects.count()) == (before, 0)


def test_too_many_files_are_refused_and_nothing_is_written() -> None:
    reference = opens(())
    before = size()
    with pytest.raises(Refusal) as caught:
        does(reference, "note", MRS_LIU, many(MAX_FILES + 1), text="All of them")
    assert (caught.value.code, caught.value.details["limit"]) == (Code.TOO_MANY_FILES, MAX_FILES)
    with pytest.raises(Refusal):
        opens(many(MAX_FILES + 1))
    assert (size(), KeptFile.objects.count()) == (before, 0)


def test_one_requester_cannot_fill_the_case_for_another() -> None:
    reference = opens(())
    for _ in range(MAX_OF_REQUESTER // MAX_FILES):
        does(reference, "note", MRS_LIU, many(MAX_FILES), text="More")
    with pytest.raises(Refusal) as caught:
        does(reference, "note", MRS_LIU, [PHOTO], text="One more")
    assert caught.value.details["limit"] == MAX_OF_REQUESTER
    assert joins(reference, [PHOTO])
    does(reference, "accept", LI_NA)
    does(reference, "note", LI_NA, [PHOTO], text="Seen on site")
    assert KeptFile.objects.count() == MAX_OF_REQUESTER + 2


def test_a_case_takes_only_so_much(monkeypatch: pytest.MonkeyPatch) -> None:
    path = "dandang.lifecycle.casework.actions.files.MAX_OF_CASE"
    monkeypatch.setattr(path, PHOTO.size + 10)
    reference = opens([PHOTO])
    before = size()
    with pytest.raises(Refusal) as caught:
        joins(reference, [LETTER])
    assert caught.value.code is Code.NO_ROOM_FOR_FILES
    assert (size(), KeptFile.objects.count()) == (before, 1)
    assert joins(reference, ())


def test_the_same_sending_again_keeps_nothing_twice() -> None:
    first = opens(submission="a" * 64)
    assert opens(submission="a" * 64) == first
    assert KeptFile.objects.count() == 2
    joined = joins(first, [PHOTO])
    assert joins(first, [PHOTO]) == joined
    assert KeptFile.objects.count() == 3


def test_what_is_rolled_back_leaves_no_file() -> None:
    reference = opens(())
    with transaction.atomic():
        does(reference, "note", MRS_LIU, [PHOTO], text="Never mind")
        transaction.set_rollback(True)
    assert KeptFile.objects.count() == 0


def test_lists_and_histories_never_load_the_bytes() -> None:
    reference = opens()
    does(reference, "note", MRS_LIU, [PHOTO], text="More")
    with CaptureQueriesContext(connection) as asked:
        listed(Wanted())
        files_of(reference)
        view = find(reference)
    assert view.reference == reference
    assert sum("casework_file" in query["sql"] for query in asked) == 1
    assert not any("content" in query["sql"] for query in asked)


def test_a_case_without_files_costs_no_query_more() -> None:
    stream = find(opens(())).stream
    with CaptureQueriesContext(connection) as asked:
        history(stream)
    assert len(asked) == 2


def test_after_an_erasure_no_byte_and_no_name_is_left_and_all_can_still_be_proved() -> None:
    reference, other = opens(), opens()
    for one in (reference, other):
        does(one, "note", MRS_LIU, [PHOTO], text="More")
        does(one, "withdraw", MRS_LIU)
    (_, file), *_ = files_of(reference)
    for verb, officer, values in (
        ("ask-erase", town.ZHAO_MIN, {"basis": "Personal information law, article 47"}),
        ("erase", town.CHEN_HUI, {}),
    ):
        now = town.MONDAY + timedelta(days=40)
        perform(verb, reference, values, by=Actor.officer(officer), now=now)
    assert files_of(reference) == []
    assert content_of(file.id) is None
    assert len(files_of(other)) == 3
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM casework_file WHERE case_id = %s", [_case(reference)])
        assert cursor.fetchone() == (0,)
    assert not replay().differences
    assert not list(audit.check_streams())


def _case(reference: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT case_id FROM casework_request WHERE reference = %s", [reference])
        return int(cursor.fetchone()[0])


def test_a_refused_erasure_erases_no_file() -> None:
    reference = opens()
    with pytest.raises(Refusal):
        does(reference, "erase", Actor.officer(town.CHEN_HUI))
    assert len(files_of(reference)) == 2
