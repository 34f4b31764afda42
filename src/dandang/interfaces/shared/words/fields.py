"""Words for the fields that verbs and forms ask for, and for the choices in them."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dandang.interfaces.shared.words.cases import (
    CALL_ANSWERS,
    CONTACT_WAYS,
    OBSTACLES,
    OUTCOMES,
    PURPOSES,
    REMEDIES,
    VERDICTS,
    WITHHELD_BECAUSE,
    Words,
    word,
)

FIELDS: Words = {
    "acceptance_number": _("Acceptance number"),
    "access_code": _("Access code"),
    "act": _("What you do"),
    "agreed": _("The requester agrees to end it here"),
    "alternative": _("Where the requester can turn instead"),
    "allowed": _("May the matter be shown publicly, without the name?"),
    "area": _("Area"),
    "article": _("Article of the law"),
    "asked_at": _("When it was asked"),
    "asked_seq": _("Number of the entry in which it was asked"),
    "basis": _("Basis (rule or duty list)"),
    "body": _("Competent body"),
    "category": _("Category"),
    "cause": _("Why"),
    "channel": _("Channel"),
    "check_at": _("When this is checked"),
    "checked": _("How it was checked who asks"),
    "condition": _("Checkable condition"),
    "confirm_not_before": _("The result can be seen from"),
    "contacted_by": _("Who contacted the requester"),
    "corrects_seq": _("Number of the entry to correct"),
    "decision": _("Decision"),
    "due_at": _("Due"),
    "due_by": _("To be finished by"),
    "email": _("E-mail"),
    "ended_at": _("Time of the end"),
    "expected_at": _("Answer expected by"),
    "external_due": _("Deadline of the system above"),
    "external_ref": _("Number in the system above"),
    "files": _("Files"),
    "happening_now": _("Happening now"),
    "holds": _("Does the condition still hold?"),
    "how": _("How"),
    "internal": _("Internal: the requester does not see it"),
    "into": _("Into the case"),
    "kind": _("Kind"),
    "location": _("Address or place"),
    "may_publish": _("The requester agrees that the matter is shown publicly, without the name"),
    "missing": _("Missing item"),
    "name": pgettext_lazy("person", "Name"),
    "notice": _("Notice"),
    "objection_seq": _("Number of the objection"),
    "obstacle": _("What keeps the case from going on"),
    "of_post": _("Assisting post"),
    "officer": _("Officer"),
    "on_behalf": _("Who is speaking"),
    "outcome": _("Outcome"),
    "password": _("Password"),
    "phone": pgettext_lazy("number", "Phone"),
    "place": _("Place"),
    "promised_for": _("Promised date"),
    "proxy_name": _("Name of the proxy"),
    "proxy_relation": _("What the proxy is to the requester"),
    "published": _("Date of publication"),
    "purpose": pgettext_lazy("purpose", "What for"),
    "read_back": _("Read back, and confirmed"),
    "reason": _("Reason"),
    "reference": pgettext_lazy("request", "Reference"),
    "remedy": _("What would help"),
    "request": _("Number of the request in the case"),
    "review_number": _("Number of the review"),
    "reviewed_at": _("Date of the review"),
    "second_reader": _("Second reader (staff code)"),
    "sent_at": _("Time of sending"),
    "stars": _("Rating, 1 to 5"),
    "text": _("Text"),
    "title": _("Title"),
    "to_post": _("To post"),
    "unit": pgettext_lazy("organization", "Unit"),
    "urgency": _("Urgency"),
    "username": _("User name"),
    "verdict": _("Is it solved?"),
    "was_contacted": _("Did anyone contact you?"),
    "was_pressed": _("Did anyone ask you to answer in a certain way?"),
    "who": _("Who carries it out"),
    "working_days": _("Working days"),
    "wrong": _("What was wrong"),
}

CHOICES: Mapping[str, Words] = MappingProxyType(
    {
        "act": CALL_ANSWERS,
        "channel": {
            "phone": CONTACT_WAYS["phone"],
            "counter": _("at the counter"),
            "letter": _("by letter"),
        },
        "cause": WITHHELD_BECAUSE,
        "outcome": OUTCOMES,
        "verdict": VERDICTS,
        "how": CONTACT_WAYS,
        "on_behalf": {
            "in_person": _("the requester"),
            "proxy": _("somebody for the requester"),
            "anonymous": _("somebody who gives no name"),
        },
        "purpose": PURPOSES,
        "obstacle": OBSTACLES,
        "remedy": REMEDIES,
        "decision": {"granted": _("Yes, granted"), "refused": _("No, refused")},
    }
)

_OF_VERB: Mapping[tuple[str, str], str | Promise] = MappingProxyType(
    {
        ("assign", "text"): _("Note to the post"),
        ("ask", "missing"): _("What is missing"),
        ("ask", "text"): _("Question to the requester"),
        ("answer", "text"): _("Your answer"),
        ("contacted", "text"): _("What was said"),
        ("decide-dispute", "to_post"): _("Post that holds it from now on"),
        ("decide-dispute", "text"): _("Reasons"),
        ("dispute", "to_post"): _("Post that should hold it"),
        ("hand-over", "text"): _("Why, in words the requester understands"),
        ("ask-escalation", "text"): _("What you want to say to the office above"),
        ("judge", "text"): _("What you want to say about it"),
        ("look-back", "holds"): _("Is it still solved?"),
        ("look-back", "text"): _("What you want to say about it"),
        ("rate", "text"): _("What you want to say about the service"),
        ("note", "text"): _("Note"),
        ("propose", "text"): _("What was done"),
        ("publish-text", "title"): _("Title, as everybody reads it"),
        ("publish-text", "text"): _("Text, as everybody reads it"),
        ("publish-text", "place"): _("Place, as everybody reads it"),
        ("reply", "text"): _("Reply to the requester"),
        ("return", "text"): _("Why, in words the requester understands"),
    }
)


def field(name: str, verb: str = "") -> str:
    """Return the label of a field, in the verb's own words where it has some."""
    return str(_OF_VERB.get((verb, name)) or FIELDS.get(name, name))


def choice(field_name: str, value: str) -> str:
    """Return the words for one of the choices of a field."""
    return word(CHOICES.get(field_name, {}), value)
