"""`dandang webhook`: which systems are told what happens, and what did not reach them."""

import click

from dandang.interfaces.cli.commands import Command, Group, option, with_output
from dandang.interfaces.cli.exits import Exit
from dandang.interfaces.cli.faults import Failure
from dandang.interfaces.cli.languages import N_
from dandang.interfaces.cli.languages import translate as _
from dandang.interfaces.cli.output import Output
from dandang.interfaces.cli.session import database

NUMBER = click.argument("number", type=click.IntRange(min=1), metavar="NUMBER")


@click.group(cls=Group, help=N_("Other systems that are told what happens, as signed events."))
def webhook() -> None:
    """Hold the commands on webhooks together."""


@webhook.command("add", cls=Command, help=N_("Tell the system at this address what happens."))
@click.argument("url", metavar="URL")
@option(
    "--event",
    "events",
    multiple=True,
    metavar="NAME",
    help=N_("Only events of this name; may be given several times."),
)
@option(
    "--after",
    type=click.IntRange(min=-1),
    metavar="INDEX",
    help=N_("Begin after this index of the log, -1 for all there ever was; otherwise from now on."),
)
@with_output
def add(out: Output, url: str, events: tuple[str, ...], after: int | None) -> None:
    with database(out):
        from dandang.interfaces.shared import clock  # noqa: PLC0415 needs Django
        from dandang.notifications.webhook.subscriptions import subscribe  # noqa: PLC0415 Django

        number, secret = subscribe(url, events, now=clock.now(), after=after)
    _show_secret(out, number, secret)


@webhook.command("list", cls=Command, help=N_("List the systems, and how far each has come."))
@with_output
def list_(out: Output) -> None:
    with database(out):
        from dataclasses import asdict  # noqa: PLC0415 beside the rest

        from dandang.interfaces.cli.views import at_home  # noqa: PLC0415 needs Django
        from dandang.interfaces.shared import clock  # noqa: PLC0415 needs Django
        from dandang.notifications.webhook.subscriptions import (  # noqa: PLC0415 needs Django
            subscriptions,
        )

        found = subscriptions(now=clock.now())
        header = (
            *(_("No."), _("Address"), _("Events"), _("Behind"), _("Waiting")),
            *(_("Given up"), _("Delivered"), _("State")),
        )
        rows = [
            (
                str(one.number),
                one.url,
                ", ".join(one.types) or _("all"),
                str(one.behind),
                str(one.waiting),
                str(one.dead),
                str(one.delivered),
                _("{error} since {time}").format(error=one.error, time=at_home(one.failing_since))
                if one.failing_since
                else _("in order"),
            )
            for one in found
        ]
        records = [{**asdict(one), "secret_ends": f"…{one.secret_ends}"} for one in found]
        out.table(records, header, rows)
    if not found:
        out.note(_("No system is told anything."))


@webhook.command("test", cls=Command, help=N_("Send a test event at once and say what came back."))
@NUMBER
@with_output
def test(out: Output, number: int) -> None:
    with database(out):
        from django.utils import timezone  # noqa: PLC0415 needs Django

        from dandang.notifications.http import CallFailed  # noqa: PLC0415 needs Django
        from dandang.notifications.webhook.subscriptions import try_out  # noqa: PLC0415 Django

        try:
            answer = try_out(number, now=timezone.now())
        except CallFailed as failed:
            words = _("It could not be called: {code}").format(code=failed.code)
            raise Failure(Exit.CHECK_FAILED, failed.code, words) from None
    if not answer.is_good:
        words = _("It answered {status}; events are taken with 200 to 299.")
        code = f"http_{answer.status}"
        raise Failure(Exit.CHECK_FAILED, code, words.format(status=answer.status))
    out.give({"status": answer.status}, _("It answered {n}.").format(n=answer.status))


@webhook.command("remove", cls=Command, help=N_("Tell a system nothing any more."))
@NUMBER
@with_output
def remove(out: Output, number: int) -> None:
    with database(out):
        from dandang.notifications.webhook.subscriptions import unsubscribe  # noqa: PLC0415 Django

        unsubscribe(number)
    out.give({"number": number}, _("Removed, with everything that waited for it."))


@webhook.command(
    "rotate", cls=Command, help=N_("Make a new secret; the one before signs for a week, too.")
)
@NUMBER
@with_output
def rotate(out: Output, number: int) -> None:
    with database(out):
        from dandang.interfaces.shared import clock  # noqa: PLC0415 needs Django
        from dandang.notifications.webhook.subscriptions import (  # noqa: PLC0415 needs Django
            rotate as rotate_now,
        )

        secret = rotate_now(number, now=clock.now())
    _show_secret(out, number, secret)


@webhook.command("dead", cls=Command, help=N_("List events that were given up."))
@option("--number", type=click.IntRange(min=1), metavar="NUMBER", help=N_("Only of this system."))
@option(
    "--limit",
    type=click.IntRange(min=1, max=10_000),
    metavar="N",
    default=50,
    show_default=True,
    help=N_("At most so many."),
)
@with_output
def dead(out: Output, number: int | None, limit: int) -> None:
    with database(out):
        from dataclasses import asdict  # noqa: PLC0415 beside the rest

        from dandang.notifications.webhook.subscriptions import dead_letters  # noqa: PLC0415 Django

        found = dead_letters(number, limit=limit)
    header = (_("No."), _("Index"), _("Tries"), _("Why"))
    rows = [(str(one.number), str(one.idx), str(one.tries), one.error) for one in found]
    out.table(map(asdict, found), header, rows)
    if not found:
        out.note(_("Nothing was given up."))


@webhook.command("replay", cls=Command, help=N_("Try events again that were given up."))
@NUMBER
@click.argument("indexes", nargs=-1, type=click.IntRange(min=0), metavar="INDEX...")
@with_output
def replay(out: Output, number: int, indexes: tuple[int, ...]) -> None:
    with database(out):
        from dandang.interfaces.shared import clock  # noqa: PLC0415 needs Django
        from dandang.notifications.webhook.subscriptions import (  # noqa: PLC0415 needs Django
            replay as replay_now,
        )

        count = replay_now(number, indexes, now=clock.now())
    words = _("{events} events will be tried again.").format(events=count)
    out.give({"number": number, "events": count}, words)


def _show_secret(out: Output, number: int, secret: str) -> None:
    """Give the secret as the result: it is shown only now."""
    note = _("Give the secret to the receiver. It is not shown again.")
    words = _("Webhook {number}, secret: {secret}").format(number=number, secret=secret)
    out.give({"number": number, "secret": secret}, words)
    out.note(note)
