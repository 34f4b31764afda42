"""Matters of others that may be the same: shown before and after the words are written."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from dandang.interfaces.resident.reporting.begun import Begun, begun, remember
from dandang.interfaces.resident.reporting.nearby import cards, unshown
from dandang.interfaces.resident.reporting.steps import go_on
from dandang.interfaces.resident.reporting.way import progress
from dandang.interfaces.shared import clock
from dandang.lifecycle.intake.drafts import change_draft
from dandang.terms import Code, Refusal


@require_http_methods(["GET", "HEAD", "POST"])
def similar(request: HttpRequest) -> HttpResponse:
    """Show what others reported, or go on because none of it is the same."""
    it = begun(request)
    if it.draft is None:
        return redirect("report")
    found = cards(it.draft)
    if request.method != "POST":
        if not found:
            return go_on(it.draft)
        context = {
            "here": "new",
            "step": "similar",
            "progress": progress("similar"),
            "draft": it.draft,
            "cards": found,
            "unshown": unshown(it.draft),
        }
        return render(request, "resident/report/similar.html", context)
    references = [card.reference for card in found]
    try:
        draft = change_draft(
            it.key,
            lambda before: before.without(references).with_step("similar", {}, is_done=True),
            now=clock.now(),
        )
    except Refusal as refused:
        if refused.code is not Code.CHANGED_MEANWHILE:
            raise
        return redirect("report")  # sent from another tab at this moment: it is said there
    return remember(go_on(draft), Begun(it.token, draft))
