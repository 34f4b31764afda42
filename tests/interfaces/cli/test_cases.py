"""Stories of cases at the terminal: opened, listed, shown, acted upon."""

import json
from datetime import timedelta

import pytest
from django.utils import translation

from dandang.interfaces.cli.exits import Exit
from dandang.interfaces.cli.verbs import HELP
from dandang.interfaces.shared.words.verbs import VERB_WORDS
from dandang.ledger.queries import size
from dandang.ledger.sequencer import lag
from dandang.lifecycle.casework.models import Case
from dandang.lifecycle.verbs import READY, VERBS
from dandang.organization.actions.training import freeze_time
from tests import town
from tests.interfaces.cli.calling import Called, call

NOT_OURS = ("--reason", "not_our_duty", "--basis", "Duty list 9", "--text", "The main is theirs")


@pytest.fixture(autouse=True)
def city(db: None) -> None:
    town.build()
    freeze_time(town.MONDAY)


def opened(*more: str) -> Called:
    """Zhao Min takes down what Mrs Liu says at the counter."""
    return call(
        "case", "open", "--json", "--as", town.ZHAO_MIN, "--title", "No water",
        "--text", "No water in Lane 9", "--category", "water_supply", "--area", "hudong",
        "--name", "刘女士", "--phone", "13900000000", *more,
    )  # fmt: skip


def reference() -> str:
    return opened().record["reference"]


def does(verb: str, at: str, *words: str, **more: str) -> Called:
    return call("case", verb, at, "--json", *words, **more)


def test_a_request_taken_in_gets_a_reference_an_access_code_and_a_holder():
    called = opened()
    assert called.code == Exit.OK
    assert set(called.record) == {"reference", "access_code", "existing"}
    case = Case.objects.get(reference=called.record["reference"])
    assert (case.holder, case.channel) == ("water-duty", "counter")
    assert lag().waiting == 0


def test_the_same_submission_again_opens_nothing_and_gives_no_code_away():
    first = opened("--submission", "form-7").record
    again = opened("--submission", "form-7").record
    assert again == {"reference": first["reference"], "access_code": None, "existing": True}
    assert Case.objects.count() == 1


def test_words_for_people_name_reference_and_access_code():
    called = call("case", "open", "--title", "Tap", "--text-file", "-", stdin="No water\n")
    assert called.code == Exit.OK
    assert called.out.startswith("Reference: ")
    assert "Access code: " in called.out
    assert Case.objects.get().holder == "hotline-intake"


def test_an_officer_nobody_knows_cannot_take_anything_in():
    before = size()
    called = call("case", "open", "--title", "Tap", "--text", "x", "--as", "X-1", "--json")
    assert (called.code, called.record["error"]["code"]) == (Exit.REFUSED, "not_permitted")
    assert size() == before


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--text", "x", "--text-file", "y"), Exit.USAGE),
        ((), Exit.USAGE),
        (("--text-file", "/nowhere/x"), Exit.USAGE),
        (("--text", "x\0y"), Exit.REFUSED),
        (("--text", "x" * 10_001), Exit.REFUSED),
        (("--text", "x", "--category", "magic"), Exit.REFUSED),
        (("--text", "x", "--area", "atlantis"), Exit.REFUSED),
        (("--text", "x", "--name", "y" * 301), Exit.REFUSED),
        (("--text", "x", "--channel", "dream"), Exit.USAGE),
    ],
)
def test_a_request_that_cannot_be_taken_in_writes_nothing(words, code):
    before = size()
    called = call("case", "open", "--title", "Tap", "--json", *words)
    assert called.code == code
    assert "error" in called.record
    assert size() == before


def test_a_text_in_another_encoding_is_refused_clearly(tmp_path):
    path = tmp_path / "letter.txt"
    path.write_bytes("路灯不亮".encode("gb18030"))
    called = call("case", "open", "--title", "Tap", "--text-file", str(path), "--json")
    assert (called.code, called.record["error"]["code"]) == (Exit.USAGE, "not_utf8")
    assert call("case", "open", "--title", "Tap", "--text-file", str(tmp_path)).code == Exit.USAGE


def test_the_list_has_stable_keys_one_object_a_line_and_a_limit():
    for _ in range(3):
        opened()
    called = call("case", "list", "--json", "--limit", "2")
    assert len(called.records) == 2
    first = called.records[0]
    assert first["state"] == "assigned"
    assert (first["holder_unit"], first["holder_post"]) == ("water", "water-duty")
    assert first["due_at"].endswith("Z")
    assert set(first) == {
        "reference", "state", "holder_unit", "holder_post", "due_at", "due_clock", "overdue",
        "category", "area", "class", "sent_at", "ended_at", "hand_overs",
    }  # fmt: skip


def test_the_list_is_paged_whatever_the_limit(monkeypatch):
    monkeypatch.setattr("dandang.interfaces.cli.cases._PAGE", 2)
    expected = {opened().record["reference"] for _ in range(5)}
    for limit, number in ((4, 4), (5, 5), (50, 5)):
        found = [
            one["reference"]
            for one in call("case", "list", "--json", "--limit", str(limit)).records
        ]
        assert len(found) == len(set(found)) == number
        assert set(found) <= expected


def test_the_list_can_be_narrowed():
    at = reference()
    does("accept", at, "--as", town.LI_NA)
    opened()
    for words, number in (
        (("--state", "in_progress"), 1),
        (("--state", "in_progress", "--state", "assigned"), 2),
        (("--unit", "water"), 2),
        (("--unit", "housing"), 0),
        (("--post", "water-duty"), 2),
        (("--category", "taxis"), 0),
        (("--open",), 2),
        (("--overdue",), 0),
    ):
        assert len(call("case", "list", "--json", *words).records) == number
    freeze_time(town.MONDAY + timedelta(days=400))
    late = call("case", "list", "--json", "--overdue").records
    assert [one["overdue"] for one in late] == [True, True]


def test_the_list_for_people_is_a_table_in_their_language_without_titles():
    opened()
    english, chinese = call("case", "list"), call("case", "list", "--lang", "zh")
    assert "Water bureau · Duty desk" in english.out
    assert "水务局 · 值班岗" in chinese.out
    assert "No water" not in english.out
    assert "No water" in call("case", "list", "--reveal").out


def test_times_are_those_of_the_body():
    at = reference()
    due = call("case", "list", "--json").records[0]["due_at"]
    assert due.startswith("2026-10-12T01:30")
    assert "2026-10-12 09:30" in call("case", "list").out
    assert "2026-10-12 09:30" in call("case", "show", at).out


def test_an_empty_list_is_said_aside():
    called = call("case", "list")
    assert (called.code, called.out, called.err.strip()) == (Exit.OK, "", "No case was found.")
    assert call("case", "list", "--quiet").err == ""


def test_a_case_is_shown_with_clocks_and_history_but_nothing_personal():
    at = reference()
    does("contacted", at, "--as", town.LI_NA, "--how", "phone", "--text", "Tomorrow, she said")
    record = call("case", "show", at.lower(), "--json").record
    assert (record["reference"], record["turn"], record["seq"]) == (at, "holder", 2)
    assert {clock["clock"] for clock in record["clocks"]} >= {"total", "accept", "resolution"}
    assert [event["type"] for event in record["events"]] == [
        "case_opened", "assigned", "requester_contacted",
    ]  # fmt: skip
    assert record["events"][2]["actor"] == "officer:W-017"
    for shown in (json.dumps(record, ensure_ascii=False), call("case", "show", at).out):
        for word in ("刘女士", "13900000000", "Lane 9", "Tomorrow"):
            assert word not in shown


def test_personal_data_are_shown_only_on_demand():
    at = reference()
    record = call("case", "show", at, "--json", "--reveal").record
    assert record["events"][0]["personal"]["name"] == "刘*士"
    shown = call("case", "show", at, "--reveal").out
    assert "[0] text:\nNo water in Lane 9" in shown


def test_an_unknown_reference_is_exit_3():
    for words in (("show", "2222-2222"), ("accept", "2222-2222", "--as", town.LI_NA)):
        called = call("case", *words, "--json")
        assert called.code == Exit.NOT_FOUND
        assert called.record["error"] == {"code": "not_found", "details": {}}


def test_every_ready_verb_is_a_command_with_the_words_of_its_button():
    assert HELP.keys() == VERBS.keys()
    with translation.override("en"):
        assert {name: str(VERB_WORDS[name].submit) for name in VERBS} == HELP
    for name in READY:
        assert call("case", name, "--help").code == Exit.OK


def test_an_act_tells_where_the_case_stands_now():
    at = reference()
    done = does("accept", at, "--as", town.LI_NA, "--seen", "1").record
    assert done == {
        "reference": at, "state": "in_progress", "holder_post": "water-duty", "seq": 2,
        "events": ["accepted"], "parts": [],
    }  # fmt: skip
    said = call("case", "note", at, "--as", town.LI_NA, "--text", "x", "--internal").out
    assert said == f"{at}: in progress; Water bureau · Duty desk holds it (event 3).\n"


def test_a_hand_over_moves_custody_with_reason_text_and_basis():
    at = reference()
    done = does("hand-over", at, "--as", town.LI_NA, "--to-post", "cityman-duty", *NOT_OURS)
    assert (done.code, done.record["holder_post"]) == (Exit.OK, "cityman-duty")
    assert done.record["events"] == ["handed_over"]


def test_a_refusal_is_exit_4_with_its_code_and_words_and_writes_nothing():
    at = reference()
    before = size()
    called = does("accept", at, "--as", town.CAO_LEI)
    assert called.code == Exit.REFUSED
    assert called.record["error"]["code"] == "not_the_holder"
    assert "Only the post that holds the case" in called.err
    assert "负责" in does("accept", at, "--as", town.CAO_LEI, "--lang", "zh").err
    assert size() == before


def test_a_case_that_moved_on_is_refused():
    at = reference()
    does("hand-over", at, "--as", town.LI_NA, "--to-post", "cityman-duty", *NOT_OURS)
    before = size()
    called = does("accept", at, "--as", town.CAO_LEI, "--seen", "1")
    assert (called.code, called.record["error"]["code"]) == (Exit.REFUSED, "changed_meanwhile")
    assert size() == before


@pytest.mark.parametrize(
    "words",
    [
        ("accept",),
        ("accept", "--as", "W-017", "--as-system"),
        ("reply", "--as", "W-017"),
        ("reply", "--as", "W-017", "--text", "x", "--text-file", "y"),
        ("propose", "--as", "W-017", "--outcome", "magic", "--text", "x"),
        ("hand-over", "--as", "W-017", "--to-post", "cityman-duty", "--text", "x"),
        ("resume",),
        ("resume", "--as", "W-017", "--as-system"),
    ],
)
def test_a_verb_called_wrongly_is_exit_2_and_writes_nothing(words):
    at = reference()
    before = size()
    assert call("case", words[0], at, *words[1:]).code == Exit.USAGE
    assert size() == before


def test_the_way_to_the_end_by_officers_and_the_requester():
    receipt = opened().record
    at, code = receipt["reference"], receipt["access_code"]
    does("accept", at, "--as", town.LI_NA)
    does("contacted", at, "--as", town.LI_NA, "--how", "visit", "--text", "Came by")
    does("propose", at, "--as", town.LI_NA, "--outcome", "resolved", "--text", "Repaired")
    done = does("judge", at, "--as-requester", "--verdict", "solved", DANDANG_ACCESS_CODE=code)
    assert done.record["state"] == "solved"


def test_a_requester_proves_it_by_file_stdin_or_prompt(tmp_path):
    receipt = opened().record
    at, code = receipt["reference"], receipt["access_code"]
    path = tmp_path / "code"
    path.write_text(f"{code.lower()}\n", encoding="utf-8")
    note = ("--as-requester", "--text", "Still none")
    assert does("note", at, *note, "--access-code-file", str(path)).code == Exit.OK
    from_stdin = call("case", "note", at, *note, "--access-code-file", "-", stdin=f"{code}\n")
    assert from_stdin.code == Exit.OK
    asked = call("case", "note", at, *note, stdin=f"{code}\n")
    assert asked.code == Exit.OK
    assert "Access code" in asked.err


def test_an_access_code_that_cannot_be_read_is_exit_2(tmp_path):
    words = ("--as-requester", "--text", "x", "--access-code-file", str(tmp_path / "none"))
    assert does("note", reference(), *words).code == Exit.USAGE


def test_a_wrong_access_code_is_exit_3_and_writes_nothing():
    at = reference()
    before = size()
    called = does("note", at, "--as-requester", "--text", "x", DANDANG_ACCESS_CODE="AAAA")
    assert (called.code, called.record["error"]["code"]) == (Exit.NOT_FOUND, "not_found")
    assert size() == before


def test_a_call_back_officer_judges_for_one_request():
    at = reference()
    does("accept", at, "--as", town.LI_NA)
    does("contacted", at, "--as", town.LI_NA, "--how", "phone", "--text", "Hello")
    does("propose", at, "--as", town.LI_NA, "--outcome", "resolved", "--text", "Repaired")
    words = ("--as", town.ZHAO_MIN, "--verdict", "no", "--request", "1", "--was-contacted")
    done = does("judge", at, *words, "--no-was-pressed")
    assert (done.code, done.record["state"]) == (Exit.OK, "in_progress")
    assert "judged" in done.record["events"]


def test_the_system_lets_an_answer_lapse_only_when_the_window_is_over():
    at = reference()
    does("accept", at, "--as", town.LI_NA)
    does("contacted", at, "--as", town.LI_NA, "--how", "phone", "--text", "Hello")
    does("propose", at, "--as", town.LI_NA, "--outcome", "resolved", "--text", "Repaired")
    early = does("lapse", at, "--as-system")
    assert (early.code, early.record["error"]["code"]) == (Exit.REFUSED, "judgement_window_open")
    freeze_time(town.MONDAY + timedelta(days=60))
    assert does("lapse", at, "--as-system").record["state"] == "unanswered"


def test_another_requester_is_attached_with_a_receipt_of_their_own():
    at = reference()
    words = ("--as", town.ZHAO_MIN, "--text", "Here too", "--name", "周先生", "--phone", "138")
    done = does("attach", at, *words)
    assert set(done.record["receipt"]) == {"reference", "access_code"}
    said = call("case", "attach", at, *words).out
    assert "Access code: " in said


def test_before_the_set_up_it_is_said_what_to_do(django_db_blocker):
    from dandang.organization.models import OrganizationVersion  # noqa: PLC0415 needs Django

    OrganizationVersion.objects.all().delete()
    called = call("case", "open", "--title", "x", "--text", "x", "--json")
    assert (called.code, called.record["error"]["code"]) == (Exit.CONFIGURATION, "no_organization")
    assert "dandang organization load" in called.err


DECISION = (
    "case", "open", "--json", "--kind", "decision", "--class", "decision_complex", "--title",
    "Lamps", "--text", "Every lamp burns again", "--due-by", "2026-10-30T18:00+08:00",
)  # fmt: skip


def test_a_decision_is_set_with_its_date_and_nobody_gets_an_access_code():
    called = call(*DECISION, "--as", town.CHEN_HUI)
    assert called.record["access_code"] is None
    case = Case.objects.get(reference=called.record["reference"])
    assert (case.kind, case.set_by, case.case_class) == (
        "decision",
        "supervision-desk",
        "decision_complex",
    )
    assert case.total_due_at.isoformat() == "2026-10-30T10:00:00+00:00"


def test_nobody_but_an_officer_who_may_sets_a_decision():
    before = size()
    for more in ((), ("--as", town.LI_NA)):
        called = call(*DECISION, *more)
        assert (called.code, called.record["error"]["code"]) == (Exit.REFUSED, "not_permitted")
    assert call(*DECISION, "--due-by", "soon").code == Exit.USAGE
    assert size() == before


def test_an_act_that_opens_a_part_names_it():
    part = ("--to-post", "water-duty", "--title", "The pump", "--text", "Mend the pump")
    called = does("split", reference(), "--as", town.ZHAO_MIN, *part)
    (child,) = called.record["parts"]
    assert Case.objects.get(reference=child).parent
    words = call("case", "split", reference(), "--as", town.ZHAO_MIN, *part).out
    assert "Part: " in words
