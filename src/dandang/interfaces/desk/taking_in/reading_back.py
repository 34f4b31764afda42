"""What is read back to whoever brings a request: plain sentences, who gets it, and by when."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dandang.interfaces.desk.access import Officer, OpenCase
from dandang.interfaces.desk.taking_in.form import TakingInForm
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import moment
from dandang.lifecycle.casework.rules.behalf import LETTER
from dandang.lifecycle.intake.actions import in_force, prepare
from dandang.lifecycle.states import Behalf
from dandang.policy import ClockName
from dandang.terms import Due

_WHO: Mapping[tuple[str, bool], str | Promise] = MappingProxyType(
    {
        (Behalf.IN_PERSON, False): gettext_lazy("You speak for yourself."),
        (Behalf.IN_PERSON, True): gettext_lazy("The letter is the requester's own."),
        (Behalf.PROXY, False): gettext_lazy("You speak for %(name)s, as: %(relation)s."),
        (Behalf.PROXY, True): gettext_lazy(
            "The letter speaks for %(name)s; whoever wrote it is: %(relation)s."
        ),
        (Behalf.ANONYMOUS, False): gettext_lazy("You give no name."),
        (Behalf.ANONYMOUS, True): gettext_lazy("The letter names nobody who sent it."),
    }
)
"""Who is speaking, and whether it is a letter."""


@dataclass(frozen=True, slots=True)
class Promised:
    """Who gets the request, and what happens by when; "" where there is no such time."""

    holder: str
    first: str
    total: str
    joins: str = ""


@dataclass(frozen=True, slots=True)
class ReadBack:
    """The sentences to read out: before the requester's own words, and after them."""

    before: tuple[str, ...]
    text: str
    after: tuple[str, ...]
    promised: Promised
    is_letter: bool


def read_back(form: TakingInForm, officer: Officer, joined: OpenCase | None) -> ReadBack:
    """Return what to read back of a form that is valid.

    Refuses what opening the case would refuse; nothing is written. `joined` is the case that the
    request joins.
    """
    given = form.cleaned_data
    under = in_force()
    names = Names(under.directory, under.policy)
    is_letter = given["channel"] == LETTER
    who = _WHO[given["on_behalf"], is_letter]
    if joined is None:
        state = prepare(
            form.opening(read_back=not is_letter), under, by=officer.actor, now=officer.now
        ).state
        promised = Promised(
            holder=names.post_with_unit(state.holder),
            first=_when(state.clocks.get(ClockName.FIRST_RESPONSE), officer.now),
            total=_when(state.clocks.get(ClockName.TOTAL), officer.now),
        )
    else:
        promised = _of_joined(joined, names, officer.now)
    return ReadBack(
        before=(
            str(who) % {"name": given["name"], "relation": given["proxy_relation"]},
            *_where(form, names, joined),
        ),
        text=given["text"],
        after=tuple(_contact(form)),
        promised=promised,
        is_letter=is_letter,
    )


def _of_joined(joined: OpenCase, names: Names, now: datetime) -> Promised:
    case = joined.view.state
    return Promised(
        holder=names.post_with_unit(case.holder),
        first="",
        total=_when(case.clocks.get(ClockName.TOTAL), now),
        joins=joined.view.case_reference,
    )


def _where(form: TakingInForm, names: Names, joined: OpenCase | None) -> Iterator[str]:
    """Yield where it is and what it is about; a request that joins is about what is known."""
    given = form.cleaned_data
    if joined is not None:
        category = names.category(joined.view.state.category)
        yield _("It joins a matter that is worked on already: %(category)s.") % {
            "category": category
        }
        return
    place = " · ".join(part for part in (names.area(given["area"]), given["location"]) if part)
    yield (
        _("It is here: %(place)s.") % {"place": place} if place else _("Where it is, is not known.")
    )
    if given["category"]:
        yield _("It is about: %(category)s.") % {"category": names.category(given["category"])}
    else:
        yield _("What kind of matter it is, dispatch decides.")
    if given["happening_now"]:
        yield _("It is happening now, so minutes count.")
    if given["subject_unit"]:
        unit = names.unit(given["subject_unit"])
        yield _(
            "It is a complaint about: %(unit)s. That unit will neither hold it nor see who you are."
        ) % {"unit": unit}


def _contact(form: TakingInForm) -> Iterator[str]:
    given = form.cleaned_data
    if given["name"] and given["on_behalf"] == Behalf.IN_PERSON:
        yield _("The name is: %(name)s.") % {"name": given["name"]}
    if given["phone"]:
        yield _("You are called at: %(phone)s.") % {"phone": given["phone"]}
    if given["email"]:
        yield _("You are written to at: %(email)s.") % {"email": given["email"]}
    if not (given["phone"] or given["email"]):
        yield _("No phone and no e-mail is left, so nobody can call back or write.")
    if given["may_publish"]:
        yield _("You agree that the matter is shown publicly, without your name.")
    else:
        yield _("Nothing of it is shown publicly.")


def _when(due: Due | None, now: datetime) -> str:
    return moment(due.at, now) if due is not None and due.at is not None else ""
