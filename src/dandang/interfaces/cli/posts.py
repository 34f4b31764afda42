"""`dandang post`: what posts hold, and what becomes of it when they change hands."""

from typing import TYPE_CHECKING

import click

from dandang.interfaces.cli.commands import Command, Group, with_output
from dandang.interfaces.cli.documents import handover
from dandang.interfaces.cli.exits import Exit
from dandang.interfaces.cli.languages import N_
from dandang.interfaces.cli.languages import translate as _
from dandang.interfaces.cli.output import Output
from dandang.interfaces.cli.session import database, sequence

if TYPE_CHECKING:
    from dandang.lifecycle.casework.actions.incumbents import TakenOver
    from dandang.lifecycle.casework.taking_over import Telling


@click.group(cls=Group, help=N_("Posts, which hold cases."))
def post() -> None:
    """Hold the commands on posts together."""


post.add_command(handover)


@post.command(
    "take-over",
    cls=Command,
    help=N_(
        "Tell the open cases of posts (all, unless named) who has taken them over: at once, where a"
        " worker would do it little by little."
    ),
)
@click.argument("posts", nargs=-1, metavar="POST...")
@with_output
def take_over(out: Output, posts: tuple[str, ...]) -> None:
    with database(out):
        told = tell_cases(out, posts)
    words = _("{posts} posts changed hands; {cases} open cases were told.")
    record = {"posts": told.posts, "cases": told.cases}
    out.give(record, words.format(**record))


def tell_cases(out: Output, posts: tuple[str, ...] = ()) -> "TakenOver":
    """Tell the open cases of posts that changed hands, and show how far that is."""
    from dandang.interfaces.shared import clock  # noqa: PLC0415 needs Django
    from dandang.lifecycle.casework.actions.incumbents import take_posts_over  # noqa: PLC0415 Django
    from dandang.lifecycle.casework.queries import counted  # noqa: PLC0415 needs Django
    from dandang.lifecycle.casework.wanted import Wanted  # noqa: PLC0415 needs Django
    from dandang.terms import Actor  # noqa: PLC0415 as the others

    open_cases = counted(Wanted(posts=posts, open_only=True))
    with out.progress(open_cases, _("Telling cases")) as bar:
        told = take_posts_over(posts, by=Actor.system(), now=clock.now(), progress=bar.update)
    sequence()
    return told


@post.command(
    "status",
    cls=Command,
    help=N_("Say how many open cases of posts (all, unless named) know that these changed hands."),
)
@click.argument("posts", nargs=-1, metavar="POST...")
@with_output
def status(out: Output, posts: tuple[str, ...]) -> Exit:
    from dandang.interfaces.cli.views import at_home  # noqa: PLC0415 needs Django
    from dandang.lifecycle.casework.taking_over import standing, tellings  # noqa: PLC0415 Django
    from dandang.organization.queries import directory  # noqa: PLC0415 needs Django

    with database(out, watch=True):
        known = directory()
        found = tellings([known.post(code).code for code in posts])
        whole = standing()
        next_at = at_home(whole.next_at) if whole.next_at else None
    lines = [_line(one) for one in found]
    if not found:
        lines.append(_("Every open case knows who is in its post."))
    if next_at is not None:
        lines.append(_("Somebody's time in a post next begins or ends {at}.").format(at=next_at))
    record = {
        "posts": [
            {
                "post": one.post,
                "officer": one.heir or one.substitute,
                "cases": one.cases,
                "told": one.told,
                "failed": one.failed,
                "error": one.error,
            }
            for one in found
        ],
        "due": whole.posts,
        "next_at": whole.next_at,
    }
    out.give(record, *lines)
    return Exit.CHECK_FAILED if any(one.failed for one in found) else Exit.OK


def _line(one: "Telling") -> str:
    told = _("{post}: {told} of {cases} open cases know that {officer} has them now.")
    values = {"post": one.post, "told": one.told, "cases": one.cases}
    words = told.format(**values, officer=one.heir or one.substitute or "--")
    if one.failed:
        failed = _("{n} could not be told; the last one: {error}")
        words += " " + failed.format(n=one.failed, error=one.error)
    return words
