"""Template tags of the pages of accounts. `{% load person %}`."""

from django import template
from django.http import HttpRequest

from dandang.interfaces.account.access import Person, person_of

register = template.Library()


@register.simple_tag(takes_context=True)
def signed_in(context: template.Context) -> Person:
    """Return who is signed in, with the posts held now."""
    known = context.get("person")
    if isinstance(known, Person):
        return known
    request: HttpRequest = context["request"]
    return person_of(request)
