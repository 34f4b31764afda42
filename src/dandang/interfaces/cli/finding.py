"""`dandang case search`, and `dandang search`, which keeps the index it asks."""

import time
from typing import TYPE_CHECKING

import click

from dandang.interfaces.cli import people
from dandang.interfaces.cli.commands import Command, Group, option, with_limit, with_output
from dandang.interfaces.cli.exits import Exit
from dandang.interfaces.cli.faults import Failure
from dandang.interfaces.cli.languages import N_
from dandang.interfaces.cli.languages import translate as _
from dandang.interfaces.cli.output import Output
from dandang.interfaces.cli.session import database, sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dandang.finding.queries import FoundCase, Sought
    from dandang.lifecycle.casework.queries import ListedCase
    from dandang.terms import Actor

_PAGE = 50
_PAUSE_SECONDS = 0.2
_SORTS = ("best", "newest", "due")


@click.command(
    "search",
    cls=Command,
    help=N_("Find cases by words that stand in them, among those that the officer may read."),
)
@click.argument("words", nargs=-1, required=True)
@option("--as", "officer", required=True, metavar="OFFICER", help=N_("Who searches."))
@option("--open", "open_only", is_flag=True, help=N_("Only cases that have not ended."))
@option(
    "--sort",
    type=click.Choice(_SORTS),
    default="best",
    show_default=True,
    help=N_("Words in the title first, the newest first, or open cases due soonest first."),
)
@with_limit(N_("At most so many cases."))
@option("--reveal", is_flag=True, help=N_("Show titles, which are personal data, too."))
@with_output
def search(  # noqa: PLR0913 as many as there are options
    out: Output,
    limit: int,
    *,
    words: tuple[str, ...],
    officer: str,
    open_only: bool,
    sort: str,
    reveal: bool,
) -> None:
    with database(out):
        from dandang.finding.queries import Sort, Sought  # noqa: PLC0415 needs Django
        from dandang.interfaces.cli import views  # noqa: PLC0415 needs Django
        from dandang.interfaces.shared import clock  # noqa: PLC0415 needs Django
        from dandang.lifecycle.states import OPEN, State  # noqa: PLC0415 for here alone

        states: tuple[State, ...] = tuple(sorted(OPEN)) if open_only else ()
        sought = Sought(text=" ".join(words), states=states, sort=Sort(sort))
        cases = list(_found(sought, people.officer(officer), limit))
        if out.as_json:
            now = clock.now()
            out.table((views.listed_record(one, now, reveal=reveal) for one in cases), (), ())
            return
        known = views.names()
        with views.body_time():
            rows = [views.list_row(one, known, reveal=reveal) for one in cases]
        out.table((), views.list_header(reveal=reveal), rows)
        if not rows:
            out.note(_("No case was found."))


def _found(sought: "Sought", by: "Actor", limit: int) -> "Iterator[ListedCase]":
    """Yield what is found, page by page."""
    from dandang.finding import queries  # noqa: PLC0415 needs Django
    from dandang.finding.finder import TooSlow  # noqa: PLC0415 needs Django
    from dandang.interfaces.shared import clock  # noqa: PLC0415 needs Django

    after, now = None, clock.now()
    try:
        while limit > 0:
            size = min(_PAGE, limit)
            page = queries.search(sought, by=by, now=now, after=after, limit=size)
            yield from map(_listed, page.cases)
            limit, after = limit - size, page.older
            if after is None:
                return
    except TooSlow:
        words = _("This search took too long and was stopped: add a word.")
        raise Failure(Exit.REFUSED, "too_slow", words) from None


def _listed(one: "FoundCase") -> "ListedCase":
    from dandang.lifecycle.casework.queries import ListedCase  # noqa: PLC0415 needs Django

    case = one.state
    return ListedCase(
        reference=one.reference,
        title=one.title,
        state=case.state,
        outcome=case.outcome.value if case.outcome else "",
        holder=case.holder,
        holder_unit=case.holder_unit,
        category=case.category,
        area=case.area,
        case_class=case.case_class,
        sent_at=case.sent_at,
        due_at=one.due_at,
        due_clock=one.due_clock,
        hand_overs=case.hand_overs,
        ended_at=case.ended_at,
    )


@click.group("search", cls=Group, help=N_("The index by which cases are found."))
def index() -> None:
    """Hold the commands on the index together."""


@index.command(cls=Command, help=N_("Say how far the index is behind the log."))
@with_output
def status(out: Output) -> None:
    with database(out):
        from dandang.finding.following import standing  # noqa: PLC0415 needs Django

        found = standing()
    record = {"behind": found.behind, "to_write": found.to_write}
    lines = [_("{n} events are not in the index of cases yet.").format(n=found.behind)]
    if found.to_write:
        lines.append(_("{n} cases are still to be written anew.").format(n=found.to_write))
    out.give(record, *lines)


@index.command(
    cls=Command,
    help=N_(
        "Write the index of all cases anew, while it is searched. Interrupted, the workers go on"
        " with it."
    ),
)
@with_output
def rebuild(out: Output) -> None:
    with database(out):
        from dandang.finding.following import (  # noqa: PLC0415 needs Django
            begin_anew,
            follow_once,
            walked,
        )

        sequence()
        cases = begin_anew()
        first = walked() or (0, 1)
        with out.progress(max(1, first[1]), _("Writing")) as bar:
            shown = 0
            while at := walked():
                bar.update(max(0, at[0] - shown))
                shown = max(shown, at[0])
                if not follow_once():
                    time.sleep(_PAUSE_SECONDS)  # another process has its turn
    out.give({"cases": cases}, _("Written anew: {n} cases.").format(n=cases))
