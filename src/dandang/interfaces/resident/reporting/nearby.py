"""Public matters of others that may be the one somebody is reporting, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dandang.interfaces.resident.reporting.forms import UNSURE
from dandang.interfaces.shared import clock
from dandang.interfaces.shared.words.cases import STATES, word
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import moment
from dandang.lifecycle.intake.drafts import Draft, Typed
from dandang.lifecycle.routing.suggesting import suggest_category
from dandang.organization.queries import current_policy, directory
from dandang.publication.cases.queries import Shown, similar, unshown_number

_MOST = 5
_MOST_DECLINED = 50
_SMALL = 10
_MANY = 100


@dataclass(frozen=True, slots=True)
class Card:
    """A public matter of others. `reference` is its public number, `people` how many sent it."""

    reference: str
    title: str
    text: str
    place: str
    category: str
    unit: str
    state: str
    sent: str
    people: str
    is_open: bool


def cards(draft: Draft) -> list[Card]:
    """Return the public matters most like the draft, without those the writer says are others.

    Before the words are written it is the place alone that counts; without either there are none.
    """
    where = draft.typed.get("where", {})
    what = draft.typed.get("what", {}) if "what" in draft.done else {}
    return cards_like(where, what, draft.declined)


def cards_like(where: Typed, what: Typed, declined: Sequence[str] = ()) -> list[Card]:
    """Return the public matters most like what was typed in these steps that can be joined."""
    words = f"{what.get('title', '')}\n{what.get('text', '')}\n{where.get('location', '')}".strip()
    area = where.get("area", "")
    if not words and not area:
        return []
    others = set(declined[-_MOST_DECLINED:])
    found = similar(words, area=area, category=kind_of(what), limit=_MOST + len(others))
    joinable = (one for one in found if one.can_join and one.reference not in others)
    return [card(one) for one in joinable][:_MOST]


def has_similar(draft: Draft) -> bool:
    """Say whether there are public matters that may be the one of the draft."""
    return bool(cards(draft))


def kind_of(what: Typed) -> str:
    """Return the category that was chosen or that the words suggest, "" for none."""
    chosen = what.get("category", "")
    if chosen == UNSURE:
        return ""
    return chosen or suggest_category(
        current_policy(), f"{what.get('title', '')}\n{what.get('text', '')}"
    )


def card(one: Shown) -> Card:
    """Return a public matter in words."""
    names = Names(directory(), current_policy())
    others = ngettext("%(n)s person reported it", "%(n)s people reported it", one.requests)
    return Card(
        reference=one.reference,
        title=one.title,
        text=one.text,
        place=" · ".join(part for part in (names.area(one.area), one.place) if part),
        category=names.category(one.category),
        unit=names.unit(one.unit),
        state=word(STATES, one.state),
        sent=moment(one.sent_at, clock.now()),
        people=others % {"n": one.requests},
        is_open=one.is_open,
    )


def unshown(draft: Draft) -> str:
    """Return, in words, how many open requests of this kind and place are not public; "" for none.

    Of a matter whose kind nobody knows yet nothing is said.
    """
    area, kind = draft.typed.get("where", {}).get("area", ""), kind_of(draft.typed.get("what", {}))
    return in_words(unshown_number(area, kind) if kind else 0)


def in_words(number: int) -> str:
    """Return so many requests that are not public in words: exact only from ten to a hundred.

    Few are never counted out: a number below ten could tell who sent them.
    """
    if not number:
        return ""
    if number < _SMALL:
        return _("A few other open requests of this kind there are not public.")
    if number >= _MANY:
        return _("A hundred or more other open requests of this kind there are not public.")
    return _("%(n)s other open requests of this kind there are not public.") % {"n": number}
