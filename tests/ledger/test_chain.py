"""The chain: canonical entries, and every kind of meddling found at its own position."""

import json
from dataclasses import replace
from datetime import timedelta, timezone
from pathlib import Path

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from dandang.ledger.chain import (
    ChainProblem,
    Columns,
    Entry,
    Fault,
    Link,
    build_entry,
    check_chain,
    is_origin,
    leaf_hash,
    parse_entry,
)
from dandang.ledger.disclosures import digests_of, disclose
from dandang.ledger.records import to_values
from tests.ledger.sample import MONDAY, Accepted, handed_over, records, reported

VECTORS = Path(__file__).parents[3] / "shared" / "data" / "tlog"
needs_vectors = pytest.mark.skipif(
    not VECTORS.exists(), reason="the vectors are not on this machine"
)

LOG = "ledger.example.org/jiangcheng"
STREAM = bytes(range(16))
AT = MONDAY.replace(microsecond=0)
DIGESTS = digests_of(disclose(to_values(reported())).values())
FIRST = Entry(log=LOG, stream=STREAM, seq=0, prev=None, type="reported", at=AT, digests=DIGESTS)


def chain_of(recorded_events, *, stream=STREAM, log=LOG):
    """Return links as `append` would have left them."""
    links, prev = [], None
    for seq, recorded in enumerate(recorded_events):
        made = tuple(disclose(to_values(recorded)).values())
        event_type = recorded.event.type_name()
        data = build_entry(
            Entry(
                log=log,
                stream=stream,
                seq=seq,
                prev=prev,
                type=event_type,
                at=AT,
                digests=digests_of(made),
            )
        )
        prev = leaf_hash(data)
        links.append(Link(data, prev, made, Columns(seq, event_type, AT)))
    return links


def problem_of(links):
    return check_chain(links, log=LOG, stream=STREAM)


chains = st.lists(records, min_size=1, max_size=6).map(chain_of)


class TestEntry:
    def test_the_bytes_are_those_of_the_format(self):
        entry = replace(FIRST, digests=(), seq=1, prev=bytes(32))
        assert build_entry(entry) == (
            b'{"_sd":[],"_sd_alg":"sha-256","at":"2026-11-23T09:00:00Z",'
            b'"case":"AAECAwQFBgcICQoLDA0ODw","cseq":1,"log":"ledger.example.org/jiangcheng",'
            b'"prev":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","type":"reported","v":1}'
        )

    @given(chains)
    def test_the_bytes_are_canonical_json(self, chain):
        for link in chain:
            assert rfc8785.dumps(json.loads(link.entry)) == link.entry

    @pytest.mark.parametrize("log", ['a"b', "a\\b", "a/b", "~"])
    def test_whatever_may_stand_in_the_name_of_a_log_is_written_canonically(self, log):
        entry = build_entry(replace(FIRST, log=log))
        assert rfc8785.dumps(json.loads(entry)) == entry

    def test_the_first_entry_of_a_stream_has_no_predecessor(self):
        assert json.loads(build_entry(FIRST))["prev"] is None

    def test_an_entry_comes_back_equal(self):
        assert parse_entry(build_entry(FIRST)) == FIRST

    def test_the_time_is_written_in_utc(self):
        shanghai = AT.astimezone(timezone(timedelta(hours=8)))
        assert build_entry(replace(FIRST, at=shanghai)) == build_entry(FIRST)

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("log", ""),
            ("log", "two words"),
            ("log", "a+b"),
            ("log", "江城"),
            ("stream", b"short"),
            ("seq", -1),
            ("seq", True),
            ("seq", 1),
            ("seq", 2**53),
            ("prev", bytes(32)),
            ("type", "HandedOver"),
            ("type", ""),
            ("at", MONDAY),
            ("at", AT.replace(tzinfo=None)),
            ("digests", tuple(reversed(DIGESTS))),
            ("digests", (DIGESTS[0], DIGESTS[0])),
            ("digests", ("short",)),
            ("digests", ("A" * 42 + "B",)),
        ],
    )
    def test_a_value_outside_the_format_is_refused(self, field, value):
        with pytest.raises(ValueError, match="not an entry"):
            replace(FIRST, **{field: value})

    def test_a_wrong_hash_length_is_refused(self):
        with pytest.raises(ValueError, match="prev"):
            replace(FIRST, seq=1, prev=bytes(31))

    @pytest.mark.parametrize(
        "change",
        [
            {"v": 2},
            {"v": True},
            {"v": "1"},
            {"extra": 1},
            {"_sd_alg": "sha-512"},
            {"cseq": True},
            {"cseq": 0.5},
            {"cseq": "0"},
            {"cseq": 2**53, "prev": "A" * 43},
            {"case": 7},
            {"case": "AAECAwQFBgcICQoLDA0ODw=="},
            {"case": "AAECAwQFBgcICQoLDA0ODx"},
            {"prev": 3},
            {"log": None},
            {"type": None},
            {"at": "2026-11-23T09:00:00+00:00"},
            {"at": "2026-11-23T17:00:00+08:00"},
            {"at": 1763888400},
            {"_sd": None},
            {"_sd": "text"},
            {"_sd": [1]},
        ],
    )
    def test_bytes_that_are_no_entry_are_refused(self, change):
        values = json.loads(build_entry(FIRST)) | change
        with pytest.raises(ValueError):  # noqa: PT011 every layer has its own words
            parse_entry(rfc8785.dumps(values))

    def test_a_missing_key_is_refused(self):
        values = json.loads(build_entry(FIRST))
        del values["at"]
        with pytest.raises(ValueError, match="keys"):
            parse_entry(rfc8785.dumps(values))

    @pytest.mark.parametrize("data", [b"", b"[]", b"\xff", b"1", b'{"v":1}', b"[" * 10**6])
    def test_other_bytes_are_refused(self, data):
        with pytest.raises(ValueError):  # noqa: PT011 every layer has its own words
            parse_entry(data)

    def test_a_second_writing_of_the_same_values_is_refused(self):
        data = build_entry(FIRST)
        for other in (
            data + b"\n",
            data.replace(b'"v":1', b'"v": 1'),
            data.replace(b'"v":1', b'"v":1,"v":1'),
            data.replace(b"reported", b"\\u0072eported"),
        ):
            with pytest.raises(ValueError, match="not canonical"):
                parse_entry(other)

    @pytest.mark.parametrize(
        "name", ["ledger.example.org/demo-city", "ledger.localhost/dandang", "x"]
    )
    def test_names_of_logs(self, name):
        assert is_origin(name)


class TestVectors:
    @needs_vectors
    @pytest.mark.parametrize("name", ["arrays", "unicode", "values", "weird"])
    def test_the_canonical_form_is_that_of_rfc_8785(self, name):
        folder = VECTORS / "jcs"
        given_values = json.loads((folder / "input" / f"{name}.json").read_bytes())
        written = rfc8785.dumps(given_values)
        assert written == bytes.fromhex((folder / "outhex" / f"{name}.txt").read_text())
        assert written == (folder / "output" / f"{name}.json").read_bytes()

    @needs_vectors
    def test_leaf_hashes_are_those_of_rfc_6962(self):
        file = VECTORS / "merkle_reference_tree" / "rfc6962_8leaves.json"
        tree = json.loads(file.read_text())
        ours = [leaf_hash(bytes.fromhex(leaf)).hex() for leaf in tree["leaf_inputs_hex"]]
        assert ours == tree["node_hashes_hex"][:8]

    def test_the_hash_of_an_empty_leaf_is_the_published_one(self):
        # RFC 6962 reference tree, first leaf.
        assert leaf_hash(b"").hex() == (
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
        )


class TestChain:
    @given(chains)
    def test_an_untouched_chain_has_no_problem(self, links):
        assert problem_of(links) is None
        assert problem_of([]) is None

    @given(chains, st.data())
    def test_any_changed_byte_is_found_at_its_own_position(self, links, data):
        position = data.draw(st.integers(0, len(links) - 1))
        entry = bytearray(links[position].entry)
        index = data.draw(st.integers(0, len(entry) - 1))
        entry[index] ^= data.draw(st.integers(1, 255))
        links[position] = replace(links[position], entry=bytes(entry))
        assert problem_of(links) == ChainProblem(position, Fault.WRONG_HASH)

    @given(chains, st.data())
    def test_a_changed_byte_whose_hash_was_repaired_is_found_there_or_by_the_next(
        self, links, data
    ):
        position = data.draw(st.integers(0, len(links) - 1))
        entry = bytearray(links[position].entry)
        index = data.draw(st.integers(0, len(entry) - 1))
        entry[index] ^= data.draw(st.integers(1, 255))
        forged = replace(links[position], entry=bytes(entry), leaf_hash=leaf_hash(bytes(entry)))
        problem = problem_of([*links[:position], forged, *links[position + 1 :]])
        if problem is None:
            assert position == len(links) - 1  # only the signed tree can tell
            return
        assert problem.position in (position, position + 1)
        assert (problem.fault is Fault.BROKEN_LINK) or problem.position == position

    @given(chains, st.data())
    def test_a_changed_leaf_hash_is_found_at_its_own_position(self, links, data):
        position = data.draw(st.integers(0, len(links) - 1))
        wrong = bytes(byte ^ 1 for byte in links[position].leaf_hash)
        links[position] = replace(links[position], leaf_hash=wrong)
        assert problem_of(links) == ChainProblem(position, Fault.WRONG_HASH)

    @given(chains, st.data())
    def test_a_missing_entry_is_found_where_it_stood(self, links, data):
        position = data.draw(st.integers(0, len(links) - 1))
        rest = links[:position] + links[position + 1 :]
        expected = None if position == len(links) - 1 else ChainProblem(position, Fault.WRONG_SEQ)
        assert problem_of(rest) == expected

    @given(chains, st.data())
    def test_a_repeated_entry_is_found_where_it_is_repeated(self, links, data):
        position = data.draw(st.integers(0, len(links) - 1))
        links.insert(position, links[position])
        assert problem_of(links) == ChainProblem(position + 1, Fault.WRONG_SEQ)

    @given(chains, st.data())
    def test_swapped_entries_are_found_at_the_first(self, links, data):
        if len(links) == 1:
            links = chain_of([reported(), handed_over()])
        one = data.draw(st.integers(0, len(links) - 2))
        other = data.draw(st.integers(one + 1, len(links) - 1))
        links[one], links[other] = links[other], links[one]
        assert problem_of(links) == ChainProblem(one, Fault.WRONG_SEQ)

    @given(chains, st.data())
    def test_an_entry_from_another_history_of_the_stream_breaks_the_next_link(self, links, data):
        position = data.draw(st.integers(0, len(links) - 1))
        # The same events once more: only the salts differ.
        other = chain_of([handed_over()] * len(links))
        problem = problem_of([*links[:position], other[position], *links[position + 1 :]])
        if position == 0:
            expected = None if len(links) == 1 else ChainProblem(1, Fault.BROKEN_LINK)
        else:
            expected = ChainProblem(position, Fault.BROKEN_LINK)
        assert problem == expected

    @given(chains, st.data())
    def test_a_disclosure_that_was_made_up_is_found(self, links, data):
        position = data.draw(st.integers(0, len(links) - 1))
        made_up = disclose({"text": "另一种说法"})["text"]
        kept = [*links[position].disclosures, data.draw(st.sampled_from([made_up, "", "路灯"]))]
        links[position] = replace(links[position], disclosures=kept)
        assert problem_of(links) == ChainProblem(position, Fault.WRONG_DISCLOSURE)

    @given(chains, st.data())
    def test_erased_disclosures_leave_the_chain_whole(self, links, data):
        for position, link in enumerate(links):
            kept = [text for text in link.disclosures if data.draw(st.booleans())]
            links[position] = replace(link, disclosures=kept)
        assert problem_of(links) is None

    @given(chains, st.data())
    def test_columns_that_contradict_their_entry_are_found(self, links, data):
        position = data.draw(st.integers(0, len(links) - 1))
        columns = links[position].columns
        lie = data.draw(
            st.sampled_from(
                [
                    replace(columns, seq=columns.seq + 1),
                    replace(columns, type="withdrawn"),
                    replace(columns, at=columns.at - timedelta(days=1)),
                ]
            )
        )
        links[position] = replace(links[position], columns=lie)
        assert problem_of(links) == ChainProblem(position, Fault.WRONG_COLUMNS)

    def test_a_chain_needs_no_table(self):
        assert problem_of([replace(link, columns=None) for link in chain_of([reported()])]) is None

    def test_entries_of_another_case_or_log_are_found(self):
        links = chain_of([reported(), handed_over()])
        other_case = chain_of([reported(), handed_over()], stream=bytes(16))
        other_log = chain_of([reported(), handed_over()], log="ledger.example.org/elsewhere")
        assert problem_of([links[0], other_case[1]]) == ChainProblem(1, Fault.FOREIGN_STREAM)
        assert problem_of([links[0], other_log[1]]) == ChainProblem(1, Fault.FOREIGN_LOG)

    def test_bytes_that_are_no_entry_are_found(self):
        links = chain_of([reported()])
        garbage = Link(b"{}", leaf_hash(b"{}"))
        assert problem_of([*links, garbage]) == ChainProblem(1, Fault.UNREADABLE)


@given(records)
def test_nothing_of_an_event_but_its_type_stands_in_the_entry(recorded):
    canary = "canary-13800138000-刘"
    if not isinstance(recorded.event, Accepted):
        recorded = replace(recorded, event=replace(recorded.event, text=canary))
    (link,) = chain_of([recorded])
    entry = json.loads(link.entry)
    assert entry.keys() == {"v", "log", "case", "cseq", "prev", "type", "at", "_sd_alg", "_sd"}
    for name, value in to_values(recorded).items():
        assert f'"{name}"'.encode() not in link.entry
        assert digests_of([json.dumps(value)])[0] not in entry["_sd"]
    assert canary.encode() not in link.entry
