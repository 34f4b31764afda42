"""What the public may read: what its sender agreed to and an officer read, never one of the two."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dandang.lifecycle.casework.events.publishing import (
    PublishingAllowed,
    TextPublished,
    TextWithheld,
)
from dandang.lifecycle.casework.rules.agreement import FIRST, Publishing, agreed, taken_back
from dandang.lifecycle.casework.rules.changes import Changes
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.kin import ForOther, Item
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.lifecycle.redaction.contacts import names_contact
from dandang.lifecycle.redaction.numbers import numbers_in
from dandang.terms import Code, Event, Recorded, Refusal


@dataclass(frozen=True, slots=True)
class AllowPublishing:
    """The own matter may be shown publicly, without the name, or may not."""

    allowed: bool


@dataclass(frozen=True, slots=True)
class PublishText:
    """The text of the case as the public reads it."""

    title: str
    text: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class WithholdText:
    """The public reads nothing of the case; `cause` is a code."""

    cause: str


def allow_publishing(facts: Facts, wish: AllowPublishing) -> tuple[Item, ...]:
    """Agree that the matter is shown, or take it back; that ends what was published at once.

    A request that went on in a part of its own takes its answer to the case it came from, whose
    text its words are in.
    """
    number = facts.request_number or FIRST
    return (PublishingAllowed(number, wish.allowed), *_where_it_came_from(facts, number, wish))


def publish_text(facts: Facts, wish: PublishText) -> tuple[Event, ...]:
    """Publish a text that an officer has read and cleaned.

    The facts hold how the requesters can be reached, so that the text is compared with it.
    Refuses `publishing_not_allowed` (the sender did not agree), `personal_number_left` (field and
    kind of number), `requester_named` (a name, phone or e-mail of a requester stands in it).
    """
    _check_agreed(facts)
    for field, text in (("title", wish.title), ("place", wish.place), ("text", wish.text)):
        for found in numbers_in(text):
            raise Refusal(Code.PERSONAL_NUMBER_LEFT, field=field, left=found.kind.value)
        if names_contact(text, facts.contacts):
            raise Refusal(Code.REQUESTER_NAMED, field=field)
    return (TextPublished(wish.title, wish.text, wish.place or None),)


def withhold_text(facts: Facts, wish: WithholdText) -> tuple[Event, ...]:
    """Decide that the public reads nothing of the case, whatever was published before.

    Refuses `publishing_not_allowed`, `already_withheld`.
    """
    _check_agreed(facts)
    if facts.case.publishing == Publishing.WITHHELD:
        raise Refusal(Code.ALREADY_WITHHELD)
    return (TextWithheld(wish.cause),)


def is_about_own_words(facts: Facts) -> bool:
    """Say whether the actor's words are those that would be published, here or where they were.

    Whoever joined a matter of others is not asked: none of those words are ever shown.
    """
    if (facts.request_number or FIRST) != FIRST:
        return False
    first = facts.case.request(FIRST)
    return not facts.case.parent or (first is not None and first.from_request == FIRST)


def _where_it_came_from(facts: Facts, number: int, wish: AllowPublishing) -> Iterator[ForOther]:
    request = facts.case.request(number)
    while request is not None and request.from_case in facts.family:
        tag, number = request.from_case, request.from_request
        yield ForOther(tag, (PublishingAllowed(number, wish.allowed),))
        request = facts.family[tag].request(number)


def _check_agreed(facts: Facts) -> None:
    if not facts.case.publishing:
        raise Refusal(Code.PUBLISHING_NOT_ALLOWED)


def _allowed(case: CaseState, event: PublishingAllowed, _recorded: Recorded) -> CaseState:
    return agreed(case, event.request) if event.allowed else taken_back(case, event.request)


def _published(case: CaseState, _event: TextPublished, _recorded: Recorded) -> CaseState:
    return replace(case, publishing=Publishing.PUBLISHED.value)


def _withheld(case: CaseState, _event: TextWithheld, _recorded: Recorded) -> CaseState:
    return replace(case, publishing=Publishing.WITHHELD.value)


CHANGES: Changes = {
    PublishingAllowed: _allowed,
    TextPublished: _published,
    TextWithheld: _withheld,
}
