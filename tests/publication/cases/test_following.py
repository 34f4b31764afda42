"""The rows of published cases: what makes them appear, change and be gone at once."""

import pytest
from django.db import connection, transaction

from dandang.ledger.queries import size
from dandang.lifecycle.casework.models import Case
from dandang.publication.cases.following import follow_once, rebuild
from dandang.publication.cases.models import SearchToken, ShownCase
from dandang.publication.cases.numbers import public_number
from dandang.publication.cases.queries import changed, shown
from dandang.publication.cases.searching import Sought
from dandang.terms import Actor, Code, Refusal
from tests import town
from tests.publication.cases.world import (
    REQUESTER,
    TEXT,
    agreed,
    at,
    does,
    follows,
    published,
    rows,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def jiangcheng():
    town.build()


def number_of(reference: str) -> str:
    return public_number(bytes(Case.objects.get(reference=reference).stream))


def is_shown(reference: str) -> bool:
    return shown(number_of(reference)) is not None


def test_a_published_text_is_shown_under_a_number_that_is_no_reference():
    reference = published()
    follows()
    found = shown(number_of(reference))
    assert found is not None
    assert (found.title, found.text, found.unit) == ("停水", TEXT, "water")
    assert found.case_reference == reference
    assert found.reference.replace("-", "") not in reference.replace("-", "")
    assert shown(reference) is None
    assert shown(found.reference.lower().replace("-", " ")) == found


def test_nothing_is_shown_before_an_officer_has_read_it():
    reference = agreed()
    follows()
    assert not is_shown(reference)


def test_nobody_publishes_what_its_sender_did_not_agree_to():
    reference = agreed(may_publish=False)
    before = size()
    with pytest.raises(Refusal) as refused:
        does("publish-text", reference, title="停水", text=TEXT)
    assert refused.value.code is Code.PUBLISHING_NOT_ALLOWED
    assert size() == before


TAKEN_BACK = {
    "the sender": ("allow-publishing", REQUESTER, {"allowed": "no"}),
    "an officer": ("withhold-text", town.ZHAO_MIN, {"cause": "third_party"}),
}


@pytest.mark.parametrize("who", TAKEN_BACK)
def test_what_is_taken_back_is_gone_before_the_follower_comes(who):
    verb, by, values = TAKEN_BACK[who]
    reference = published()
    follows()
    assert is_shown(reference)
    does(verb, reference, by, **values)
    assert not is_shown(reference)
    follows()
    assert not ShownCase.objects.exists()
    assert not SearchToken.objects.exists()


def test_a_text_that_was_corrected_is_not_shown_as_it_was():
    reference = published(shown="湖滨路没有水，找王某某")
    follows()
    does("publish-text", reference, title="停水", text=TEXT)
    assert not is_shown(reference)
    follows()
    found = shown(number_of(reference))
    assert found is not None
    assert found.text == TEXT


def test_who_agrees_again_waits_for_an_officer_again():
    reference = published()
    does("allow-publishing", reference, REQUESTER, allowed="no")
    does("allow-publishing", reference, REQUESTER, allowed="yes")
    follows()
    assert not is_shown(reference)
    does("publish-text", reference, title="停水", text=TEXT)
    follows()
    assert is_shown(reference)


def test_an_erased_text_is_gone_in_the_same_transaction():
    reference = published()
    follows()
    does("withdraw", reference, REQUESTER)
    does("ask-erase", reference, basis="Data protection act, article 47")
    assert ShownCase.objects.exists()
    does("erase", reference, town.CHEN_HUI)
    assert not ShownCase.objects.exists()
    assert not SearchToken.objects.exists()
    follows()
    assert not is_shown(reference)


def test_a_merged_case_is_gone_and_the_one_it_went_into_stays():
    into, reference = published(), published(text="又停水了")
    follows()
    does("merge", reference, into=into, text="The same")
    assert not is_shown(reference)
    follows()
    found = shown(number_of(into))
    assert found is not None
    assert found.requests == 2
    does("unmerge", reference, text="Two matters")
    follows()
    assert not is_shown(reference)
    does("publish-text", reference, title="停水", text=TEXT)
    follows()
    assert is_shown(reference)


def test_who_takes_it_back_after_a_merge_has_taken_it_back_for_good():
    into, reference = agreed(), published()
    does("merge", reference, into=into, text="The same")
    does("allow-publishing", reference, Actor.requester(2), allowed="no")
    does("unmerge", reference, text="Two matters")
    with pytest.raises(Refusal) as refused:
        does("publish-text", reference, title="停水", text=TEXT)
    assert refused.value.code is Code.PUBLISHING_NOT_ALLOWED


def test_rows_follow_the_state_the_unit_and_the_number_of_requests():
    reference = published()
    follows()
    does("attach", reference, text="Here, too", phone="13911111111")
    does("accept", reference, town.LI_NA)
    follows()
    found = shown(number_of(reference))
    assert found is not None
    assert (found.state, found.requests, found.is_open) == ("in_progress", 2, True)
    assert found.changed_at == at(1)


def test_rebuilt_at_any_time_the_rows_are_the_same():
    first = published()
    published(text="路灯不亮", shown="路灯不亮已经一周", category="street_trading")
    agreed()
    follows()
    before = rows()
    assert rebuild() == 2
    assert rows() == before
    does("publish-text", first, title="停水了", text="湖滨路 3 栋 没有水")
    does("accept", first, town.LI_NA)
    follows()
    after = rows()
    assert after != before
    assert rebuild() == 2
    assert rows() == after


def test_events_read_twice_change_nothing():
    published()
    follows()
    before = rows()
    from dandang.publication.cases.models import CaseCursor  # noqa: PLC0415 what is turned back

    CaseCursor.objects.update(idx=-1)
    while follow_once(limit=1):
        pass
    assert rows() == before


def test_the_feed_of_a_whole_city_is_read_by_an_index_and_not_sorted():
    published()
    follows()
    plans: list[str] = []

    def explain(execute, sql, params, many, context):
        if 'ORDER BY "publication_case"' in sql and not sql.startswith("EXPLAIN"):
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN {sql}", params)
                plans.extend(row[0] for row in cursor.fetchall())
        return execute(sql, params, many, context)

    for most in (Sought(area="city"), Sought(category="utilities")):
        plans.clear()
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
            with connection.execute_wrapper(explain):
                changed(most)
        assert "shown_feed" in " ".join(plans)
        assert "Sort" not in " ".join(plans)
