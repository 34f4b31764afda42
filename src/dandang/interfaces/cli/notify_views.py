"""Messages and channels as the command line shows them."""

from dandang.interfaces.cli import languages
from dandang.interfaces.cli.languages import translate as _
from dandang.interfaces.cli.output import Output
from dandang.interfaces.cli.tables import shorten
from dandang.interfaces.cli.views import body_time
from dandang.interfaces.shared import clock
from dandang.interfaces.shared.words.times import stamp
from dandang.notifications import queries, upkeep
from dandang.notifications.channels import Outage, Refused
from dandang.notifications.examples import examples
from dandang.notifications.rendering import names_now
from dandang.notifications.words import TEMPLATES

_WIDTH = 50


def status() -> queries.Status:
    """Return how the follower and the channels are now."""
    return queries.status(now=clock.now())


def show_status(out: Output, found: queries.Status) -> None:
    """Write how they are: one object, or a table."""
    record = {
        "behind": found.behind,
        "set_aside": found.set_aside,
        "is_well": found.is_well,
        "channels": [
            {
                "channel": one.name,
                "is_ready": one.is_ready,
                "waiting": one.waiting,
                "due": one.due,
                "dead": one.dead,
                "failures": one.failures,
                "down_until": one.down_until,
                "error": one.error,
            }
            for one in found.channels
        ],
    }
    if out.as_json:
        out.give(record)
        return
    with body_time():
        rows = [_row(one) for one in found.channels]
    heads = [_("Channel"), _("State"), _("Messages waiting"), _("Due now"), _("Given up")]
    out.table((), heads, rows)
    out.note(_("Events not read yet: {n}").format(n=found.behind))
    if found.set_aside:
        out.note(_("Events that could not be dealt with: {n}").format(n=found.set_aside))


def _row(one: queries.ChannelStatus) -> list[str]:
    state = _("works") if one.is_ready else _("not set up")
    if one.failures and one.down_until:
        words = _("down ({code}), next try {when}")
        state = words.format(code=one.error, when=stamp(one.down_until))
    return [one.name, state, str(one.waiting), str(one.due), str(one.dead)]


def codes() -> tuple[str, ...]:
    """Return the codes of all templates."""
    return tuple(TEMPLATES)


def show_previews(out: Output, template: str) -> None:
    """Write one template, or all, each filled with an example."""
    for code, (text, parts) in examples(names_now()).items():
        if template in ("", code):
            record = {
                "template": code,
                "language": languages.current(),
                "subject": text.subject,
                "text": text.body,
                "short": text.short,
                "segments": parts,
            }
            sms = _("Text message ({n} parts): {text}").format(n=parts, text=text.short)
            out.give(record, f"[{code}]", text.subject, text.body, sms, "")


def test(channel: str, address: str) -> str | None:
    """Send a test message; return the code of what went wrong, or None."""
    try:
        upkeep.send_test(channel, address, language=languages.current())
    except (Outage, Refused) as error:
        return error.code
    return None


def show_dead(out: Output, limit: int) -> None:
    """Write the messages that were given up."""
    found = queries.dead(limit=limit)
    records = (
        {
            "id": one.id,
            "reference": one.reference,
            "template": one.template,
            "recipient": one.recipient,
            "channel": one.channel,
            "happened_at": one.happened_at,
            "tries": one.tries,
            "error": one.error,
        }
        for one in found
    )
    with body_time():
        rows = [
            [
                str(one.id),
                stamp(one.happened_at),
                one.reference,
                shorten(one.headline, _WIDTH),
                one.recipient,
                one.channel,
                one.error,
            ]
            for one in found
        ]
    heads = [
        _("No."),
        _("Happened"),
        _("Reference"),
        _("What"),
        _("To"),
        _("Channel"),
        _("What went wrong"),
    ]
    out.table(records, heads, rows)
    if not found:
        out.note(_("No message was given up."))
