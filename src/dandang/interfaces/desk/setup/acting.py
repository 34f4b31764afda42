"""Doing an act on the register, and telling the open cases of posts that changed hands."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dandang.interfaces.desk.access import Officer
from dandang.interfaces.desk.setup.consequences import changed_posts, no_case_left
from dandang.interfaces.desk.setup.words import TITLES
from dandang.lifecycle.casework.actions.incumbents import take_posts_over
from dandang.lifecycle.casework.held import open_by_holder
from dandang.organization.actions.register import Outcome, change_register, plan
from dandang.organization.directory import Directory
from dandang.organization.edits import Edit
from dandang.terms import Problem

AT_ONCE = 300
"""So many open cases are told while somebody waits; of more the command line tells."""


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
            _take_over(changing, officer)  # who is in a post now must be known before it is left
        return problems

    outcome = change_register(edits, by=officer.actor, now=officer.now, check=look)
    told = _take_over(changing, officer)
    _say(request, outcome, told)
    return outcome


def _take_over(posts: Sequence[str], officer: Officer) -> int | None:
    """Tell the open cases of posts; return how many, or None where they are too many to wait."""
    if not posts:
        return 0
    if sum(open_by_holder(posts).values()) > AT_ONCE:
        return None
    return take_posts_over(posts, by=officer.actor, now=officer.now).cases


def _say(request: HttpRequest, outcome: Outcome, told: int | None) -> None:
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
    if told:
        words = ngettext(
            "%(n)s open case was told who has it now.",
            "%(n)s open cases were told who has them now.",
            told,
        )
        messages.info(request, words % {"n": told})
    if told is None:
        messages.warning(
            request,
            _("The posts hold many open cases. Run “dandang post take-over” to tell them."),
        )
