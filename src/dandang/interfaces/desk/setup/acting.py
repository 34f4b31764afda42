"""Doing an act on the register, and telling the open cases of posts that changed hands."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dandang.interfaces.desk.access import Officer
from dandang.interfaces.desk.setup.consequences import changed_posts, no_case_left
from dandang.interfaces.desk.setup.words import TITLES
from dandang.lifecycle.casework.actions.incumbents import (
    look_at_posts,
    remember_posts,
    take_posts_over,
)
from dandang.lifecycle.casework.taking_over import tellings
from dandang.organization.actions.register import Outcome, change_register, plan
from dandang.organization.directory import Directory
from dandang.organization.edits import Edit
from dandang.terms import Problem

AT_ONCE = 300
"""So many open cases are told while somebody waits; of more a worker tells little by little."""


def planned(edits: Sequence[Edit], officer: Officer) -> Outcome:
    """Return what would come of an act. Raises and refuses as `plan`."""
    return plan(edits, by=officer.actor, now=officer.now, check=no_case_left)


def do(request: HttpRequest, edits: Sequence[Edit], officer: Officer) -> Outcome:
    """Do an act, tell the cases of posts that changed hands, and say so above the next page."""
    changing: list[str] = []

    def look(outcome: Outcome) -> Sequence[Problem]:
        problems = no_case_left(outcome)
        if not problems:
            before, after = Directory(outcome.before), Directory(outcome.after)
            changing.extend(changed_posts(before, after, officer.now))
            remember_posts(officer.now)
        return problems

    outcome = change_register(edits, by=officer.actor, now=officer.now, check=look)
    _say(request, outcome)
    if changing:
        say_told(request, tell_cases(officer, changing))
    return outcome


def tell_cases(officer: Officer, posts: Sequence[str] = ()) -> int | None:
    """Tell the open cases of posts (all, unless named) that changed hands; return how many.

    None where they are too many to wait: then a worker tells them.
    """
    look_at_posts(officer.now)
    due = tellings(posts, most=AT_ONCE)
    if len(due) == AT_ONCE or sum(one.left for one in due) > AT_ONCE:
        return None
    return take_posts_over(posts, by=officer.actor, now=officer.now).cases


def say_told(request: HttpRequest, told: int | None) -> None:
    """Say above the next page how many cases were told, or who tells them."""
    if told:
        words = ngettext(
            "%(n)s open case was told who has it now.",
            "%(n)s open cases were told who has them now.",
            told,
        )
        messages.info(request, words % {"n": told})
    if told is None:
        messages.info(
            request,
            _(
                "Access has changed already. The open cases are many: they are told who has them "
                "now one after the other, and the page of the post says how far that is."
            ),
        )


def _say(request: HttpRequest, outcome: Outcome) -> None:
    if not outcome.changes:
        messages.info(request, _("Nothing was changed."))
        return
    tables = dict.fromkeys(str(TITLES[change.table]) for change in outcome.changes)
    number = len(outcome.changes)
    words = ngettext(
        "Saved: %(n)s entry (%(tables)s). It stands in the ledger.",
        "Saved: %(n)s entries (%(tables)s). They stand in the ledger.",
        number,
    )
    messages.success(request, words % {"n": number, "tables": ", ".join(tables)})
