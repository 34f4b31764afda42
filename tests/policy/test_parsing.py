"""What is wrong in a policy file is reported: with a code, a line, and everything at once."""

import pytest

from dandang.policy import parse_policy
from dandang.terms import InputError
from tests.policy.mistakes import ONE_PROBLEM, REMOVE, changed
from tests.policy.small import line_of, small, write


def problems(content):
    with pytest.raises(InputError) as caught:
        parse_policy(write(content), "p.toml")
    return caught.value.problems


def test_a_small_policy_is_valid():
    policy = parse_policy(write(small()), "p.toml")
    assert (policy.name, policy.version, policy.title_zh) == ("jiangcheng", 3, "江城规则")
    assert policy.text == write(small())


@pytest.mark.parametrize(("dotted", "value", "code", "start", "after", "params"), ONE_PROBLEM)
def test_one_mistake_is_one_problem_on_the_right_line(dotted, value, code, start, after, params):
    content = changed(dotted, value)
    found = problems(content)
    expected = line_of(write(content), start, after)
    assert [(p.code, p.line, p.source) for p in found] == [(code, expected, "p.toml")]
    assert params.items() <= found[0].params.items()


def test_what_a_problem_quotes_is_short_and_harms_no_terminal():
    (found,) = problems(changed("clocks.accept", "\x1b[2J\u202e" + "long " * 50))
    assert found.params["value"].startswith("\ufffd[2J\ufffdlong long ")
    assert len(found.params["value"]) == 60


def test_a_missing_table_is_reported_once_and_not_for_every_key_in_it():
    content = changed("limits", REMOVE)
    content["sources"]["own"]["backs"].remove("limits")
    (found,) = problems(content)
    assert (found.code, found.line, found.params) == ("missing_key", 0, {"key": "limits"})


def test_a_missing_key_of_the_file_itself_belongs_to_no_line():
    (found,) = problems(changed("title_zh", REMOVE))
    assert (found.code, found.line, found.params) == ("missing_key", 0, {"key": "title_zh"})


def test_a_reason_to_pause_without_a_condition_is_reported():
    content = small()
    del content["reasons"]["weather"]["condition_zh"]
    del content["reasons"]["weather"]["condition_en"]
    (found,) = problems(content)
    assert (found.code, found.params) == ("condition_missing", {"reason": "weather"})


def test_a_ladder_never_calls_somebody_lower_than_before():
    content = small()
    steps = content["ladders"]["overdue"]["steps"]
    steps[0]["calls"], steps[1]["calls"], steps[1]["publishes"] = "supervision", "officer", True
    (found,) = problems(content)
    assert (found.code, found.params["step"]) == ("step_calls_lower", "red")
    assert found.line == line_of(write(content), "calls", 'after = "6 working days"')


def test_steps_that_time_alone_does_not_bring_may_call_anybody_at_any_place():
    content = small()
    steps = content["ladders"]["overdue"]["steps"]
    names = {"name_zh": "步", "name_en": "Step"}
    steps[0:0] = [
        names | {"code": "near", "used": 75, "reminds": ["officer"]},
        names | {"code": "bounced", "hand_overs": 3, "calls": "leader"},
    ]
    steps += [
        names | {"code": "no", "refusals": 2, "calls": "supervision", "within": "2 h"},
        names | {"code": "old", "age": "60 days", "calls": "supervision", "sponsor": True},
        names | {"code": "late", "after": "7 working days", "reminds": ["officer"]},
        names | {"code": "last", "after": "8 working days", "publishes": True},
    ]
    ladder = parse_policy(write(content), "p.toml").ladders["overdue"]
    assert [step.trigger for step in ladder.steps] == [
        "used", "hand_overs", "after", "after", "refusals", "age", "after", "after",
    ]  # fmt: skip
    assert str(ladder.steps[4].within) == "2 h"


def test_a_ladder_that_goes_on_after_its_leader_must_end_again():
    content = small()
    third = {"code": "third", "name_zh": "三", "name_en": "Third", "after": "9 working days"}
    content["ladders"]["overdue"]["steps"].append(third | {"reminds": ["leader"]})
    (found,) = problems(content)
    assert (found.code, found.params["step"]) == ("ladder_without_end", "third")


def test_at_the_very_moment_comes_before_any_span_of_time():
    content = small()
    steps = content["ladders"]["overdue"]["steps"]
    steps[0]["after"] = "0 min"
    policy = parse_policy(write(content), "p.toml")
    assert [str(step.after) for step in policy.ladders["overdue"].steps] == [
        "0 min",
        "6 working days",
    ]
    steps[1]["after"] = "0 min"
    (found,) = problems(content)
    assert found.code == "step_not_later"


def test_a_ladder_is_not_said_to_have_no_end_while_one_of_its_steps_is_wrong():
    content = small()
    del content["ladders"]["overdue"]["steps"][1]["after"]
    (found,) = problems(content)
    assert (found.code, found.params["step"]) == ("step_without_trigger", "red")


def test_two_steps_of_a_ladder_may_call_the_same_person():
    content = small()
    steps = content["ladders"]["overdue"]["steps"]
    steps.append(steps[1] | {"code": "again", "after": "7 working days"})
    assert len(parse_policy(write(content), "p.toml").ladders["overdue"].steps) == 3


def test_a_ladder_may_end_in_public_instead_of_at_a_leader():
    content = small()
    content["ladders"]["overdue"]["steps"][1] |= {"calls": "supervision", "publishes": True}
    assert parse_policy(write(content), "p.toml").ladders["overdue"].steps[1].publishes


def test_a_figure_without_a_source_is_reported_where_it_stands():
    content = small()
    content["sources"]["own"]["backs"] = [
        "clocks.accept",
        "classes",
        "limits",
        "watch.starving_share",
        "watch.starving_least",
        "evaluation",
        "ladders.overdue.steps",
        "legal_routes.inspection.limit",
    ]
    found = problems(content)
    assert {p.code for p in found} == {"figure_without_source"}
    text = write(content)
    assert [(p.line, p.params["key"]) for p in found] == [
        (line_of(text, f"{key.split('.')[-1]} =", f"[{key.rpartition('.')[0]}]"), key)
        for key in [
            "clocks.dispatch",
            "clocks.return_window",
            "clocks.dispute_decision",
            "clocks.judgement_window",
            "clocks.call",
            "watch.roster_ahead",
            "legal_routes.inspection.extension",
            "categories.night_noise.confirm_after",
        ]
    ]


@pytest.mark.parametrize("dotted", ["limits.nothing", "", "clocks.accept.more", "clocks."])
def test_a_source_that_backs_nothing_there_is_reported(dotted):
    content = small()
    content["sources"]["own"]["backs"].append(dotted)
    (found,) = problems(content)
    assert (found.code, found.params) == ("unknown_path", {"source_code": "own", "value": dotted})
    assert found.line == line_of(write(content), "backs")


def test_all_problems_are_reported_together_in_the_order_of_their_lines():
    content = small()
    del content["title_zh"]
    content["clocks"]["accept"] = "soon"
    content["limits"]["typo"] = 1
    content["categories"]["noise"]["parent"] = "nowhere"
    content["reasons"]["Bad-Code"] = content["reasons"].pop("anything")
    found = problems(content)
    assert [p.code for p in found] == [
        "missing_key",
        "bad_span",
        "unknown_key",
        "bad_code",
        "unknown_parent",
    ]
    assert [p.line for p in found] == sorted(p.line for p in found)


def test_one_loop_is_reported_once_however_many_hang_below_it():
    content = small()
    tree = content["categories"]
    for code, parent in {"a": "c", "b": "a", "c": "b", "d": "c", "e": "d"}.items():
        tree[code] = {"name_zh": "类", "name_en": code, "class": "ordinary", "parent": parent}
    (found,) = problems(content)
    assert (found.code, found.params["category"]) == ("category_loop", "a")


def test_children_may_stand_before_their_parents():
    content = small()
    content["categories"] = dict(reversed(content["categories"].items()))
    policy = parse_policy(write(content), "p.toml")
    assert list(policy.categories) == ["wages", "night_noise", "noise"]
    assert policy.category_path("night_noise") == ("noise", "night_noise")


def test_a_deep_tree_is_no_problem():
    content = small()
    tree = content["categories"]
    for depth in range(3000):
        parent = f"c{depth - 1}" if depth else "noise"
        tree[f"c{depth}"] = {"name_zh": "类", "name_en": "c", "parent": parent}
    policy = parse_policy(write(content), "p.toml")
    assert policy.categories["c2999"].case_class == "ordinary"
    assert len(policy.category_path("c2999")) == 3001


def test_optional_tables_may_be_left_out():
    content = small()
    del content["legal_routes"], content["missed"]
    del content["categories"]["wages"]["legal_route"]
    clocks = content.pop("clocks")
    for case_class in content["classes"].values():
        case_class["clocks"] = clocks | case_class["clocks"]
    content["sources"]["own"]["backs"] = ["classes", "limits", "watch", "evaluation"]
    content["sources"]["own"]["backs"] += ["ladders", "categories"]
    policy = parse_policy(write(content), "p.toml")
    assert policy.legal_routes == {}
    assert policy.missed == {}
    content["classes"]["urgent"].pop("clocks")
    missing = {p.params["clock"] for p in problems(content) if p.code == "missing_clock"}
    assert missing == {"total", *clocks}


def looking_back(share):
    content = small()
    content["look_back"] = {"share": share}
    content["sources"]["own"]["backs"].append("look_back")
    return content


def test_where_no_share_is_named_nobody_is_asked_again():
    assert parse_policy(write(small()), "p.toml").look_back.share == 0


@pytest.mark.parametrize("share", [0, 30, 100])
def test_so_many_percent_are_asked_again(share):
    assert parse_policy(write(looking_back(share)), "p.toml").look_back.share == share


@pytest.mark.parametrize(
    ("share", "code"),
    [(101, "number_out_of_range"), (-1, "number_out_of_range"), ("all", "wrong_type")],
)
def test_what_is_no_percentage_is_reported(share, code):
    content = looking_back(share)
    (found,) = problems(content)
    assert (found.code, found.line) == (code, line_of(write(content), "share", "[look_back]"))
