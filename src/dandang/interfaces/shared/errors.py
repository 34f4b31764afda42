"""Error pages: what happened, in words, and what can be done; the same frame as every page."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class ErrorWords:
    """`title` says what happened, `advice` what to do now."""

    title: str | Promise
    advice: str | Promise


ERRORS: Mapping[int, ErrorWords] = {
    400: ErrorWords(
        _("This request could not be read"),
        _(
            "The address or the form contains characters that cannot be used. Go back, check "
            "what you typed or pasted, and send it again."
        ),
    ),
    403: ErrorWords(
        _("You may not see or do this"),
        _("Sign in with an account that may, or start again from the first page."),
    ),
    404: ErrorWords(
        _("There is no such page"),
        _("Check the address. To follow a request you need its reference and its access code."),
    ),
    405: ErrorWords(
        _("This page cannot be used in this way"),
        _("Open the page from its link and use the buttons on it."),
    ),
    413: ErrorWords(
        _("This is too large to be sent"),
        _("Go back and shorten the text: at most 10,000 characters in one field."),
    ),
    429: ErrorWords(
        _("Too many tries"),
        _("Please wait a minute, then try again."),
    ),
    500: ErrorWords(
        _("Something went wrong on our side"),
        _(
            "It was recorded. What you did last may not have been saved: please go back and try "
            "again in a moment, or call."
        ),
    ),
    503: ErrorWords(
        _("Not set up yet"),
        _("No organization or no policy has been loaded. Whoever runs this service can do that."),
    ),
}

FILES_TOO_LARGE = ErrorWords(
    _("These files are too large to be sent together"),
    _("Go back and send fewer of them: at most 6 at a time, of 10 MB each. More can follow later."),
)

SHOWS_TYPED = "shows_typed"
"""The attribute of a page that shows its form again with all that was typed, and does nothing."""

CSRF = ErrorWords(
    _("The form was open for too long"),
    _(
        "For your safety a form can only be sent from the page it was opened on, with cookies "
        "allowed. Go back, reload the page and send it again; copy your text first."
    ),
)

_FORM_OF_BEFORE = _(
    "Nothing was sent: this form was opened before you last signed in. Please check that "
    "everything below is as you want it, and send it again."
)


def error_page(request: HttpRequest, status: int, words: ErrorWords | None = None) -> HttpResponse:
    """Return the page for a status, in the reader's language."""
    context = {"status": status, "words": words or ERRORS[status]}
    return render(request, "shared/error.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 Django's
    """Handle 400."""
    return error_page(request, 400)


def permission_denied(
    request: HttpRequest,
    exception: Exception,  # noqa: ARG001 Django's signature
) -> HttpResponse:
    """Handle 403."""
    return error_page(request, 403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 Django's
    """Handle 404."""
    return error_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 Django's signature
    """Handle 500 without the database, the session or anything else that may be what failed."""
    context = {"status": 500, "words": ERRORS[500]}
    return HttpResponse(render_to_string("shared/error.html", context), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 Django's
    """Handle a form without its token: show it again with what was typed, where a page can."""
    found = request.resolver_match
    shows = getattr(found.func, SHOWS_TYPED, None) if found else None
    if found is None or shows is None:
        return error_page(request, 403, CSRF)
    messages.warning(request, _FORM_OF_BEFORE)
    answer: HttpResponse = shows(request, *found.args, **found.kwargs)
    if answer.status_code == HTTPStatus.OK:
        answer.status_code = HTTPStatus.FORBIDDEN
    return answer
