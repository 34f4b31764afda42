"""`dandang work`: fires clocks, looks for what starves, numbers the ledger, tells people."""

from datetime import datetime
from typing import TYPE_CHECKING

import click

from dandang.interfaces.cli.commands import Command, option, with_output
from dandang.interfaces.cli.exits import Exit
from dandang.interfaces.cli.faults import Failure
from dandang.interfaces.cli.instants import INSTANT
from dandang.interfaces.cli.languages import N_
from dandang.interfaces.cli.languages import translate as _
from dandang.interfaces.cli.output import Output
from dandang.interfaces.cli.session import database, sequence

if TYPE_CHECKING:
    from dandang.lifecycle.work import Worked


@click.command(
    cls=Command,
    help=N_(
        "Do whatever is due, until Ctrl-C: fire clocks, call people, look for what starves, number"
        " the ledger, send messages. Any number of workers may run."
    ),
)
@option("--once", is_flag=True, help=N_("Stop when nothing is due any more."))
@option(
    "--until",
    metavar="TIME",
    type=INSTANT,
    help=N_("Where time stands still (training, demonstration): let it pass until then."),
)
@option("--status", is_flag=True, help=N_("Say what is due and what was set aside, and stop."))
@option("--retry", is_flag=True, help=N_("Try clocks that were set aside again, and go on."))
@with_output
def work(out: Output, *, once: bool, until: datetime | None, status: bool, retry: bool) -> Exit:
    if until is not None and (once or status):
        raise click.UsageError(_("--until stands alone."))
    with database(out, watch=True):
        if status:
            return _tell_status(out)
        if retry:
            _try_again(out)
        if until is not None:
            _let_time_pass(out, until)
        elif once:
            _once(out)
        else:
            _until_stopped(out)
    return Exit.OK


def _until_stopped(out: Output) -> None:
    from dandang.interfaces.cli.working import at_work  # noqa: PLC0415 needs Django

    with at_work() as over:
        out.note(_("Working. Ctrl-C stops."))
        while not over.wait(3600):
            pass


def _once(out: Output) -> None:
    from dandang.interfaces.cli.working import until_nothing_is_due  # noqa: PLC0415 needs Django

    done = until_nothing_is_due().done
    words = (f"{name}: {number}" for name, number in done.items())
    out.give(done, _("Nothing is due any more ({done}).").format(done=", ".join(words)))


def _let_time_pass(out: Output, until: datetime) -> None:
    """Fire everything up to a time in due order, and make it that time.

    However far it came when it is interrupted, the time is that of the last clock that fired.
    """
    from dandang.interfaces.cli.views import at_home  # noqa: PLC0415 needs Django
    from dandang.lifecycle.work import fire_until  # noqa: PLC0415 needs Django
    from dandang.organization.actions.training import freeze_time  # noqa: PLC0415 needs Django

    began = _checked_present(until)
    length = max(1, int((until - began).total_seconds()))
    shown = 0
    with out.progress(length, _("Letting time pass")) as bar:

        def tell(worked: "Worked") -> None:
            nonlocal shown
            if worked.until is not None and worked.until > began:
                freeze_time(worked.until)
                passed = int((worked.until - began).total_seconds())
                bar.update(passed - shown)
                shown = passed

        worked = fire_until(until, begins=began, tell=tell)
        freeze_time(until)
        bar.update(length - shown)
    sequence()
    record = {"time": until, "fired": worked.fired, "aside": worked.aside}
    words = _("It is {time}. {fired} clocks fired, {aside} were set aside.")
    out.give(record, words.format(**{**record, "time": at_home(until)}))


def _checked_present(until: datetime) -> datetime:
    from dandang.organization.queries import frozen_time  # noqa: PLC0415 needs Django

    frozen = frozen_time()
    if frozen is None:
        words = _("Here time passes by itself: --until is for training and demonstration.")
        raise Failure(Exit.REFUSED, "not_for_training", words)
    if until < frozen:
        words = _("It is later than that already, and time never goes back.")
        raise Failure(Exit.REFUSED, "time_goes_back", words, time=frozen)
    return frozen


def _try_again(out: Output) -> None:
    from dandang.interfaces.shared import clock  # noqa: PLC0415 needs Django
    from dandang.lifecycle.casework.actions.incumbents import tell_again  # noqa: PLC0415 Django
    from dandang.lifecycle.escalation.actions.fire import try_again  # noqa: PLC0415 needs Django

    out.note(_("{number} clocks that were set aside are tried again.").format(number=try_again()))
    posts = tell_again(clock.now())
    if posts:
        words = _("Cases of {number} posts are told again who has them now.")
        out.note(words.format(number=posts))


def _tell_status(out: Output) -> Exit:
    """Say how far behind the workers are; fail where something was set aside."""
    from dandang.interfaces.cli.views import at_home  # noqa: PLC0415 needs Django
    from dandang.interfaces.shared import clock  # noqa: PLC0415 needs Django
    from dandang.lifecycle.casework.taking_over import (  # noqa: PLC0415 needs Django
        standing as taken_over,
    )
    from dandang.lifecycle.escalation.queries import standing  # noqa: PLC0415 needs Django
    from dandang.publication.figures.working import standing as counted  # noqa: PLC0415 Django

    now = clock.now()
    found, figures, posts = standing(now), counted(), taken_over()
    record = {
        "time": now,
        "due": found.due,
        "late_seconds": found.late_seconds,
        "next_at": found.next_at,
        "aside": [
            {"case": one.case, "clock": one.clock, "due_at": one.due_at, "error": one.error}
            for one in found.aside
        ],
        "figures_behind": figures.behind,
        "posts_due": posts.posts,
        "cases_not_told": posts.failed,
    }
    lines = [
        _("{due} clocks are due, the oldest for {seconds} s.").format(
            due=found.due, seconds=found.late_seconds
        ),
        _("The next one fires {at}.").format(at=at_home(found.next_at))
        if found.next_at
        else _("No clock runs."),
        _("{n} events are not in the figures for everybody yet.").format(n=figures.behind),
        _("{n} posts changed hands, and their cases are being told.").format(n=posts.posts),
    ]
    lines += [
        _("Set aside: {case}, {clock}, due {at}: {error}").format(
            case=one.case, clock=one.clock, at=at_home(one.due_at), error=one.error
        )
        for one in found.aside
    ]
    if posts.failed:
        words = _("{n} cases could not be told who has them now: see “dandang post status”.")
        lines.append(words.format(n=posts.failed))
    out.give(record, *lines)
    return Exit.CHECK_FAILED if found.aside or posts.failed else Exit.OK
