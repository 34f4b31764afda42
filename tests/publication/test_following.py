"""The follower counts what has happened, each case once, however often it is stopped."""

from datetime import timedelta

import pytest
from django.db import connection

from dandang.database import Role, connect
from dandang.ledger.sequencer import sequence_once
from dandang.lifecycle.perform import perform
from dandang.lifecycle.work import fire_until
from dandang.publication.figures import building, following, queries, showing, store
from dandang.publication.figures.models import Build, CaseFigures, Cell
from dandang.publication.figures.rules.cells import WHOLE, CellKey
from dandang.publication.figures.shapes import ALL, WHOLE_TIME, Dimension, Slice
from dandang.publication.figures.working import Keeping, standing
from dandang.terms import Actor
from tests import town
from tests.publication.city import MRS_LIU, does, done, imports, judges, later, sends
from tests.publication.counting import by_hand, catch_up, kept, rebuild

pytestmark = pytest.mark.django_db

EVERYTHING = CellKey("all", "", WHOLE)


@pytest.fixture(autouse=True)
def jiangcheng():
    town.build()


class Killed(BaseException):
    """The process is gone."""


def is_killed(*_args, **_options):
    raise Killed


def test_what_is_kept_is_what_every_case_contributes():
    sends()
    catch_up(later())
    judges(done(), "solved")
    judges(done(), "no")
    sends(category="noise_building_night", area="hudong")
    catch_up(later(days=1))
    assert kept() == by_hand(later(days=1))
    catch_up(later(days=40))
    assert kept() == by_hand(later(days=40))


def test_a_hand_over_moves_a_case_to_the_other_unit():
    reference = sends()
    catch_up(later())
    does(
        "hand-over",
        reference,
        town.LI_NA,
        to_post="housing-duty",
        reason="not_our_duty",
        text="Not ours",
        basis="Duty list",
    )
    catch_up(later())
    units = {key.value: cell for key, cell in kept().items() if key[::2] == ("unit", WHOLE)}
    assert units == {"housing": {"received": 1, "open": 1, "response:undecided": 1}}


def test_a_request_that_joins_a_case_is_no_case_of_its_own():
    reference = sends()
    perform("attach", reference, {"text": "Here too"}, by=Actor.requester(2), now=later())
    catch_up(later())
    assert kept()[EVERYTHING]["received"] == 1


def test_parts_are_counted_with_the_case_they_are_split_from():
    values = {"to_post": "housing-duty", "title": "The pump", "text": "Two things"}
    does("split", sends(), town.ZHAO_MIN, **values)
    catch_up(later())
    assert kept()[EVERYTHING]["received"] == 1
    assert CellKey("unit", "housing", WHOLE) not in kept()


def test_what_ended_in_another_system_is_received_and_in_no_end():
    imports("1")
    imports("2", ended=False)
    catch_up(later())
    cell = kept()[EVERYTHING]
    assert (cell["received"], cell["imported_end"], cell["open"]) == (2, 1, 1)
    assert not [name for name in cell if name.startswith("end:")]


def test_a_rating_is_counted_when_it_cannot_be_changed_any_more():
    reference = done()
    judges(reference, "solved")
    perform("rate", reference, {"stars": 5}, by=MRS_LIU, now=later())
    catch_up(later(days=1))
    assert "rating:high" not in kept()[EVERYTHING]
    catch_up(later(days=40))
    assert kept()[EVERYTHING]["rating:high"] == 1


def test_what_came_back_after_the_end_is_open_again_and_told():
    reference = done()
    judges(reference, "solved")
    fire_until(later(days=32))
    perform("look-back", reference, {"holds": False}, by=MRS_LIU, now=later(days=32))
    catch_up(later(days=32))
    cell = kept()[EVERYTHING]
    assert (cell["open"], cell["reopened"], cell["relapsed"]) == (1, 1, 1)
    assert cell["end:solved"] == 0


def test_killed_in_the_middle_of_a_batch_it_has_done_nothing_of_it(monkeypatch):
    sends()
    catch_up(later())
    before = kept()
    judges(done(), "solved")
    while sequence_once():
        pass
    with monkeypatch.context() as patch:
        patch.setattr(store, "add_to_cells", is_killed)
        with pytest.raises(Killed):
            following.follow_once(now=later())
    assert kept() == before
    catch_up(later(), limit=1)
    assert kept() == by_hand(later())


def test_an_event_without_an_index_waits_for_it_and_is_not_skipped():
    sends()
    catch_up(later())
    sends()
    assert following.follow_once(now=later()) == 0
    assert kept()[EVERYTHING]["received"] == 1
    catch_up(later())
    assert kept()[EVERYTHING]["received"] == 2


def test_counting_anew_reads_ahead_of_the_index_and_counts_nothing_twice():
    catch_up(later())
    judges(done(), "no")
    rebuild(later())
    assert kept() == by_hand(later())
    catch_up(later())
    assert kept() == by_hand(later())
    assert kept()[EVERYTHING]["reopened"] == 1


def test_events_that_are_read_again_change_nothing():
    judges(done(), "no")
    catch_up(later())
    before = kept()
    Build.objects.update(idx=-1)
    catch_up(later())
    assert kept() == before


def test_readers_have_the_old_figures_until_all_is_counted_anew(monkeypatch):
    for _ in range(12):
        sends()
    catch_up(later())
    building.begin(anew=True)
    building.fill_once(now=later(), page=5)
    assert queries.board(ALL, WHOLE_TIME, later()).received == 12
    assert standing().is_rebuilding
    with monkeypatch.context() as patch:
        patch.setattr(store, "save", is_killed)
        with pytest.raises(Killed):
            building.fill_once(now=later(), page=5)
    sends()
    catch_up(later())
    assert queries.board(ALL, WHOLE_TIME, later()).received == 13
    places = []
    while not (progress := building.fill_once(now=later(), page=5)).done:
        places.append(progress.gone_through)
    assert places == sorted(places)
    assert queries.board(ALL, WHOLE_TIME, later()).received == 13
    assert kept() == by_hand(later())


def test_what_nobody_reads_any_more_is_deleted_piece_by_piece():
    sends()
    catch_up(later())
    rebuild(later())
    assert building.clear_once() == 0
    (build,) = Build.objects.all()
    assert set(CaseFigures.objects.values_list("build", flat=True)) == {build.id}
    assert set(Cell.objects.values_list("build", flat=True)) == {build.id}


def test_begun_twice_it_goes_on_and_begun_anew_it_begins():
    catch_up(later())
    building.begin()
    first = Build.objects.get(state=Build.FILLING).id
    building.begin()
    assert Build.objects.get(state=Build.FILLING).id == first
    building.begin(anew=True)
    assert Build.objects.get(state=Build.FILLING).id != first


def test_another_tree_of_areas_is_counted_anew_by_the_worker(monkeypatch):
    sends()
    catch_up(later())
    known = following.places()
    flat = known.__class__({code: (code,) for code in known.areas}, known.categories, known.zone)
    monkeypatch.setattr(following, "places", lambda: flat)
    assert building.is_wanted()
    keeping = Keeping()
    while keeping.go(later()):
        pass
    assert not building.is_wanted()
    assert CellKey("area", "city", WHOLE) not in kept()
    assert kept()[CellKey("area", "hudong", WHOLE)]["received"] == 1


def test_a_build_that_rests_on_another_tree_is_left_where_it_is(monkeypatch):
    catch_up(later())
    building.begin(anew=True)
    Build.objects.filter(state=Build.FILLING).update(ground="another")
    assert building.fill_once(now=later()) is None
    building.begin()
    assert building.fill_once(now=later()) is not None


def test_a_worker_begins_by_itself_and_rests_when_all_is_counted():
    for _ in range(11):
        sends()
    assert standing().at is None
    keeping = Keeping()
    while sequence_once():
        pass
    while keeping.go(later()):
        pass
    assert queries.board(ALL, WHOLE_TIME, later()).received == 11
    found = standing()
    assert (found.behind, found.at, found.is_rebuilding) == (0, later(), False)
    assert keeping.go(later(minutes=1)) > 0
    assert standing().at == later(minutes=1)
    assert keeping.go(later(minutes=1)) == 0


def test_a_worker_does_not_show_again_at_once_what_took_long(monkeypatch):
    sends()
    keeping = Keeping()
    while sequence_once() or keeping.go(later()):
        pass
    slept = []
    monkeypatch.setattr("dandang.publication.figures.working.sleep", slept.append)
    monkeypatch.setattr(keeping, "_shows_at", float("inf"))
    sends()
    while sequence_once():
        pass
    assert keeping.go(later()) > 0
    assert keeping.go(later()) == 1
    assert slept == [1.0]


def test_time_makes_cases_overdue_though_nothing_happens():
    for _ in range(12):
        sends()
    catch_up(later())
    slice_ = Slice(Dimension.UNIT, "water")
    assert queries.board(slice_, WHOLE_TIME, later()).overdue == 0
    catch_up(later(days=60))
    found = queries.board(slice_, WHOLE_TIME, later(days=60))
    assert found.overdue == 12
    assert sum(one.cases for one in found.overdue_by_age) == 12
    assert found.at == later(days=60)
    assert found.at - later() > timedelta(days=59)


def test_one_process_at_a_time_makes_figures_fit_to_be_shown():
    sends()
    catch_up(later())
    sends()
    while sequence_once():
        pass
    following.follow_once(now=later())
    with connect(Role.APP, connection.settings_dict["NAME"]) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [showing.LOCK])
        assert showing.show_once(now=later()) == 0
    assert showing.show_once(now=later()) > 0


def test_a_build_that_was_replaced_meanwhile_is_not_shown():
    sends()
    catch_up(later())
    build = Build.objects.get(state=Build.CURRENT)
    rebuild(later())
    assert showing.show(build, following.places(), later()) == 0
