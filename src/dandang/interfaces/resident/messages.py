"""Whether messages about a request are sent: its sender stops them, or has them sent again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dandang.interfaces.resident import access
from dandang.interfaces.shared import clock
from dandang.notifications.upkeep import allow, stop
from dandang.terms import normalise_reference


@require_POST
def choose_messages(request: HttpRequest, reference: str) -> HttpResponse:
    """Stop messages, or (`wanted=yes`) send them again, and go back to the page."""
    reference = normalise_reference(reference)
    if not access.granted(request, reference):
        return redirect("look-up")
    if request.POST.get("wanted") == "yes":
        allow(reference)
        messages.success(request, _("You get messages about this request again."))
    else:
        stop(reference, now=clock.now())
        messages.success(request, _("You get no more messages about this request."))
    return redirect("follow", reference=reference)
