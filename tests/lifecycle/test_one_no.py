"""Stories of one "no" among many callers: it concerns one address, and the others stay solved."""

from dandang.lifecycle.states import State, Verdict
from dandang.terms import Actor
from tests import town
from tests.lifecycle.story import MRS_LIU, Story

MR_ZHOU = Actor.requester(2)
DONE = {"outcome": "resolved", "text": "It is done"}


def outage(callers: int) -> Story:
    """No water: so many callers in one case, and Li Na says that it runs again."""
    story = Story().opens()
    for _ in range(callers - 1):
        story.does("attach", MRS_LIU, text="Here too")
    return story.does("accept", town.LI_NA).does("propose", town.LI_NA, **DONE)


def test_one_no_among_sixty_callers_concerns_one_address() -> None:
    story = outage(60)
    for number in range(1, 60):
        story.does("judge", Actor.requester(number), verdict="solved")
    story.does("judge", Actor.requester(60), verdict="no", text="Still dry on the top floor")
    (part,) = story.children()
    assert [one.verdict for one in story.case.active] == [Verdict.SOLVED] * 59
    assert (part.case.refusals, part.names[:2]) == (1, ["case_opened", "premature_close"])
    part.does("propose", town.LI_NA, **DONE).does("judge", MRS_LIU, verdict="solved")
    assert (story.case.state, story.case.end_cause) == (State.SOLVED, "children")


def test_a_second_no_about_one_matter_goes_to_supervision_whoever_says_it() -> None:
    story = Story().opens().does("accept", town.LI_NA).does("propose", town.LI_NA, **DONE)
    story.does("judge", MRS_LIU, verdict="no").does("attach", MRS_LIU, text="Here too")
    story.does("propose", town.LI_NA, **DONE).does("judge", MR_ZHOU, verdict="no")
    (part,) = story.children()
    assert part.names[-2:] == ["premature_close", "escalated"]
    assert part.case.holder == town.directory().supervising_post("water").code


def test_partly_without_consent_goes_on_alone_too_and_is_no_premature_close() -> None:
    story = outage(2).does("judge", MR_ZHOU, verdict="partly", text="Brown water")
    (part,) = story.children()
    assert part.names == ["case_opened"]
    assert story.names[-1] == "split"


def test_a_window_that_ends_while_a_part_is_open_waits_for_the_part() -> None:
    story = outage(3).does("judge", MR_ZHOU, verdict="no")
    story.does("judge", MRS_LIU, verdict="solved").after(days=30).does("lapse", Actor.system())
    assert (story.case.state, story.case.lapsed) == (State.PROPOSED, True)
    assert "judgement_window" not in story.case.clocks
    (part,) = story.children()
    part.now = story.now
    part.does("propose", town.LI_NA, **DONE).does("judge", MRS_LIU, verdict="solved")
    assert story.case.state is State.SOLVED


def test_when_the_last_requester_withdraws_an_open_part_still_holds_the_parent() -> None:
    story = outage(2).does("judge", MR_ZHOU, verdict="no").does("withdraw", MRS_LIU)
    assert story.case.is_open
    (part,) = story.children()
    part.does("withdraw", MRS_LIU)
    assert (part.case.state, story.case.state) == (State.WITHDRAWN, State.WITHDRAWN)


def test_an_answer_changed_to_no_after_the_end_opens_a_part_and_the_parent_waits() -> None:
    story = (
        outage(2).does("judge", MRS_LIU, verdict="solved").does("judge", MR_ZHOU, verdict="solved")
    )
    assert story.case.state is State.SOLVED
    story.after(days=3).does("judge", MR_ZHOU, verdict="no", text="Dry again")
    assert (story.case.state, len(story.children())) == (State.PROPOSED, 1)
    assert story.case.clocks["total"] == story.case.total


def test_a_late_caller_starts_the_window_again_where_everybody_had_judged() -> None:
    story = outage(2).does("judge", MR_ZHOU, verdict="no").does("judge", MRS_LIU, verdict="solved")
    assert "judgement_window" not in story.case.clocks
    story.does("attach", MRS_LIU, text="And here")
    assert story.case.clocks["judgement_window"].at > story.now
