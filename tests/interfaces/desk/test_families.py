"""Cases that belong together at the desk: parts, merges, and the one who said no."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dandang.lifecycle.casework.queries import find
from dandang.lifecycle.perform import perform
from dandang.lifecycle.states import State
from dandang.terms import Actor
from tests import town
from tests.interfaces.desk.examples import LAMPS, merged
from tests.interfaces.desk.office import (
    assigned,
    at_desk,
    does,
    events,
    in_progress,
    noise,
    proposed,
    seen,
    solved,
)
from tests.interfaces.stories import city, later, officer, words_of

pytestmark = pytest.mark.django_db

SAME = "The same outage"


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def offered(reference: str) -> list[str]:
    """Return the references of the cases that are offered for a merge."""
    form = at_desk(town.ZHAO_MIN).get(f"/desk/{reference}/merge/").context["form"]
    return (
        [code for code, _ in form.fields["similar_case"].choices]
        if ("similar_case" in form.fields)
        else []
    )


def page_of(code: str, reference: str, query: str = "") -> str:
    return words_of(at_desk(code).get(f"/desk/{reference}/{query}"))


def split_off(reference: str, **changes: str) -> str:
    done = officer("split", reference, town.ZHAO_MIN, **{**LAMPS, **changes}).done
    return done.children[0]


def one_no_among_two() -> tuple[str, str]:
    """Li Na says it is done; Mr Zhou says no. Return Mrs Liu's reference and that of his case."""
    reference = in_progress()
    attached = does(
        at_desk(town.ZHAO_MIN), "attach", reference, text="Number 5 is dry", phone="13700000002"
    )
    officer("propose", reference, town.LI_NA, outcome="resolved", text="Repaired")
    of_zhou = attached.context["paper"].reference
    by = Actor.requester(2)
    said = {"verdict": "no", "text": "Still dry"}
    done = perform("judge", of_zhou, said, by=by, now=town.MONDAY).done
    return reference, done.children[0]


# similar cases


def test_cases_of_the_same_category_and_area_are_offered_newest_first():
    first, second = assigned(), assigned(text="Nor here")
    noise()
    assigned(area="qingshan")
    reference = in_progress()
    assert offered(reference) == [second, first]
    words = page_of(town.ZHAO_MIN, reference, "merge/")
    assert (
        " · \u2068No water since this morning.\u2069 · " in words
    )  # a title turns round nothing behind it
    words = words.replace("\u2068", "").replace("\u2069", "")
    assert f"{first} · No water since this morning. · assigned, waiting to be accepted" in words
    assert "Or the reference of another one Why it is the same matter" in words


def test_what_ended_is_offered_while_the_matter_can_come_back():
    ended = solved()
    later(days=20)
    reference = assigned()
    assert offered(reference) == [ended]
    later(days=31)
    assert offered(reference) == []


def test_neither_parts_nor_merged_cases_are_offered():
    parent = in_progress()
    split_off(parent, category="water_supply")
    merged()
    found = offered(in_progress())
    assert len(found) == 2
    assert all(find(one).state.state is not State.MERGED for one in found)


def test_a_case_is_merged_into_one_that_was_chosen():
    into, reference = assigned(), in_progress()
    answer = does(at_desk(town.ZHAO_MIN), "merge", reference, similar_case=into, text=SAME)
    assert answer.url == f"/desk/{into}/"
    assert find(reference).case_reference == into


def test_a_reference_may_be_typed_in_any_way():
    into, reference = assigned(), in_progress()
    typed = into.replace("-", "").lower()
    does(at_desk(town.ZHAO_MIN), "merge", reference, into=typed, similar_case=into, text=SAME)
    assert find(reference).case_reference == into


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, "Please choose a case or type a reference."),
        ({"into": "2222-2222"}, "Nothing was found under this reference or code."),
        ({"into": "nonsense"}, "Nothing was found under this reference or code."),
        ({"similar_case": "2222-2222"}, "Select a valid choice."),
    ],
)
def test_what_is_no_other_case_is_said_at_its_field(typed, words):
    assigned()
    reference = in_progress()
    before = events(reference)
    answer = does(at_desk(town.ZHAO_MIN), "merge", reference, text=SAME, **typed)
    assert answer.status_code == 422
    assert words in words_of(answer)
    assert answer.context["form"].errors.keys() <= {"into", "similar_case"}
    assert events(reference) == before


def test_two_different_cases_at_once_are_refused():
    first, second, reference = assigned(), assigned(), in_progress()
    answer = does(
        at_desk(town.ZHAO_MIN), "merge", reference, into=first, similar_case=second, text=SAME
    )
    assert "Please either choose a case or type a reference." in words_of(answer)


def test_a_case_is_not_merged_into_itself():
    reference = in_progress()
    answer = does(at_desk(town.ZHAO_MIN), "merge", reference, into=reference, text=SAME)
    assert "This is the same case." in words_of(answer)
    assert "into" in answer.context["form"].errors


def test_where_nothing_is_similar_the_reference_has_to_be_typed():
    reference = in_progress()
    assert offered(reference) == []
    answer = does(at_desk(town.ZHAO_MIN), "merge", reference, text=SAME)
    assert answer.context["form"].errors.keys() == {"into"}


def test_a_part_cannot_be_merged_and_the_page_says_why():
    reference = in_progress()
    split_off(reference)
    page = page_of(town.ZHAO_MIN, reference)
    assert "Merge: A case that has parts, or is one, stays where it is" in page


# merged


def test_the_page_of_a_case_shows_what_was_merged_into_it_and_leads_back():
    reference = merged()
    into = find(reference).case_reference
    page = at_desk(town.ZHAO_MIN).get(f"/desk/{into}/")
    assert "Merged into this one No water since this morning." not in words_of(page)
    assert "Merged into this one Still no water" in words_of(page)
    assert f'href="/desk/{reference}/?own"' in page.content.decode()
    own = words_of(at_desk(town.ZHAO_MIN).get(f"/desk/{reference}/?own"))
    assert "In the requester's words Still no water" in own
    assert "Merged into No water since this morning." in own
    assert at_desk(town.ZHAO_MIN).get(f"/desk/{reference}/").context["case"].reference == into


def test_only_the_dispatcher_is_led_to_undo_a_merge():
    reference = merged()
    into = find(reference).case_reference
    address = f"/desk/{reference}/unmerge/"
    assert address in at_desk(town.ZHAO_MIN).get(f"/desk/{into}/").content.decode()
    assert address not in at_desk(town.LI_NA).get(f"/desk/{into}/").content.decode()
    does(at_desk(town.ZHAO_MIN), "unmerge", reference, text="Another pipe after all")
    assert find(reference).case_reference == reference
    assert "Merged into this one" not in page_of(town.ZHAO_MIN, into)


# parts


def test_a_parent_shows_its_parts_and_how_many_are_open():
    reference = in_progress()
    part = split_off(reference)
    officer("request-assist", reference, town.LI_NA, of_post="housing-duty", text="Open it")
    page = page_of(town.WANG_QIANG, reference)
    assert "Parts: 1 of 1 still open" in page
    assert f"A case you may not open {part} · assigned, waiting to be accepted" in page
    seen_by_dispatch = page_of(town.ZHAO_MIN, reference)
    assert f"The lamps {part} · assigned, waiting to be accepted" in seen_by_dispatch
    assert "Urban management bureau · by 09:00 Tue 13 Oct" in seen_by_dispatch


def test_who_holds_a_part_may_open_the_parent_and_no_other_part():
    reference = in_progress()
    split_off(reference)
    values = {"to_post": "qingshan-duty", "title": "The mud", "text": "Clear it away"}
    does(at_desk(town.ZHAO_MIN), "split", reference, **values)
    page = page_of(town.CAO_LEI, reference)
    assert "The lamps" in page
    assert "The mud" not in page
    assert "A case you may not open" in page


def test_a_part_shows_what_is_to_be_done_and_what_it_is_a_part_of():
    reference = in_progress()
    part = split_off(reference)
    page = page_of(town.CHEN_HUI, part)
    assert "What is to be done The lamps are out, too" in page
    assert "This is a part of No water since this morning." in page
    assert "Set and judged by Hotline centre · Dispatch" in page


def test_the_case_for_one_who_said_no_goes_by_the_words_of_its_sender():
    reference, part = one_no_among_two()
    page = page_of(town.LI_NA, part)
    assert "In the requester's words Number 5 is dry" in page
    assert "137****0002" in page
    assert "Still dry" in page
    assert "(erased)" not in page
    title = re.search(r"<h1>(.*?)</h1>", at_desk(town.LI_NA).get(f"/desk/{part}/").content.decode())
    assert title[1] == "No water since this morning."
    parent = page_of(town.LI_NA, reference)
    assert "One request goes on in a case of its own" in parent
    assert "goes on in another case" in parent


def test_a_page_with_many_parts_takes_no_more_queries():
    reference = in_progress()
    client = at_desk(town.ZHAO_MIN)
    counts = []
    for _ in range(3):
        split_off(reference)
        client.get(f"/desk/{reference}/")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/desk/{reference}/")
        counts.append(len(queries))
    assert counts[0] == counts[-1]


def test_a_split_that_is_sent_twice_makes_one_part_and_another_one_a_second():
    reference = in_progress()
    client, old = at_desk(town.ZHAO_MIN), seen(reference)
    for title in ("The lamps", "The lamps", "The road"):
        client.post(f"/desk/{reference}/split/", {**LAMPS, "title": title, "seen_seq": old})
    assert find(reference).state.children == 2


def test_a_date_of_its_own_that_is_later_than_the_parent_s_is_refused_at_its_field():
    reference = in_progress()
    total = find(reference).state.total.at
    too_late = (total + timedelta(hours=9)).strftime("%Y-%m-%dT%H:%M")
    answer = does(at_desk(town.ZHAO_MIN), "split", reference, **LAMPS, due_by=too_late)
    assert answer.context["form"].errors.keys() == {"due_by"}
    assert "A part cannot be due later than the case it belongs to." in words_of(answer)


def test_the_preview_of_a_no_among_many_shows_that_one_goes_on():
    reference = proposed()
    zhao_min = at_desk(town.ZHAO_MIN)
    does(zhao_min, "attach", reference, text="Not here either")
    answer = does(zhao_min, "judge", reference, verdict="no", request="2", preview="1")
    shown = [entry.what for entry in answer.context["preview"].entries]
    assert any("Your request goes on in a case of its own" in one for one in shown)
    assert find(reference).state.children == 0
