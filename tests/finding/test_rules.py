"""Laws of the pure parts: blocks of time, what was typed, where words stand."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dandang.finding.rules.asking import Asked, asked, names_somebody
from dandang.finding.rules.keys import Key, beginning, block, covering, events_in, of_instant
from dandang.finding.rules.people import way_of
from dandang.finding.rules.snippets import hits, marked, snippet
from dandang.finding.rules.texts import EVENTS, FIELDS, is_internal
from dandang.lifecycle.event_types import EVENT_TYPES
from dandang.terms.bigrams import labelled, phrase

BLOCKS = st.integers(min_value=0, max_value=70_000)


@given(BLOCKS, st.integers(min_value=0, max_value=20_000), BLOCKS)
def test_a_span_of_blocks_is_covered_by_the_keys_of_its_instants_and_no_others(first, more, other):
    cover = set(covering(Key.SENT, first, first + more))
    own = set(of_instant(Key.SENT, beginning(other)))
    assert cover.isdisjoint(own) == (not first <= other <= first + more)
    assert len(cover) < 80


def test_an_instant_is_in_the_block_that_begins_before_it():
    at = datetime(2026, 11, 22, 13, 5, tzinfo=UTC)
    assert beginning(block(at)) <= at < beginning(block(at) + 1)
    assert beginning(block(at) + 1) - beginning(block(at)) == timedelta(hours=8)
    assert covering(Key.SENT, 5, 4) == []


def test_the_events_of_a_row_are_told_from_its_other_keys():
    assert list(events_in(["u:water", "e:12", "i:7", "y:3"])) == [
        (12, Key.SAID),
        (7, Key.INTERNAL),
        (3, Key.TITLED),
    ]


@pytest.mark.parametrize(
    ("typed", "words", "without"),
    [
        ("渣土车 夜间", ("渣土车", "夜间"), ()),
        ("“渣土车 夜间” -青山", ("渣土车 夜间",), ("青山",)),
        ('"a b" c', ("a b", "c"), ()),
        ("「水 管」", ("水 管",), ()),
        ("ＡＴＭ atm", ("atm",), ()),
        ("路 -路", ("路",), ()),
        ("-水", (), ("水",)),
        ("5-6号", ("5-6号",), ()),
        ('"', (), ()),
        ('水"管', ("水", "管"), ()),
        ('" " 水', ("水",), ()),
        ("、 ！", (), ()),
        ("停水，漏水、路灯。-青山", ("停水", "漏水", "路灯"), ("青山",)),
        ("“停水，漏水” 1,000元；2、3号", ("停水,漏水", "1,000元", "2、3号"), ()),
        ("", (), ()),
    ],
)
def test_what_was_typed_is_words_phrases_and_words_to_leave_out(typed, words, without):
    assert asked(typed) == Asked(words, without)


def test_a_query_can_leave_internal_texts_out():
    assert asked("水管 -路").query() == "('水管') & !('路')"
    assert asked("水管 -路").query(internal=False) == "('水管':A) & !('路':A)"
    assert asked("-路").is_hopeless
    assert asked("路 水管 atm").is_of_index()
    assert not any(asked(typed).is_of_index() for typed in ("水管漏", "水 -路", '"a b"'))
    assert not asked("路").is_of_index(internal=False)


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("13912345678", True),
        ("139-1234-5678 停水", True),
        ("+86 139 1234 5678", True),
        ("０２７－８７６５４３２１", True),
        ("liu@example.org", True),
        ("110101199003074477", True),
        ("11010119900307447X", True),
        ("7K4M-9Q2X", False),
        ("2026-10-12", False),
        ("A7县 5号楼 3单元", False),
        ("12345 热线", False),
        ("QS-2026 0042", False),
        ("20261122001234", False),
    ],
)
def test_what_names_a_person_is_known(typed, names):
    assert names_somebody(typed) is names


def shown(pieces) -> str:
    return "".join(f"[{one.text}]" if one.is_hit else one.text for one in pieces)


def test_hits_are_marked_whatever_their_width_and_case():
    assert shown(marked("ＡＴＭ机旁的路灯", ["atm", "路灯"])) == "[ＡＴＭ]机旁的[路灯]"
    assert shown(marked("停水", ["路"])) == "停水"
    assert shown(marked("路灯路灯坏", ["路灯坏", "路灯"])) == "[路灯][路灯坏]"
    assert snippet("停水", ["路"]) == ()
    assert hits("停水 路灯", ["路", "水", "灯杆"]) == 2


def test_a_word_of_letters_is_marked_where_it_stands_whole():
    assert shown(marked("Cart art 5art art", ["art"])) == "Cart [art] 5art [art]"
    assert shown(marked("it's it", ["it's"])) == "[it's] it"


@given(st.text(max_size=300), st.text(min_size=1, max_size=3))
def test_a_snippet_is_a_piece_of_its_text(text, word):
    pieces = [one.text for one in snippet(text, [word]) if one.text != "…"]
    assert "".join(pieces) in text
    assert "".join(one.text for one in marked(text, [word])) == text


def test_a_long_text_is_cut_around_its_first_hit():
    found = shown(snippet("前" * 100 + "停水" + "后" * 200 + "停水", ["停水"]))
    assert found.startswith("…前")
    assert found.endswith("后…")
    assert "[停水]" in found
    assert len(found) < 120


def test_every_text_that_is_searched_is_one_that_can_be_erased():
    for name in EVENTS:
        assert EVENT_TYPES[name].personal & set(FIELDS), name
    assert is_internal("handed_over", says_so=False)
    assert is_internal("note_added", says_so=True)
    assert not is_internal("note_added", says_so=False)


def test_texts_are_kept_with_their_labels_and_apart():
    assert labelled([("水", "A"), ("水 管", "")]) == "'水':1A,10 '管':12"
    assert phrase("水管", "A") == "('水管':A)"


def test_what_is_too_long_is_cut_before_the_database_refuses_it():
    words = " ".join(f"w{number:062d}" for number in range(20_000))
    kept = labelled([(words, "A")])
    assert len(kept) < 1_400_000
    assert ":16383A" not in labelled([("水", "A")])
    assert "'水':16383A" in labelled([("a " * 20_000 + "水", "A")])


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("139 0000 0000", "phone"),
        (" Liu@Example.org ", "email"),
        ("刘芳", "name"),
        ("阿依古丽·买买提", "name"),
        ("Ｍary Liu", "name"),
        ("刘", None),
        ("·", None),
        ("139", None),
        ("刘芳 13900000000", None),
        ("刘芳2", None),
        ("liu fang@example.org", None),
        ("liu@example", None),
        ("", None),
    ],
)
def test_who_is_looked_for_is_typed_as_a_whole_number_address_or_name(typed, kind):
    way = way_of(typed)
    assert (way.kind if way else None) == kind
