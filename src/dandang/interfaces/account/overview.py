"""What somebody sees of their own account: who they are here, and how they sign in."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from dandang.interfaces.account.access import Person, for_accounts
from dandang.interfaces.account.adapter import speak
from dandang.interfaces.account.event_words import line_of
from dandang.interfaces.account.noticing import MOST, TOLD
from dandang.interfaces.shared import second_factor
from dandang.interfaces.shared.signing_in import now
from dandang.organization.access.asking import events_of, factors_of
from dandang.organization.access.kinds import TELLING
from dandang.organization.actions.accounts import choose_language


@require_safe
@for_accounts
def overview(request: HttpRequest, person: Person) -> HttpResponse:
    """Show the officer's name, posts and language, and lead to everything else."""
    recent = events_of(person.account, kinds=TELLING, since=now() - TOLD, limit=MOST)
    context = {
        "person": person,
        "officer": _officer(person),
        "posts": [(person.directory.unit_of(post.code), post) for post in person.posts]
        if person.directory
        else [],
        "factors": factors_of(person.account),
        "needed": second_factor.missing(request, person.posts),
        "told": [line_of(event) for event in recent],
        "languages": settings.LANGUAGES,
        "here": "account",
    }
    return render(request, "account/overview.html", context)


@require_POST
@for_accounts
def language(request: HttpRequest, person: Person) -> HttpResponse:
    """Choose the language of one's own screens; empty follows the browser."""
    chosen = request.POST.get("language", "")
    choose_language(person.account, chosen)
    return speak(redirect("account:overview"), chosen)


def _officer(person: Person) -> object:
    code = person.account.officer_id
    return person.directory.officers.get(code) if person.directory and code else None
