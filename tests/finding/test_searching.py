"""Cases are found by what stands in them, by whoever may read them, and by nobody else."""

from datetime import timedelta

import pytest
from django.db import connection, transaction

from dandang.finding.following import begin_anew, follow_once, late_since, standing
from dandang.finding.models import IndexedCase
from dandang.finding.queries import Sort, Sought, by_reference, search
from dandang.ledger.erasure import erasable, erase
from dandang.ledger.sequencer import sequence_once
from dandang.lifecycle.casework.models import Case
from dandang.lifecycle.states import OPEN, State
from dandang.terms import Actor
from tests import town
from tests.everywhere import kept_somewhere
from tests.finding.world import does, finds, follows, sent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def jiangcheng():
    town.build()


def test_a_case_is_found_by_words_of_every_kind():
    lamp = sent("路灯不亮", "青山路口ＡＴＭ机旁的路灯坏了", location="青山路5号")
    water = sent("停水", "Qingshan 花园没有水，渣土车夜间经过")
    follows()
    assert finds("路") == [lamp]
    assert set(finds("水")) == {lamp, water}, "the water bureau holds both"
    assert finds("渣土车 夜间") == [water]
    assert finds("夜间渣土车") == []
    assert finds("花园 QINGSHAN") == [water]
    assert finds("atm") == [lamp]
    assert finds("５号") == [lamp]
    assert finds("“路灯坏了”") == [lamp]
    assert finds("水务局 -路灯") == [water]
    assert finds(f"water {water}") == [water], "names in English, and references"
    assert finds("、！") == []


def test_what_is_answered_and_noted_is_found_and_internal_words_can_be_left_out():
    reference = sent("停水")
    does("accept", reference)
    does("reply", reference, text="阀门今晚更换")
    does("note", reference, text="管线图缺失", internal=True)
    follows()
    assert finds("阀门") == [reference]
    assert finds("管线图") == [reference]
    assert finds("管线图", internal=False) == []
    assert finds("阀门 停水", internal=False) == [reference]


def test_names_and_contact_are_never_found():
    sent("停水")
    follows()
    assert finds("刘芳") == []
    assert finds("13900000000") == []
    assert finds("liu@example.org") == []


def test_titles_come_first_and_pages_follow_one_another_without_gap():
    in_text = [sent(f"路面{number}", "又停水了") for number in range(4)]
    in_title = [sent(f"停水{number}") for number in range(3)]
    follows()
    by, after, pages = Actor.officer(town.ZHAO_MIN), None, []
    while True:
        found = search(Sought(text="停水"), by=by, now=town.MONDAY, after=after, limit=2)
        pages.append([one.reference for one in found.cases])
        after = found.older
        if after is None:
            break
    assert [len(page) for page in pages] == [2, 2, 2, 1]
    assert [one for page in pages for one in page] == [*in_title[::-1], *in_text[::-1]]
    first = search(Sought(text="停水"), by=by, now=town.MONDAY, limit=2)
    assert first.total == 7


def test_whatever_is_typed_is_words_and_nothing_else():
    """Signs, wildcards, operators and pictures part words; none of them means anything."""
    lamp = sent("路灯不亮", '费用涨了100%，见a_b\\c，it\'s "5-6号"😀两户')
    sent("停水", "费用涨了1000，见axb")
    follows()
    for typed in (
        "100%",
        "a_b",
        "b\\c",
        "it's",
        '"5-6号"',
        "５－６号",
        "😀两户",
        "灯&亮|!:*'",
    ):
        assert finds(typed) == [lamp], typed
    for typed in ("%", "_", "\\", "''", "<->", "😀", "-", "--", "'", "!", "\u200b", "，。、"):
        assert finds(typed) == [], typed
    assert finds("亮" * 10_000) == []
    assert finds("-灯 ") == []
    assert len(finds("费用 -x -" + "水" * 300)) == 2


def test_joined_and_parted_cases_are_found_where_they_are():
    """What was written in a case that was joined to another is found in both; parts by theirs."""
    whole = sent("停水", "鯊鰐出没")
    other = sent("没有水", "水管爆裂，麒麟路")
    for reference in (whole, other):
        does("accept", reference)
    does("merge", other, town.ZHAO_MIN, into=whole, text="同一件事")
    follows()
    assert whole in finds("麒麟路")
    assert set(finds("麒麟路")) <= {whole, other}
    assert finds("鯊鰐") == [whole]


def test_an_index_that_lags_or_is_not_written_yet_is_known(monkeypatch):
    assert late_since() is None
    first = sent("停水")
    assert late_since().year == 1, "nothing was written yet"
    follows()
    assert late_since() is None
    sent("停水")
    while sequence_once():
        pass
    assert late_since() is None, "a second is not late"
    monkeypatch.setattr("dandang.finding.following._KEEPS_UP", timedelta())
    assert late_since() == standing().since
    follows()
    begin_anew()
    assert late_since() is None, "what stands there is found"
    assert first in finds("停水")


def test_filters_narrow_and_due_times_order():
    water = sent("停水")
    rubbish = sent("垃圾", category="rubbish_and_sanitation", area="qingshan", channel="phone")
    follows()
    assert finds(states=tuple(OPEN)) == [rubbish, water]
    assert finds(states=(State.SOLVED,)) == []
    assert finds(categories=("water_supply",)) == [water]
    assert finds(areas=("qingshan",), channel="phone") == [rubbish]
    assert finds(units=("water",)) == [water]
    assert finds("停水", with_files=True) == []
    assert finds(since=town.MONDAY) == [rubbish, water]
    assert finds(until=town.MONDAY) == []
    by_due = finds(sort=Sort.DUE)
    dues = dict(Case.objects.values_list("reference", "due_at"))
    assert by_due == sorted(dues, key=lambda one: dues[one])
    soon, later = by_due
    assert dues[soon] < dues[later]
    for sort in Sort:
        assert finds(due_until=dues[later], sort=sort) == [soon]
        assert finds(due_since=dues[later], sort=sort) == [later]
        assert finds("", due_since=dues[soon], due_until=dues[soon], sort=sort) == []
        assert finds(due_since=dues[later], due_until=dues[soon], sort=sort) == []


def test_a_number_leads_to_its_case():
    reference = sent("停水", external_ref="QS-2026 0042")
    follows()
    by = Actor.officer(town.ZHAO_MIN)
    squeezed = reference.lower().replace("-", "")
    for typed in (
        reference,
        squeezed,
        f" {squeezed[:3]} {squeezed[3:]}　",
        "qs-20260042",
        "QS-2O26 OO42",
    ):
        assert [one.reference for one in by_reference(typed, by=by, now=town.MONDAY)] == [reference]
    stranger = Actor.officer(town.LUO_JING)
    assert by_reference(reference, by=stranger, now=town.MONDAY) == []
    assert by_reference(" ", by=by, now=town.MONDAY) == []
    new = sent("停水")
    assert [one.reference for one in by_reference(new, by=by, now=town.MONDAY)] == [new], "at once"


def test_only_who_may_read_a_case_finds_it_and_the_next_moment_counts():
    reference = sent("停水")
    follows()
    assert finds("停水", town.LI_NA) == [reference]
    assert finds("停水", town.XU_FANG) == [reference], "the auditor reads every case"
    for stranger in (town.LUO_JING, town.TANG_YU, "nobody"):
        assert finds("停水", stranger) == []
        assert finds("", stranger) == []
    does("declare-conflict", reference, town.LI_NA, text="My brother lives there")
    assert finds("停水", town.LI_NA) == [], "before the follower comes"
    follows()
    assert finds("停水", town.LI_NA) == []
    assert finds("停水") == [reference]


def test_what_is_erased_is_gone_in_the_same_moment_and_what_is_left_is_found():
    reference = sent("停水", "鯊鰐出没在湖滨路")
    other = sent("停水", "别的地方")
    does("accept", reference)
    does("note", reference, text="与鯊鰐无关", internal=True)
    follows()
    assert finds("鯊鰐") == [reference]
    stream = bytes(Case.objects.get(reference=reference).stream)
    first = erasable(stream)
    with transaction.atomic():
        erase(stream, first)
    assert finds("鯊鰐") == []
    assert kept_somewhere("鯊", "鯊鰐", "鰐出") == []
    assert finds("水务局", town.LI_NA) == [other]
    begin_anew()
    follows()
    assert set(finds("水务局", town.LI_NA)) == {reference, other}, "found by what is left"
    assert kept_somewhere("鯊", "鯊鰐", "鰐出") == []
    assert index_settings() == "{fastupdate=off}"


def index_settings() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT reloptions::text FROM pg_class WHERE relname = 'finding_found_by'")
        (found,) = cursor.fetchone()
        cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attstattarget = 0"
            " AND attrelid = 'finding_case'::regclass ORDER BY attname"
        )
        never_copied = [name for (name,) in cursor.fetchall()]
        assert never_copied == ["keys", "title", "words"], "into the statistics of the server"
        return str(found)


def test_reading_twice_or_anew_changes_nothing():
    reference = sent("停水")
    does("accept", reference)
    follows()
    rows = list(IndexedCase.objects.order_by("case_id").values())
    assert rows
    assert begin_anew() == 1
    assert standing().to_write == 1
    follows()
    assert list(IndexedCase.objects.order_by("case_id").values()) == rows
    assert follow_once() == 0
    assert (standing().behind, standing().to_write) == (0, 0)


def test_an_index_that_is_begun_late_has_every_case():
    references = {sent(f"停水{number}") for number in range(3)}
    follows()
    assert set(finds("停水")) == references
    late = sent("停水")
    follows()
    assert set(finds("停水")) == references | {late}


def test_beyond_a_bound_it_is_only_said_that_there_are_more(monkeypatch):
    for number in range(4):
        sent(f"停水{number}", "水管漏了")
    follows()
    monkeypatch.setattr("dandang.finding.queries.MOST_COUNTED", 3)
    monkeypatch.setattr("dandang.finding.queries.MOST_LOOKED_AT", 2)
    by = Actor.officer(town.ZHAO_MIN)
    for text, most in (("停水", 3), ("水管漏", 2)):
        found = search(Sought(text=text), by=by, now=town.MONDAY, limit=1)
        assert (found.total, found.most) == (None, most)


def test_a_time_bounds_what_is_found_however_far_back_it_is():
    days = (0, 3, 40, 500, 2000)
    references = [sent("停水", now=town.MONDAY - timedelta(days=number)) for number in days]
    follows()
    for first, last in ((0, 5), (0, 2), (1, 4), (4, 5)):
        since = town.MONDAY - timedelta(days=days[last - 1], hours=1)
        until = town.MONDAY - timedelta(days=days[first], hours=-1)
        for text in ("停水", ""):
            found = finds(text, since=since, until=until, sort=Sort.NEWEST)
            assert found == references[first:last]
    assert finds("停水") == finds() == references
