"""The sessions somebody has open: with what, since when, last used; each can be ended."""

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from dandang.interfaces.account.access import Person, for_accounts
from dandang.interfaces.account.event_words import device_words
from dandang.interfaces.shared.signing_in import circumstances, now
from dandang.organization.access.asking import sessions_of
from dandang.organization.access.kinds import Happened
from dandang.organization.actions.sessions import end_session, end_sessions
from dandang.organization.actions.sign_in_events import write_down
from dandang.organization.sessions import digest_of

_OTHERS = "others"


@require_http_methods(["GET", "HEAD", "POST"])
@for_accounts
def sessions(request: HttpRequest, person: Person) -> HttpResponse:
    """List one's sessions; a POST ends one (`end` is its mark) or all others."""
    if request.method == "POST":
        return _end(request, person)
    present = digest_of(request.session.session_key or "")
    rows = [
        {
            "mark": one.session_key,
            "device": device_words(one.device),
            "since": one.started_at,
            "used": one.seen_at,
            "is_this": one.session_key == present,
        }
        for one in sessions_of(person.account, now())
    ]
    rows.sort(key=lambda row: not row["is_this"])
    return render(request, "account/sessions.html", {"sessions": rows, "here": "sessions"})


@transaction.atomic
def _end(request: HttpRequest, person: Person) -> HttpResponse:
    raise_if_reauthentication_required(request, app="allauth.mfa")
    which = request.POST.get("end", "")
    if which == _OTHERS:
        ended = end_sessions(person.account, besides=request.session.session_key)
    else:
        ended = int(which.isalnum() and end_session(person.account, which))
    if ended:
        seen = circumstances(request)
        write_down(Happened.SESSION_ENDED, person.account, now=now(), detail=str(ended), seen=seen)
        words = ngettext("One session was ended.", "%(n)s sessions were ended.", ended)
        messages.success(request, words % {"n": ended})
    else:
        messages.info(request, _("That session was over already."))
    return redirect("account:sessions")
