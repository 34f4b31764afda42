"""What the register of duties says about a case: who leads such matters there, and by what rule."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from dandang.interfaces.shared.words.names import Names
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.routing.rules import route
from dandang.organization.directory import Duty
from dandang.organization.files.writing import code_of
from dandang.organization.proposals import TABLE


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """The line of the register in words. `post` is "" where no single post is named.

    `query` leads to the line in the register of duties, or to those that compete; "" for none.
    """

    words: str
    basis: str = ""
    post: str = ""
    query: str = ""


def register_line(facts: Facts, category: str | None) -> RegisterLine:
    """Return who leads matters of this category in the area of the case, today."""
    if not category:
        return RegisterLine(
            _("The case has no category yet, so the register of duties cannot name a post.")
        )
    names = Names(facts.directory, facts.policy)
    path = facts.policy.category_path(category)
    today = facts.directory.local_day(facts.now)
    found = route(facts.directory, path, facts.case.area, today)
    if found is None:
        duties = facts.directory.duties_for(path, facts.case.area, today)
        posts = "; ".join(dict.fromkeys(names.post_with_unit(duty.post) for duty in duties))
        return RegisterLine(
            _("Several posts lead with equal rank, so the dispatcher decides: %(posts)s")
            % {"posts": posts},
            query=urlencode({"category": category, "area": facts.case.area or ""}),
        )
    post = names.post_with_unit(found.post.code)
    if found.duty is None:
        return RegisterLine(
            _("Nobody leads such matters here: the fallback post takes them (%(post)s)")
            % {"post": post},
            post=found.post.code,
            query=urlencode({"category": category, "area": facts.case.area or ""}),
        )
    where = names.area(found.duty.area) or _("everywhere")
    what = names.category(found.duty.category) if found.duty.category else _("all matters")
    return RegisterLine(
        _("%(post)s leads: %(what)s, %(where)s") % {"post": post, "what": what, "where": where},
        basis=found.duty.basis,
        post=found.post.code,
        query=place_in_register(found.duty),
    )


def place_in_register(duty: Duty) -> str:
    """Return the query string of the page of the register of duties that begins with this line."""
    return urlencode({"at": code_of(TABLE, duty)})
