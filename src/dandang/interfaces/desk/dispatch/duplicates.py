"""Pairs of cases that may be the same: side by side, joined or told apart, and taken back."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from dandang.interfaces.desk.access import Officer, for_officers
from dandang.interfaces.desk.dispatch.access import DUPLICATES, dispatches, need, tabs
from dandang.interfaces.desk.dispatch.rows import ENDED_LATELY
from dandang.interfaces.desk.side_by_side import Card
from dandang.interfaces.shared.whole_numbers import whole_number
from dandang.interfaces.shared.words.cases import state_and_proposal
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import moment
from dandang.lifecycle.casework.actions.apart import join_again, tell_apart
from dandang.lifecycle.casework.joined import JOINED, Different, Joined, differences, joined
from dandang.lifecycle.casework.near import Matter, Pair, pairs
from dandang.lifecycle.routing.likeness import Difference
from dandang.lifecycle.states import Outcome
from dandang.organization.queries import current_policy
from dandang.terms import Code, Refusal, check_reference

_MOST_DIGITS = 18
DIFFERENCES: dict[str, str | Promise] = {
    Difference.OTHER_PLACE: gettext_lazy("Another place"),
    Difference.OTHER_MATTER: gettext_lazy("Another matter at the same place"),
    Difference.OTHER_TIME: gettext_lazy("Another time: it happened again"),
    Difference.OWN_DECISION: gettext_lazy("Each needs an answer of its own"),
}


@dataclass(frozen=True, slots=True)
class PairLine:
    """Two cases, the later one first, and why they look alike."""

    later: Card
    earlier: Card
    why: tuple[str, ...]


@require_safe
@for_officers
def show_duplicates(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show which of the newest open cases may be the same as others, the likeliest first."""
    need(dispatches(officer))
    policy = current_policy()
    names = Names(officer.directory, policy)
    before = whole_number(request.GET.get("before", ""), digits=_MOST_DIGITS)
    found = pairs(
        policy,
        since=officer.now - ENDED_LATELY,
        hidden_from=officer.kept_out,
        before=before,
    )
    told = differences(hidden_from=officer.kept_out)
    context = {
        "here": "dispatch",
        "tabs": tabs(officer, DUPLICATES),
        "pairs": [_pair(pair, names, officer.now) for pair in found.pairs],
        "looked_at": found.looked_at,
        "next": found.next,
        "is_first": before is None,
        "reasons": [(one.value, DIFFERENCES[one]) for one in Difference],
        "different": [_different(one, names, officer.now) for one in told],
        "as_of": moment(officer.now, officer.now),
    }
    return render(request, "dispatch/duplicates.html", context)


@require_safe
@for_officers
def show_joined(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show what was joined lately, each with what taking it apart again would do."""
    need(dispatches(officer))
    before = whole_number(request.GET.get("before", ""), digits=_MOST_DIGITS)
    found = joined(hidden_from=officer.kept_out, before=before)
    names = Names(officer.directory, current_policy())
    context = {
        "here": "dispatch",
        "tabs": tabs(officer, DUPLICATES),
        "lines": [_joined(one, names, officer.now) for one in found],
        "next": found[-1].row if len(found) == JOINED else None,
        "is_first": before is None,
    }
    return render(request, "dispatch/joined.html", context)


@require_POST
@for_officers
def tell(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Note that two cases are not the same matter, so that nobody is asked again.

    Refuses `not_permitted` and the codes of `tell_apart`.
    """
    need(dispatches(officer))
    one, other = request.POST.get("one", ""), request.POST.get("other", "")
    if not (check_reference(one) and check_reference(other)):
        raise Refusal(Code.NOT_FOUND)
    why = request.POST.get("why", "")
    if why not in DIFFERENCES:
        messages.error(request, _("Please say why they are two matters."))
        return redirect("dispatch:duplicates")
    tell_apart(one, other, why, by=officer.actor, now=officer.now)
    words = {"one": one, "other": other}
    messages.success(
        request,
        _("Noted: %(one)s and %(other)s are two matters. It can be taken back below.") % words,
    )
    return redirect("dispatch:duplicates")


@require_POST
@for_officers
def take_back(request: HttpRequest, officer: Officer, number: int) -> HttpResponse:
    """Take back that two cases were told apart. Refuses as `tell` does, and `not_found`."""
    need(dispatches(officer))
    join_again(number, by=officer.actor, now=officer.now)
    messages.success(request, _("Taken back: they may be shown as a pair again."))
    return redirect("dispatch:duplicates")


def _pair(pair: Pair, names: Names, now: datetime) -> PairLine:
    return PairLine(
        later=_card(pair.later, names, now),
        earlier=_card(pair.earlier, names, now),
        why=tuple(_why(pair, names)),
    )


def _why(pair: Pair, names: Names) -> list[str]:
    found = []
    one, other, alike = pair.later, pair.earlier, pair.likeness
    if one.category and one.category == other.category:
        found.append(_("same category: %(name)s") % {"name": names.category(one.category)})
    if one.area and one.area == other.area:
        found.append(_("same area: %(name)s") % {"name": names.area(one.area)})
    if alike.same_place:
        found.append(_("same place: %(place)s") % {"place": other.location})
    elif alike.same_place is False:
        found.append(_("but another place is named"))
    if alike.phrases:
        words = " / ".join(alike.phrases)
        found.append(_("in common: %(words)s") % {"words": words})
    return found


def _card(one: Matter, names: Names, now: datetime) -> Card:
    where = [names.category(one.category), names.area(one.area)]
    return Card(
        reference=one.reference,
        title=one.title,
        text=one.text,
        place=one.location,
        where=" · ".join(part for part in where if part),
        sent=moment(one.sent_at, now),
        state=state_and_proposal(one.state, Outcome(one.outcome) if one.outcome else None),
        holder=names.post_with_unit(one.holder),
        requests=one.requests,
        is_open=one.ended_at is None,
    )


def _different(one: Different, names: Names, now: datetime) -> dict[str, object]:
    return {
        "number": one.number,
        "references": one.references,
        "why": DIFFERENCES.get(one.why, one.why),
        "by": names.officer(one.told_by),
        "when": moment(one.told_at, now),
    }


def _joined(one: Joined, names: Names, now: datetime) -> dict[str, object]:
    return {
        "reference": one.reference,
        "title": one.title,
        "into": one.into,
        "into_title": one.into_title,
        "when": moment(one.joined_at, now),
        "holder": names.post_with_unit(one.holder),
        "requests": one.requests,
    }
