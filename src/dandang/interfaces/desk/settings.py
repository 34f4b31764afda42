"""The settings of the desk: how wide lists are, single keys, named worklists."""

from http import HTTPStatus
from typing import ClassVar, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from dandang.interfaces.desk.access import Officer, for_officers
from dandang.interfaces.desk.waiting import DeskRequest
from dandang.interfaces.shared.whole_numbers import whole_number
from dandang.interfaces.shared.words.refusals import refusal
from dandang.organization.actions import preferences
from dandang.organization.queries import saved_views
from dandang.terms import Code, Refusal

_MOST_DIGITS = 18


class SettingsForm(forms.Form):
    """How the desk looks for one account."""

    DENSITIES: ClassVar = [
        ("comfortable", gettext_lazy("Comfortable: more room in every row")),
        ("compact", gettext_lazy("Compact: more rows on the screen")),
    ]
    density = forms.ChoiceField(
        label=gettext_lazy("Lists"), choices=DENSITIES, widget=forms.RadioSelect
    )
    keys = forms.BooleanField(
        label=gettext_lazy("Single keys act on the pages of the desk"),
        help_text=gettext_lazy(
            "j and k go through a list, o opens, x chooses, ? shows every key of the page. "
            "Leave it off if you use speech input, or a screen reader with keys of its own."
        ),
        required=False,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_officers
def change_settings(request: HttpRequest, _officer: Officer) -> HttpResponse:
    """Show the settings of the officer's own account, or keep them."""
    account = _account(request)
    if request.method != "POST":
        return _page(request, account, _as_they_are(request))
    form = SettingsForm(request.POST)
    if not form.is_valid():
        return _page(request, account, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    given = form.cleaned_data
    preferences.keep_preferences(
        account, is_compact=given["density"] == "compact", uses_keys=given["keys"]
    )
    messages.success(request, _("The settings are kept."))
    return redirect("desk:settings")


@require_POST
@for_officers
def change_views(request: HttpRequest, _officer: Officer) -> HttpResponse:
    """Save a worklist under a name, rename or delete one, or let the worklist begin with one."""
    account = _account(request)
    typed = request.POST
    number = _number(typed.get("view", ""))
    try:
        if "save" in typed:
            view = preferences.save_view(account, typed.get("name", ""), typed.get("query", ""))
            messages.success(request, _("Saved as “%(name)s”.") % {"name": view.name})
            return redirect(f"/desk/?{view.query}")
        if "rename" in typed:
            preferences.rename_view(account, number, typed.get("name", ""))
        elif "delete" in typed:
            preferences.delete_view(account, number)
        else:
            preferences.show_first(account, number or None)
    except Refusal as refused:
        if refused.code is Code.NOT_FOUND:
            raise
        messages.error(request, _why(refused))
    else:
        messages.success(request, _("The saved worklists are kept as they stand here."))
    return redirect("desk:settings")


def _account(request: HttpRequest) -> int:
    """Return the number of the account of a request that the guard let in."""
    assert request.user.is_authenticated
    return request.user.pk


def _why(refused: Refusal) -> str:
    reason = refused.details.get("reason")
    if reason == "too_many":
        most = {"most": preferences.MOST_VIEWS}
        return _("There are %(most)s saved worklists already. Delete one first.") % most
    if reason == "taken":
        return _("Another saved worklist has this name.")
    return refusal(refused)


def _as_they_are(request: HttpRequest) -> SettingsForm:
    desk = cast("DeskRequest", request).desk
    return SettingsForm(
        initial={
            "density": "compact" if desk.is_compact else "comfortable",
            "keys": desk.uses_keys,
        }
    )


def _page(
    request: HttpRequest, account: int, form: SettingsForm, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    context = {"here": "settings", "form": form, "views": saved_views(account)}
    return render(request, "desk/settings.html", context, status=status)


def _number(typed: str) -> int:
    return whole_number(typed, digits=_MOST_DIGITS) or 0
