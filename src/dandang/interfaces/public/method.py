"""How everything is counted, in the words of the rules that count."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dandang.interfaces.public.data import FIGURES
from dandang.publication.figures.definitions import DEFINITIONS, VERSION
from dandang.publication.figures.shapes import SMALL


@require_safe
def method(request: HttpRequest) -> HttpResponse:
    """Explain every figure, what is left out, how small numbers are hidden, how to check it."""
    context = {
        "here": "open",
        "page": "method",
        "definitions": DEFINITIONS,
        "version": VERSION,
        "small": SMALL,
        "figures": FIGURES,
    }
    return render(request, "public/method.html", context)
