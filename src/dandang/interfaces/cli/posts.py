"""`dandang post`: what posts hold, and what becomes of it when they change hands."""

from typing import TYPE_CHECKING

import click

from dandang.interfaces.cli.commands import Command, Group, with_output
from dandang.interfaces.cli.documents import handover
from dandang.interfaces.cli.languages import N_
from dandang.interfaces.cli.languages import translate as _
from dandang.interfaces.cli.output import Output
from dandang.interfaces.cli.session import database, sequence

if TYPE_CHECKING:
    from dandang.lifecycle.casework.actions.incumbents import TakenOver


@click.group(cls=Group, help=N_("Posts, which hold cases."))
def post() -> None:
    """Hold the commands on posts together."""


post.add_command(handover)


@post.command(
    "take-over",
    cls=Command,
    help=N_("Tell the open cases of posts (all, unless named) who has taken them over."),
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
