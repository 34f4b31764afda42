"""That an officer objected in writing is nothing to requesters and to the public."""

from datetime import timedelta

from django.utils.translation import override

from dandang.interfaces.public.cases.lines import public_lines
from dandang.interfaces.shared.timeline import Reader, timeline
from dandang.interfaces.shared.words.names import Names
from dandang.ledger.queries import StoredEvent
from tests import town
from tests.lifecycle.story import MRS_LIU, Story

LATE = "answer the objection"
NAMES = Names(town.directory(), town.policy())
PERMIT = {"reason": "permit_valid", "basis": "Permit 88", "text": "They may work at night"}


def objected_by_an_officer() -> Story:
    story = Story().opens().does("accept", town.LI_NA)
    story.does("object", town.LI_NA, to_post="water-head", text="We were told to close it")
    return let_pass(story)


def objected_by_the_requester() -> Story:
    story = Story().opens("noise_building_night").does("accept", town.WANG_QIANG)
    story.does("propose", town.WANG_QIANG, outcome="explained", **PERMIT)
    story.does("explain", town.CHEN_HUI, **PERMIT)
    return let_pass(story.does("object", MRS_LIU, text="There is no permit"))


def let_pass(story: Story) -> Story:
    due = story.case.clocks["objection_answer"].at
    assert due is not None
    story.lets_time_run(due + timedelta(minutes=1))
    missed = [one.event.to_fields().get("clock") for one in story.records]
    assert "objection_answer" in missed
    return story


def read_by_requester(story: Story) -> str:
    history = [(event, dict[str, object]()) for event in events_of(story)]
    return " ".join(entry.what for entry in timeline(history, Reader(1, NAMES, story.now)))


def read_by_everybody(story: Story) -> str:
    return " ".join(line.what for line in public_lines(events_of(story), NAMES, story.now))


def events_of(story: Story) -> list[StoredEvent]:
    return [
        StoredEvent(
            event_id=number,
            stream=b"",
            seq=number,
            type=record.event.type_name(),
            at=record.occurred_at,
            leaf_hash=b"",
            fields=record.event.to_fields(),
            actor=record.by,
            occurred_at=record.occurred_at,
            post=record.post,
            dues=(),
        )
        for number, record in enumerate(story.records)
    ]


def test_the_requester_reads_of_their_own_objection_alone_that_it_was_not_answered() -> None:
    with override("en"):
        assert LATE not in read_by_requester(objected_by_an_officer())
        assert LATE in read_by_requester(objected_by_the_requester())


def test_everybody_reads_of_no_objection() -> None:
    with override("en"):
        for story in (objected_by_an_officer(), objected_by_the_requester()):
            lines = read_by_everybody(story)
            assert "Accepted by the unit" in lines
            assert LATE not in lines
