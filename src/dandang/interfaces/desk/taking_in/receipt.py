"""The receipt that an officer prints, or reads out: reference and access code, shown once."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from dandang.interfaces.desk.access import Officer, open_case
from dandang.interfaces.shared.qr import qr
from dandang.interfaces.shared.tokens import grouped
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import moment
from dandang.lifecycle.casework.queries import CaseView, find
from dandang.lifecycle.intake.actions import Receipt
from dandang.organization.queries import current_policy
from dandang.policy import ClockName
from dandang.terms import Refusal


@dataclass(frozen=True, slots=True)
class Paper:
    """What stands on the receipt. `access_code` is "" where nobody gets one; `groups` are its.

    `address` is where the request is followed, and `qr` leads there with the code. `is_again`
    marks the receipt of a form that was sent before, `replaces` one with a new code in place of an
    old one.
    """

    reference: str
    access_code: str
    groups: tuple[str, ...]
    address: str
    qr: str
    holder: str
    phone: str
    first: str
    total: str
    issued: str
    is_again: bool
    replaces: bool


def page(
    request: HttpRequest,
    officer: Officer,
    receipt: Receipt,
    *,
    by_phone: bool = False,
    replaces: bool = False,
) -> HttpResponse:
    """Show a receipt on this answer alone: the access code is kept nowhere."""
    view = find(receipt.reference)
    context = {
        "here": "new",
        "paper": _paper(request, officer, receipt, view, replaces=replaces),
        "by_phone": by_phone,
        "case": _readable(officer, view),
    }
    return render(request, "desk/taking_in/receipt.html", context)


def _paper(
    request: HttpRequest, officer: Officer, receipt: Receipt, view: CaseView, *, replaces: bool
) -> Paper:
    case, names = view.state, Names(officer.directory, current_policy())
    post = officer.directory.posts.get(case.holder)
    clocks = (case.clocks.get(name) for name in (ClockName.FIRST_RESPONSE, ClockName.TOTAL))
    first, total = (moment(due.at, officer.now) if due and due.at else "" for due in clocks)
    code = grouped(receipt.access_code)
    address = _address_of(request, receipt.reference)
    secret = f"#{receipt.access_code}" if receipt.access_code else ""
    return Paper(
        reference=receipt.reference,
        access_code=code,
        groups=tuple(code.split()),
        address=address,
        qr=qr(address + secret, name=_("QR code of the page of this request")),
        holder=names.post_with_unit(case.holder),
        phone=post.phone if post else "",
        first=first,
        total=total,
        issued=moment(officer.now, officer.now),
        is_again=receipt.existing,
        replaces=replaces,
    )


def _address_of(request: HttpRequest, reference: str) -> str:
    """Return the address at which a request is followed, as others type it."""
    path = reverse("follow", args=[reference])
    base = settings.PUBLIC_URL
    return f"{base}{path}" if base else request.build_absolute_uri(path)


def _readable(officer: Officer, view: CaseView) -> str:
    """Return the reference of the case, or "" where the officer may not read it."""
    try:
        return open_case(officer, view.case_reference).view.case_reference
    except Refusal:  # a complaint about the officer's own unit
        return ""
