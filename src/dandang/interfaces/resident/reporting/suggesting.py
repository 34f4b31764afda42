"""What may be suggested while somebody writes: a kind of matter, and what others reported.

A small script asks for it; without it the same is shown after the step.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from dandang.interfaces.resident.reporting.begun import begun
from dandang.interfaces.resident.reporting.nearby import cards_like, kind_of
from dandang.interfaces.shared.words.names import Names
from dandang.organization.queries import current_policy, directory
from dandang.terms import MAX_TEXT

_FIELDS = ("title", "text", "category")
_SHOWN = 3


@require_POST
def suggest(request: HttpRequest) -> HttpResponse:
    """Return a piece of a page with suggestions for what was typed so far; nothing is kept."""
    it = begun(request)
    typed = {field: request.POST.get(field, "")[:MAX_TEXT] for field in _FIELDS}
    kind = "" if typed["category"] else kind_of(typed)
    declined = it.draft.declined if it.draft else ()
    found = cards_like(it.typed("where"), typed, declined) if typed["text"].strip() else []
    names = Names(directory(), current_policy())
    context = {"kind": names.category(kind) if kind else "", "cards": found[:_SHOWN]}
    return render(request, "resident/report/suggested.html", context)
