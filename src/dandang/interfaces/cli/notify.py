"""`dandang notify`: messages to requesters and officers, and the channels they go by."""

import click

from dandang.interfaces.cli.commands import Command, Group, option, with_limit, with_output
from dandang.interfaces.cli.exits import Exit
from dandang.interfaces.cli.faults import Failure
from dandang.interfaces.cli.languages import N_
from dandang.interfaces.cli.languages import translate as _
from dandang.interfaces.cli.output import Output
from dandang.interfaces.cli.session import database

_CHANNELS = ("mail", "sms")
_SPOKEN = {"": "", "zh": "zh-hans", "en": "en"}


@click.group(
    cls=Group, help=N_("Messages to requesters and officers, and the channels they go by.")
)
def notify() -> None:
    """Hold the commands on messages together."""


@notify.command(cls=Command, help=N_("Say how the channels are, and what waits or was given up."))
@option("--check", is_flag=True, help=N_("Exit with 1 when something needs attention."))
@with_output
def status(out: Output, *, check: bool) -> int:
    with database(out):
        from dandang.interfaces.cli import notify_views as views  # noqa: PLC0415 needs Django

        found = views.status()
        views.show_status(out, found)
        return Exit.CHECK_FAILED if check and not found.is_well else Exit.OK


@notify.command(cls=Command, help=N_("Show a message as people read it, filled with an example."))
@click.argument("template", default="")
@with_output
def preview(out: Output, template: str) -> None:
    with database(out):
        from dandang.interfaces.cli import notify_views as views  # noqa: PLC0415 needs Django

        known = views.codes()
        if template and template not in known:
            words = _("There is no template {template}; there are: {known}.")
            said = words.format(template=template, known=", ".join(known))
            raise Failure(Exit.NOT_FOUND, "unknown_template", said, template=template)
        views.show_previews(out, template)


@notify.command(cls=Command, help=N_("Send a test message to ADDRESS by CHANNEL: mail or sms."))
@click.argument("channel", type=click.Choice(_CHANNELS), metavar="CHANNEL")
@click.argument("address")
@with_output
def test(out: Output, channel: str, address: str) -> None:
    with database(out):
        from dandang.interfaces.cli import notify_views as views  # noqa: PLC0415 needs Django

        if (code := views.test(channel, address)) is not None:
            said = _("The channel {channel} does not work: {code}.")
            words = said.format(channel=channel, code=code)
            raise Failure(Exit.CHECK_FAILED, "not_sent", words, channel=channel, reason=code)
        out.give({"channel": channel, "sent": True}, _("Sent."))


@notify.command(cls=Command, help=N_("List messages that were given up, the oldest first."))
@with_limit(N_("At most so many messages."))
@with_output
def dead(out: Output, limit: int) -> None:
    with database(out):
        from dandang.interfaces.cli import notify_views as views  # noqa: PLC0415 needs Django

        views.show_dead(out, limit)


@notify.command(cls=Command, help=N_("Try messages again that were given up: these, or all."))
@click.argument("ids", nargs=-1, type=int, metavar="[NUMBER...]")
@option("--all", "everything", is_flag=True, help=N_("All of them."))
@option("--channel", type=click.Choice(_CHANNELS), help=N_("Only those of this channel."))
@with_output
def replay(out: Output, ids: tuple[int, ...], channel: str | None, *, everything: bool) -> None:
    if bool(ids) == everything:
        raise click.UsageError(_("Name the messages, or say --all."))
    with database(out):
        from dandang.interfaces.shared import clock  # noqa: PLC0415 needs Django
        from dandang.notifications import upkeep  # noqa: PLC0415 needs Django

        number = upkeep.replay(ids, channel_name=channel or "", now=clock.now())
        out.give({"replayed": number}, _("Messages to be tried again: {n}").format(n=number))


@notify.command(cls=Command, help=N_("Send the sender of a request no more messages."))
@click.argument("reference")
@option("--channel", type=click.Choice(_CHANNELS), help=N_("Only by this channel."))
@option("--undo", is_flag=True, help=N_("Send them again."))
@with_output
def stop(out: Output, reference: str, channel: str | None, *, undo: bool) -> None:
    with database(out):
        from dandang.interfaces.shared import clock  # noqa: PLC0415 needs Django
        from dandang.notifications import upkeep  # noqa: PLC0415 needs Django

        name = channel or ""
        if undo:
            upkeep.allow(reference, name)
            out.give({"stopped": False}, _("Messages are sent again."))
            return
        number = upkeep.stop(reference, name, now=clock.now())
        words = _("No more messages. Stopped on their way: {n}").format(n=number)
        out.give({"stopped": True, "on_their_way": number}, words)


@notify.command(
    cls=Command,
    help=N_("Say where OFFICER is reached by CHANNEL, mail or sms; without ADDRESS, forget it."),
)
@click.argument("officer")
@click.argument("channel", type=click.Choice(_CHANNELS), metavar="CHANNEL")
@click.argument("address", default="")
@option("--reads", type=click.Choice(["zh", "en"]), help=N_("The language of the messages."))
@with_output
def address(out: Output, officer: str, channel: str, address: str, reads: str | None) -> None:
    with database(out):
        from dandang.notifications import upkeep  # noqa: PLC0415 needs Django

        if address:
            upkeep.set_address(officer, channel, address, language=_SPOKEN[reads or ""])
            out.give({"officer": officer, "channel": channel, "known": True}, _("Kept."))
            return
        upkeep.remove_address(officer, channel)
        out.give({"officer": officer, "channel": channel, "known": False}, _("Forgotten."))
