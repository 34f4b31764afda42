"""Every template with values of a fictional case, for whoever wants to see what people read."""

from dandang.notifications.rendering import Names, Text, text_of
from dandang.notifications.rules.notices import Params
from dandang.notifications.sms.segments import segments
from dandang.notifications.words import TEMPLATES
from dandang.policy import Policy, ready_policy

REFERENCE = "7K4M-9Q2X"

_VALUES: Params = {
    "reference": REFERENCE,
    "unit": "",
    "post": "",
    "due_at": "2026-11-26T09:00:00+00:00",
    "until": "2026-12-01T09:00:00+00:00",
    "from": "2026-11-24T01:00:00+00:00",
    "promised_for": "2026-11-25T09:00:00+00:00",
    "check_at": "2026-11-24T09:00:00+00:00",
    "end": "solved",
    "cause": "judged_no",
    "days": 5,
    "body": "…",
    "acceptance_number": "2026-118",
    "decision": "granted",
    "how": "handed_over",
    "clock": "first_response",
    "verdict": "no",
    "act": "instructed",
    "what": "extension",
}


def example(template: str, names: Names) -> Text:
    """Return a template filled for an example, in the language of the moment. Raises KeyError.

    Unit and post are those that hold what nobody else holds; the reason is one to pause.
    """
    fallback = names.directory.fallback_post()
    policy = names.policy or ready_policy("cn-county")
    values = {**_VALUES, "unit": fallback.unit, "post": fallback.code, "reason": _reason(policy)}
    return text_of(template, values, names)


def examples(names: Names) -> dict[str, tuple[Text, int]]:
    """Return all templates with an example, and how many text messages each would be."""
    told = {code: example(code, names) for code in TEMPLATES}
    return {code: (text, segments(text.short)) for code, text in told.items()}


def _reason(policy: Policy) -> str:
    return next((reason.code for reason in policy.reasons_for("pause")), "")
