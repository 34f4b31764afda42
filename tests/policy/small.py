"""A small valid policy as data, and a writer that turns such data into a policy file."""

import copy
import json
from typing import Any

Content = dict[str, Any]

_CLOCKS = {
    "dispatch": "24 h",
    "accept": "4 working hours",
    "return_window": "2 working days",
    "dispute_decision": "1 working day",
    "judgement_window": "5 working days",
    "call": "4 working hours",
}
_LIMITS = {
    "dispute_at_return": 2,
    "dispute_at_hand_over": 3,
    "max_questions": 2,
    "question_time": "3 working days",
    "max_extensions": 1,
    "longest_extension": "10 working days",
    "longest_unit_pause": "3 working days",
    "judgement_reminder": "3 working days",
    "judgement_change": "15 days",
    "deciding_at_no": 2,
    "call_back": "1 day",
    "reopen_window": "30 days",
    "max_objections": 1,
    "objection_window": "15 days",
    "appeal_window": "30 days",
    "recurrence_window": "30 days",
    "decline_sample_percent": 10,
    "incident_requests": 5,
    "incident_window": "30 min",
    "longest_instruction": "5 working days",
}
_ENDS = (
    "solved",
    "partly_solved",
    "not_solved",
    "unanswered",
    "unreachable",
    "explained",
    "declined",
    "concluded_by_law",
    "merged",
    "withdrawn",
)
_SMALL: Content = {
    "format": 1,
    "name": "jiangcheng",
    "version": 3,
    "title_zh": "江城规则",
    "title_en": "Rules of Jiangcheng",
    "default_class": "ordinary",
    "clocks": _CLOCKS,
    "classes": {
        "ordinary": {
            "name_zh": "一般",
            "name_en": "Ordinary",
            "ladder": "overdue",
            "when_happening_now": "urgent",
            "clocks": {"total": "5 working days"},
        },
        "urgent": {
            "name_zh": "紧急",
            "name_en": "Urgent",
            "urgent": True,
            "act_first": True,
            "ladder": "overdue",
            "clocks": {"total": "2 h", "accept": "15 min"},
        },
    },
    "limits": _LIMITS,
    "watch": {"starving_share": 100, "starving_least": 5, "roster_ahead": "7 days"},
    "missed": {"accept": "unit_head", "appeal_decision": "leader"},
    "evaluation": {"period_months": 3, "periods_at_least": 4},
    "ladders": {
        "overdue": {
            "name_zh": "超期",
            "name_en": "Overdue",
            "starts": "total_due",
            "steps": [
                {
                    "code": "blue",
                    "name_zh": "蓝色",
                    "name_en": "Blue",
                    "colour": "blue",
                    "after": "1 working day",
                    "calls": "officer",
                    "reminds": ["unit_head"],
                },
                {
                    "code": "red",
                    "name_zh": "红色",
                    "name_en": "Red",
                    "after": "6 working days",
                    "calls": "leader",
                },
            ],
        }
    },
    "legal_routes": {
        "inspection": {
            "name_zh": "监察",
            "name_en": "Inspection",
            "limit": "60 working days",
            "extension": "30 working days",
        }
    },
    "ends": {code: {"name_zh": "结果", "name_en": code} for code in _ENDS},
    "reasons": {
        "not_our_duty": {
            "name_zh": "不属本单位职责",
            "name_en": "Not our duty",
            "verbs": ["hand_over", "return", "dispute"],
            "needs_basis": True,
        },
        "cannot_lawfully": {
            "name_zh": "依法无法办理",
            "name_en": "Cannot lawfully be done",
            "verbs": ["decline", "explain", "conclude"],
            "needs_basis": True,
            "condition_zh": "障碍是否消除",
            "condition_en": "Whether the obstacle is gone",
        },
        "weather": {
            "name_zh": "天气",
            "name_en": "Weather",
            "verbs": ["pause", "extension"],
            "condition_zh": "能否作业",
            "condition_en": "Whether work is possible",
        },
        "anything": {
            "name_zh": "其他",
            "name_en": "Anything",
            "verbs": ["withdraw", "close_not_solved", "reject_proposal"],
            "needs_text": False,
        },
    },
    "categories": {
        "noise": {"name_zh": "噪声", "name_en": "Noise", "class": "ordinary"},
        "night_noise": {
            "name_zh": "夜间噪声",
            "name_en": "Noise at night",
            "parent": "noise",
            "confirm_after": "3 days",
            "ends_forbidden": ["declined"],
        },
        "wages": {
            "name_zh": "欠薪",
            "name_en": "Wages",
            "class": "ordinary",
            "legal_route": "inspection",
            "hint_zh": "写明人数",
            "hint_en": "Say how many people",
        },
    },
    "sources": {
        "own": {
            "figure_zh": "全部数字",
            "figure_en": "All figures",
            "text_zh": "自定",
            "text_en": "Our own",
            "status": "own_default",
            "backs": [
                "clocks",
                "classes",
                "limits",
                "watch",
                "evaluation",
                "ladders",
                "legal_routes",
                "categories",
            ],
        }
    },
}


def small() -> Content:
    """Return the content of a small valid policy, to be changed at will."""
    return copy.deepcopy(_SMALL)


def write(content: Content) -> str:
    """Return the content as a TOML text, tables with their own headers, one key a line."""
    return "\n".join(_table(content, ())) + "\n"


def line_of(text: str, start: str, after: str = "") -> int:
    """Return the number of the first line that begins with `start`, below the line `after`."""
    lines = text.split("\n")
    first = lines.index(after) + 1 if after else 0
    found = [n for n, line in enumerate(lines[first:], first + 1) if line.startswith(start)]
    return found[0]


def _table(content: Content, path: tuple[str, ...]) -> list[str]:
    lines = [
        f"{key} = {_value(value)}"
        for key, value in content.items()
        if not isinstance(value, dict) and not _is_rows(value)
    ]
    for key, value in content.items():
        dotted = ".".join((*path, key))
        if isinstance(value, dict):
            lines += [f"[{dotted}]", *_table(value, (*path, key))]
        elif _is_rows(value):
            for row in value:
                lines += [f"[[{dotted}]]", *_table(row, (*path, key))]
    return lines


def _is_rows(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _value(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
