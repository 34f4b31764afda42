"""What may happen while a case is worked on: questions, contact, notes, replies."""

from dataclasses import replace

from dandang.lifecycle.casework.events.work import (
    NoteAdded,
    QuestionAnswered,
    QuestionAsked,
    ReplySent,
    RequesterContacted,
)
from dandang.lifecycle.casework.files.prepared import digests
from dandang.lifecycle.casework.rules.behalf import PHONE, is_collected, whose
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.waiting import (
    moved_on,
    question_minutes_left,
    waited_minutes,
)
from dandang.lifecycle.casework.rules.wishes import Answer, Ask, Contacted, Note, Reply
from dandang.terms import ActorKind, Code, Event, Refusal


def ask(facts: Facts, wish: Ask) -> tuple[Event, ...]:
    """Ask the requester for a missing item; pauses the holder's step clock, never the total.

    Refuses `no_contact_left`, `too_many_questions`, `question_time_spent`: at most two questions
    and three working days together (the policy's figures).
    """
    if not any(one.reachable for one in facts.case.active):
        raise Refusal(Code.NO_CONTACT_LEFT)
    limits = facts.policy.limits
    if facts.case.questions >= limits.max_questions:
        raise Refusal(Code.TOO_MANY_QUESTIONS, limit=limits.max_questions)
    if question_minutes_left(facts) <= 0:
        raise Refusal(Code.QUESTION_TIME_SPENT)
    return (*moved_on(facts), QuestionAsked(missing=wish.missing, text=wish.text))


def answer(facts: Facts, wish: Answer) -> tuple[Event, ...]:
    """Take the requester's answer; the case goes back to its holder.

    An officer outside the holder's unit may take it down. Refuses `unknown_request` and
    `field_required` where it is not said whose answer it is.
    """
    waited, files = waited_minutes(facts), digests(wish.files)
    if facts.request_number is not None:
        return (QuestionAnswered(waited_minutes=waited, text=wish.text, files=files),)
    request, channel = whose(facts, wish.request), wish.channel or PHONE
    return (QuestionAnswered(waited, wish.text, request=request, channel=channel, files=files),)


def contacted(_facts: Facts, wish: Contacted) -> tuple[Event, ...]:
    """Record that the holder spoke with the requester."""
    return (RequesterContacted(how=wish.how, text=wish.text),)


def note(facts: Facts, wish: Note) -> tuple[Event, ...]:
    """Add a note; what a requester says is never internal, on the web or taken down by an officer.

    Refuses `call_back_by_holder` (a unit does not write down what is said to it as the requester's
    words: it notes that they spoke), `unknown_request` and `field_required` (whose words).
    """
    files = digests(wish.files)
    if is_collected(facts, wish.request, wish.channel):
        request, channel = whose(facts, wish.request), wish.channel or PHONE
        told = NoteAdded(internal=False, text=wish.text, request=request, channel=channel)
        return (replace(told, files=files),)
    internal = wish.internal and facts.by.kind is ActorKind.OFFICER
    return (NoteAdded(internal=internal, text=wish.text, files=files),)


def reply(_facts: Facts, wish: Reply) -> tuple[Event, ...]:
    """Send the requester a substantive reply."""
    return (ReplySent(text=wish.text),)
