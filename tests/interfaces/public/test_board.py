"""Everybody sees the same counts, each next to what it is counted from."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dandang.interfaces.public.figures import add_up, figures
from dandang.lifecycle.casework.queries import Tally, tally
from dandang.lifecycle.intake.actions import open_request
from dandang.lifecycle.intake.rules import Open, Origin
from dandang.lifecycle.states import State
from dandang.lifecycle.work import fire_until
from dandang.terms import Actor
from tests import town
from tests.interfaces.stories import browser, city, later, officer, opens, proposed, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def judges(client, reference, verdict):
    client.post(f"/c/{reference}/judge/", {"verdict": verdict})


def imports(source_id: str) -> None:
    origin = Origin("old system", source_id, town.MONDAY, ended=True)
    wish = Open(title="Old", text="Old", channel="import", origin=origin)
    importer = Actor.importer("old")
    open_request(wish, by=importer, now=town.MONDAY, access_code="")


def board() -> str:
    cache.clear()
    return words_of(browser().get("/open/"))


def test_an_empty_city_has_an_empty_board():
    words = board()
    assert "0 received" in words or "received 0" in words
    assert "No case has ended yet." in words
    assert "No unit holds a case." in words


def test_the_counts_are_those_of_the_stories():
    liu = browser()
    judges(liu, proposed(liu), "solved")
    judges(liu, proposed(liu), "no")
    silent = proposed(liu)
    opens(liu, category="noise_building_night", area="hudong")
    later(days=8)
    from dandang.lifecycle.perform import perform  # noqa: PLC0415 only here

    perform("lapse", silent, {}, by=Actor.system(), now=later(days=8))
    opens(liu)
    found = figures(later(days=8))
    assert (found.received, found.received_recently) == (5, 1)
    assert (found.open, found.overdue) == (3, 2)
    assert dict(found.ends) == {State.SOLVED: 1, State.UNANSWERED: 1}
    assert (found.asked, found.solved, found.unanswered) == (2, 1, 1)
    assert (found.ended_recently, found.solved_recently) == (1, 0)
    words = board()
    assert "of 2 asked; 1 gave no answer" in words
    assert "archived, no answer received 1" in words
    assert "Housing bureau 1 1 Water bureau 2 1" in words


def test_a_case_is_overdue_only_when_the_whole_matter_is():
    opens(browser(), category="noise_building_night", area="hudong")
    assert figures(later(days=1)).overdue == 0  # nobody accepted it in time
    assert figures(later(days=8)).overdue == 1


def test_silence_is_never_counted_as_solved():
    tallies = [one("water", State.UNANSWERED, 9), one("water", State.SOLVED, 1)]
    found = add_up(tallies, town.MONDAY)
    assert (found.solved, found.asked, found.unanswered) == (1, 10, 9)


def test_ends_without_a_question_to_anybody_are_not_among_those_asked():
    unasked = (State.DECLINED, State.EXPLAINED, State.UNREACHABLE, State.WITHDRAWN, State.MERGED)
    found = add_up([one("water", end, 2) for end in unasked], town.MONDAY)
    assert (found.ended, found.asked) == (10, 0)


def test_imported_ends_are_told_apart_and_are_in_no_figure_about_ends():
    imports("1")
    imports("2")
    words = board()
    assert "Besides these, 2 cases had ended in another system" in words
    assert "No case has ended yet." in words
    assert figures(town.MONDAY).received == 2


def test_units_stand_in_the_order_of_the_register_not_by_their_counts():
    liu = browser()
    for _ in range(3):
        opens(liu)
    opens(liu, category="city_appearance")
    words = board()
    assert words.index("Urban management bureau") < words.index("Water bureau")
    assert "not a ranking" in words


def test_a_hand_over_moves_an_open_case_to_the_other_unit():
    reference = opens(browser())
    officer(
        "hand-over",
        reference,
        town.LI_NA,
        to_post="housing-duty",
        reason="not_our_duty",
        text="Not ours",
        basis="Duty list",
    )
    assert "Housing bureau 1 0" in board()
    assert "Water bureau" not in board()


def test_the_board_names_no_person_no_place_and_no_text():
    opens(browser())
    words = board()
    for private in ("Mrs Liu", "13900000000", "No water", "Hubin", "Li Na"):
        assert private not in words


def test_the_counts_cost_one_query_however_many_cases_there_are():
    for _ in range(3):
        opens(browser())
    with CaptureQueriesContext(
        connection,
    ) as queries:
        tally(since=town.MONDAY, now=town.MONDAY)
    assert len(queries) == 1
    figures(town.MONDAY)
    with CaptureQueriesContext(connection) as queries:
        figures(town.MONDAY)
    assert len(queries) == 0


def test_the_counts_are_at_most_a_minute_old():
    figures(town.MONDAY)
    opens(browser())
    assert figures(later(seconds=59)).received == 0
    assert figures(later(seconds=60)).received == 1


def test_a_clock_that_is_set_back_does_not_bring_figures_from_the_future():
    opens(browser())
    figures(later(days=3))
    assert figures(later(days=0)).at == town.MONDAY


def test_home_shows_the_last_week_and_the_two_ways_in():
    liu = browser()
    judges(liu, proposed(liu), "solved")
    opens(liu)
    words = words_of(liu.get("/"))
    assert "received 2 ended 1 of these confirmed as solved by the requester 1 open now 1" in words
    page = liu.get("/").content.decode()
    assert 'class="big-action" href="/new/"' in page
    assert 'class="big-action" href="/c/"' in page


@pytest.mark.parametrize("path", ["/", "/open/"])
def test_the_pages_are_there_in_chinese(path):
    words = words_of(browser("zh-CN").get(path))
    assert "反映问题" in words
    assert "江城市" in words


def one(unit: str, state: State, cases: int) -> Tally:
    return Tally(
        unit=unit,
        state=state,
        is_imported_end=False,
        cases=cases,
        received_recently=0,
        ended_recently=0,
        overdue=0,
    )


def test_a_case_that_nobody_moved_to_the_last_step_shows_its_unit_and_age_alone():
    assert "No open case has come to the step" in board()
    liu = browser()
    reference = opens(liu, category="city_appearance", area="hudong")
    fire_until(later(days=30))
    words = board()
    assert "One open case has come to the step" in words
    assert "Days overdue" in words
    for private in (reference, "Ma Lin", "Chen Hui", "Hudong"):
        assert private not in words
