"""What is closed to an officer stands in no list either: in no queue, in nothing to choose from."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dandang.lifecycle.casework.keeping_out import KeptOut, kept_out
from dandang.lifecycle.casework.queries import counted, counts, find, listed, similar
from dandang.lifecycle.casework.wanted import Wanted
from dandang.lifecycle.intake.actions import open_request
from dandang.lifecycle.intake.rules import Open
from dandang.lifecycle.perform import perform
from dandang.terms import Actor
from tests import town

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def city(db: None) -> None:
    town.build()


def opened(**more: object) -> str:
    values = {"title": "No water", "text": "None", "channel": "web", "category": "water_supply"}
    wish = Open(**{**values, **more})
    return open_request(wish, by=Actor.requester(1), now=town.MONDAY).reference


def seen_by(officer: str) -> KeptOut:
    known = town.directory()
    return kept_out(officer, known.posts_of(officer, town.MONDAY), known)


def lines(officer: str) -> list[str]:
    return [one.reference for one in listed(Wanted(hidden_from=seen_by(officer)))]


def test_a_complaint_is_not_listed_for_the_unit_it_is_about_nor_below_it():
    plain, about_hotline = opened(), opened(subject_units=("hotline",))
    about_government = opened(subject_units=("government",))
    assert set(lines(town.CHEN_HUI)) == {plain, about_hotline, about_government}
    assert set(lines(town.ZHAO_MIN)) == {plain, about_government}
    assert set(lines(town.LI_NA)) == {plain, about_hotline}
    assert counted(Wanted(hidden_from=seen_by(town.LI_NA))) == 2
    assert counts({"one": Wanted(hidden_from=seen_by(town.ZHAO_MIN))}) == {"one": 2}


def test_an_officer_with_a_conflict_finds_the_case_in_no_list():
    reference, other = opened(), opened()
    by = Actor.officer(town.LI_NA)
    perform("declare-conflict", reference, {"text": "My cousin"}, by=by, now=town.MONDAY)
    assert lines(town.LI_NA) == [other]
    assert set(lines(town.SUN_TAO)) == {reference, other}
    view = find(other)
    found = similar(
        view.state, view.stream, ended_since=town.MONDAY, hidden_from=seen_by(town.LI_NA)
    )
    assert found == []


def test_leaving_out_costs_no_query_of_its_own():
    opened(subject_units=("hotline",))
    with CaptureQueriesContext(connection) as queries:
        lines(town.ZHAO_MIN)
    assert len(queries) <= 2
