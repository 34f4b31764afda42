"""Single mistakes in a small policy, and the one problem that each of them is."""

from tests.policy.small import small

LONG = "长" * 1001
REMOVE = object()
_THIRD = {"code": "third", "name_zh": "三", "name_en": "Third", "reminds": ["officer"]}

# What is changed (path, new value), the code of the only problem, the line it stands on
# (its beginning, and the header above it), and the values for its words.
ONE_PROBLEM = [
    ("format", 2, "number_out_of_range", "format", "", {"key": "format", "low": 1, "high": 1}),
    ("name", "Jiangcheng", "bad_code", "name", "", {"key": "name", "value": "Jiangcheng"}),
    ("name", 5, "wrong_type", "name", "", {"key": "name", "expected": "text"}),
    ("version", 0, "number_out_of_range", "version", "", {"low": 1, "high": 1_000_000}),
    ("version", True, "wrong_type", "version", "", {"expected": "whole_number"}),
    ("version", 1.5, "wrong_type", "version", "", {}),
    ("title_en", "  ", "field_required", "title_en", "", {"field": "title_en"}),
    ("title_en", "x" * 61, "text_too_long", "title_en", "", {"limit": 60, "length": 61}),
    ("title_en", "a\x00b", "text_unusable", "title_en", "", {"field": "title_en"}),
    ("default_class", "none", "unknown_class", "default_class", "", {"case_class": "none"}),
    ("default_class", "No!", "bad_code", "default_class", "", {"value": "No!"}),
    ("colour", "red", "unknown_key", "colour", "", {"key": "colour"}),
    # clocks and classes
    ("clocks.accept", "4 hours", "bad_span", "accept", "[clocks]", {"value": "4 hours"}),
    ("clocks.accept", "-4 h", "bad_span", "accept", "[clocks]", {"key": "clocks.accept"}),
    ("clocks.accept", 4, "wrong_type", "accept", "[clocks]", {"expected": "text"}),
    ("clocks.lunch", "1 h", "unknown_key", "lunch", "[clocks]", {"key": "clocks.lunch"}),
    ("classes.ordinary", 5, "wrong_type", "ordinary", "[classes]", {"expected": "table"}),
    (
        "classes.ordinary.name_zh",
        REMOVE,
        "missing_key",
        "[classes.ordinary]",
        "",
        {"key": "classes.ordinary.name_zh"},
    ),
    (
        "classes.ordinary.clocks.total",
        REMOVE,
        "missing_clock",
        "[classes.ordinary.clocks]",
        "",
        {"case_class": "ordinary", "clock": "total"},
    ),
    (
        "classes.ordinary.clocks.total",
        "0 days",
        "bad_span",
        "total",
        "[classes.ordinary.clocks]",
        {},
    ),
    ("classes.urgent.urgent", "yes", "wrong_type", "urgent", "[classes.urgent]", {}),
    (
        "classes.urgent.ladder",
        "stairs",
        "unknown_ladder",
        "ladder",
        "[classes.urgent]",
        {"case_class": "urgent", "ladder": "stairs"},
    ),
    ("classes.urgent.ladder", REMOVE, "missing_key", "[classes.urgent]", "", {}),
    (
        "classes.ordinary.when_happening_now",
        "now",
        "unknown_class",
        "when_happening_now",
        "[classes.ordinary]",
        {"case_class": "now"},
    ),
    # limits
    ("limits.max_questions", 0, "number_out_of_range", "max_questions", "[limits]", {}),
    ("limits.decline_sample_percent", 101, "number_out_of_range", "decline_sample", "[limits]", {}),
    ("limits.reopen_window", "-30 days", "bad_span", "reopen_window", "[limits]", {}),
    ("limits.longest_instruction", "0 min", "bad_span", "longest_instruction", "[limits]", {}),
    ("limits.appeal_window", REMOVE, "missing_key", "[limits]", "", {}),
    (
        "limits.judgement_reminder",
        "5 working days",
        "reminder_too_late",
        "judgement_reminder",
        "[limits]",
        {"reminder": "5 working days", "window": "5 working days"},
    ),
    (
        "limits.judgement_reminder",
        "3 days",
        "units_differ",
        "judgement_reminder",
        "[limits]",
        {"one": "3 days", "other": "5 working days"},
    ),
    ("evaluation.period_months", 13, "number_out_of_range", "period_months", "[evaluation]", {}),
    # ladders
    ("ladders.overdue.steps", [], "ladder_without_steps", "steps", "", {"ladder": "overdue"}),
    ("ladders.overdue.steps", "x", "wrong_type", "steps", "", {"expected": "list"}),
    ("ladders.overdue.steps", [5], "wrong_type", "steps", "", {"expected": "table"}),
    ("ladders.overdue.starts", "today", "unknown_word", "starts", "", {"value": "today"}),
    (
        "ladders.overdue.steps.1.calls",
        "supervision",
        "ladder_without_end",
        "[[ladders",
        'calls = "officer"',
        {"ladder": "overdue", "step": "red"},
    ),
    ("ladders.overdue.steps.0.colour", "pink", "unknown_word", "colour", "", {"value": "pink"}),
    (
        "ladders.overdue.steps.0.reminds",
        ["unit_head", "all"],
        "unknown_word",
        "reminds",
        "",
        {"key": "ladders.overdue.steps.1.reminds.2", "value": "all"},
    ),
    (
        "ladders.overdue.steps.0.calls",
        "mayor",
        "unknown_word",
        "calls",
        "",
        {"key": "ladders.overdue.steps.1.calls", "value": "mayor"},
    ),
    (
        "ladders.overdue.steps.0.after",
        REMOVE,
        "step_without_trigger",
        "[[ladders",
        "",
        {"ladder": "overdue", "step": "blue"},
    ),
    (
        "ladders.overdue.steps.0.age",
        "60 days",
        "step_with_triggers",
        "age",
        "",
        {"ladder": "overdue", "step": "blue", "one": "after", "other": "age"},
    ),
    ("ladders.overdue.steps.0.after", "-1 h", "bad_span", "after", "", {"value": "-1 h"}),
    ("ladders.overdue.steps.0.after", "0 days", "bad_span", "after", "", {"value": "0 days"}),
    ("ladders.overdue.steps.2", {"used": 100}, "number_out_of_range", "used", "", {"high": 99}),
    ("ladders.overdue.steps.2", {"used": 0}, "number_out_of_range", "used", "", {"low": 1}),
    ("ladders.overdue.steps.2", {"age": "0 min"}, "bad_span", "age", "", {"value": "0 min"}),
    ("ladders.overdue.steps.2", {"quiet": "0 min"}, "bad_span", "quiet", "", {"value": "0 min"}),
    ("ladders.overdue.steps.2", {"quiet": "-1 h"}, "bad_span", "quiet", "", {"value": "-1 h"}),
    ("ladders.overdue.steps.2", {"hand_overs": 0}, "number_out_of_range", "hand_overs", "", {}),
    ("ladders.overdue.steps.2", {"refusals": -1}, "number_out_of_range", "refusals", "", {}),
    ("ladders.overdue.steps.0.within", "0 min", "bad_span", "within", "", {"value": "0 min"}),
    (
        "ladders.overdue.steps.0.answered_by",
        ["took_over", "phoned"],
        "unknown_word",
        "answered_by",
        "",
        {"key": "ladders.overdue.steps.1.answered_by.2", "value": "phoned"},
    ),
    ("ladders.overdue.steps.0.answered_by", [], "call_without_answer", "answered_by", "", {}),
    (
        "ladders.overdue.steps.2",
        {"quiet": "5 days", "reminds": [], "colour": "red"},
        "step_without_act",
        "[[ladders",
        'after = "6 working days"',
        {"ladder": "overdue", "step": "third"},
    ),
    *(
        (
            "ladders.overdue.steps.2",
            {"quiet": "5 days", "reminds": ["officer"], key: value},
            "step_without_call",
            key,
            "",
            {"step": "third", "key": key},
        )
        for key, value in (
            ("sponsor", True),
            ("within", "2 h"),
            ("answered_by", ["took_over"]),
        )
    ),
    (
        "ladders.overdue.steps",
        [
            {
                "code": "quiet",
                "name_zh": "静",
                "name_en": "Quiet",
                "quiet": "5 days",
                "calls": "leader",
            }
        ],
        "ladder_without_end",
        "[[ladders",
        "",
        {"ladder": "overdue", "step": "quiet"},
    ),
    (
        "ladders.overdue.steps.1.code",
        "blue",
        "duplicate_code",
        "code",
        'calls = "officer"',
        {"value": "blue"},
    ),
    (
        "ladders.overdue.steps.1.code",
        "accept",
        "step_named_like_clock",
        "code",
        'calls = "officer"',
        {"step": "accept"},
    ),
    (
        "ladders.overdue.steps.1.after",
        "1 working day",
        "step_not_later",
        "after",
        'name_en = "Red"',
        {"ladder": "overdue", "step": "red"},
    ),
    (
        "ladders.overdue.steps.1.after",
        "6 days",
        "units_differ",
        "after",
        'name_en = "Red"',
        {"one": "1 working day", "other": "6 days"},
    ),
    (
        "ladders.overdue.steps.1.after",
        "0 min",
        "step_not_later",
        "after",
        'name_en = "Red"',
        {"ladder": "overdue", "step": "red"},
    ),
    # missed clocks, watch
    ("missed.accept", "mayor", "unknown_word", "accept", "[missed]", {"value": "mayor"}),
    ("missed.lunch", "leader", "unknown_key", "lunch", "[missed]", {"key": "missed.lunch"}),
    *(
        (f"missed.{clock}", "leader", "unknown_key", clock, "[missed]", {})
        for clock in (
            "total",
            "call",
            "ladder",
            "judgement_reminder",
            "question",
            "return_window",
            "look_back",
            "judgement_window",
        )
    ),
    *(
        (f"clocks.{clock}", "1 h", "unknown_key", clock, "[clocks]", {})
        for clock in ("instruction", "ladder", "judgement_reminder", "question", "promise")
    ),
    ("watch.starving_share", 0, "number_out_of_range", "starving_share", "[watch]", {}),
    ("watch.starving_share", 1001, "number_out_of_range", "starving_share", "[watch]", {}),
    ("watch.starving_least", REMOVE, "missing_key", "[watch]", "", {}),
    ("watch.roster_ahead", "0 min", "bad_span", "roster_ahead", "[watch]", {}),
    ("watch.surge_calls_duty", 1, "wrong_type", "surge_calls_duty", "[watch]", {}),
    # legal routes, ends
    ("legal_routes.inspection.limit", "long", "bad_span", "limit", "", {"value": "long"}),
    ("ends.merged", REMOVE, "missing_key", "[ends]", "", {"key": "ends.merged"}),
    ("ends.solved.name_zh", "", "field_required", "name_zh", "[ends.solved]", {}),
    ("ends.lost", {"name_zh": "x"}, "unknown_key", "[ends.lost]", "", {"key": "ends.lost"}),
    # reasons
    (
        "reasons.weather.verbs",
        ["pause", "extension", "sing"],
        "unknown_word",
        "verbs",
        "[reasons.weather]",
        {"key": "reasons.weather.verbs.3", "value": "sing"},
    ),
    (
        "reasons.weather.verbs",
        ["pause", "extension", "pause"],
        "duplicate_value",
        "verbs",
        "[reasons.weather]",
        {"key": "reasons.weather.verbs", "value": "pause"},
    ),
    ("reasons.weather.verbs", ["pause", 1], "wrong_type", "verbs", "[reasons.weather]", {}),
    ("reasons.weather.verbs", "pause", "wrong_type", "verbs", "[reasons.weather]", {}),
    (
        "reasons.idle",
        {"name_zh": "无", "name_en": "Idle", "verbs": []},
        "reason_without_verb",
        "[reasons.idle]",
        "",
        {"reason": "idle"},
    ),
    ("reasons.weather.condition_zh", REMOVE, "missing_key", "[reasons.weather]", "", {}),
    (
        "reasons.cannot_lawfully.needs_basis",
        False,
        "decline_without_basis",
        "[reasons.cannot_lawfully]",
        "",
        {"reason": "cannot_lawfully"},
    ),
    (
        "reasons.anything.verbs",
        ["close_not_solved", "reject_proposal"],
        "verb_without_reason",
        "[reasons]",
        "",
        {"verb": "withdraw"},
    ),
    # categories
    (
        "categories.night_noise.parent",
        "day_noise",
        "unknown_parent",
        "parent",
        "[categories.night_noise]",
        {"category": "night_noise", "parent": "day_noise"},
    ),
    ("categories.noise.class", "loud", "unknown_class", "class", "", {"case_class": "loud"}),
    (
        "categories.noise.class",
        REMOVE,
        "category_without_class",
        "[categories.noise]",
        "",
        {"category": "noise"},
    ),
    (
        "categories.noise.parent",
        "noise",
        "category_loop",
        "parent",
        "[categories.noise]",
        {"category": "noise"},
    ),
    ("categories.noise.parent", "night_noise", "category_loop", "parent", "", {}),
    (
        "categories.wages.legal_route",
        "court",
        "unknown_legal_route",
        "legal_route",
        "",
        {"legal_route": "court"},
    ),
    ("categories.wages.hint_en", REMOVE, "missing_key", "[categories.wages]", "", {}),
    ("categories.wages.hint_en", LONG, "text_too_long", "hint_en", "", {"limit": 1000}),
    (
        "categories.noise.ends_forbidden",
        ["solved"],
        "end_cannot_be_forbidden",
        "ends_forbidden",
        "[categories.noise]",
        {"end": "solved"},
    ),
    # sources
    ("sources.own.status", "sure", "unknown_word", "status", "[sources.own]", {}),
    ("sources.own.text_zh", REMOVE, "missing_key", "[sources.own]", "", {}),
]


def changed(dotted, value):
    content = small()
    *above, last = [int(key) if key.isdigit() else key for key in dotted.split(".")]
    table = content
    for key in above:
        table = table[key]
    if isinstance(table, list) and last == len(table):
        table.append(_THIRD | value)
    elif value is REMOVE:
        del table[last]
    else:
        table[last] = value
    return content
