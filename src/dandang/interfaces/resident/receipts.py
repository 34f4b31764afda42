"""The receipt: one page to keep or to print, with everything that leads back to the request."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dandang.interfaces.resident import access, sending
from dandang.interfaces.resident.following import page_of
from dandang.interfaces.shared import clock
from dandang.interfaces.shared.qr import qr
from dandang.interfaces.shared.words.times import moment
from dandang.lifecycle.casework.queries import find
from dandang.terms import normalise_access_code, normalise_reference


@require_safe
def receipt(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the receipt. The access code stands on it while this browser was just handed it."""
    reference = normalise_reference(reference)
    if not access.granted(request, reference):
        return redirect("follow", reference=reference)
    handed_out = sending.handed_out(request, reference)
    address = address_of(request, reference)
    code = f"#{normalise_access_code(handed_out.access_code)}" if handed_out else ""
    now = clock.now()
    context = {
        "page": page_of(find(reference)),
        "receipt": handed_out,
        "address": address,
        "qr": qr(address + code, name=_("QR code of the page of this request")),
        "printed": moment(now, now),
        "here": "follow",
    }
    return render(request, "resident/receipt_page.html", context)


def address_of(request: HttpRequest, reference: str) -> str:
    """Return the address of a request that stays the same for ever, as others type it."""
    path = reverse("follow", args=[reference])
    return (
        f"{settings.PUBLIC_URL}{path}" if settings.PUBLIC_URL else request.build_absolute_uri(path)
    )
