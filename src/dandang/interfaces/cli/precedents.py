"""`dandang precedents`: how disputes about who holds a case were decided."""

import click

from dandang.interfaces.cli.commands import Command, Group, option, with_limit, with_output
from dandang.interfaces.cli.languages import N_
from dandang.interfaces.cli.languages import translate as _
from dandang.interfaces.cli.output import Output
from dandang.interfaces.cli.session import database


@click.group(cls=Group, help=N_("Decided disputes, which are precedents for later ones."))
def precedents() -> None:
    """Hold the commands on precedents together."""


@precedents.command("list", cls=Command, help=N_("List decided disputes, the newest first."))
@option(
    "--category",
    default="",
    metavar="CODE",
    help=N_("Only those of this category, the ones below it and the ones above it."),
)
@option(
    "--area",
    default="",
    metavar="CODE",
    help=N_("Only those of this area, the ones below it and the ones above it."),
)
@option("--reason", default="", metavar="CODE", help=N_("Only disputes raised for this reason."))
@option(
    "--unit",
    default="",
    metavar="UNIT",
    help=N_("Only disputes that concern this unit or one below it."),
)
@option(
    "--text", default="", metavar="WORDS", help=N_("Only decisions with these words in the basis.")
)
@with_limit(N_("At most so many decisions."))
@option("--reveal", is_flag=True, help=N_("Show the reasons in words, too."))
@with_output
def list_(out: Output, limit: int, *, reveal: bool, **sought: str) -> None:
    with database(out):
        from dandang.interfaces.cli import precedent_views as views  # noqa: PLC0415 needs Django
        from dandang.interfaces.cli.views import body_time, names  # noqa: PLC0415 needs Django
        from dandang.lifecycle.casework.precedent_search import (  # noqa: PLC0415 needs Django
            Sought,
        )

        found = views.pages(Sought(**sought), limit)
        if out.as_json:
            out.table(views.records(found, reveal=reveal), (), ())
            return
        with body_time():
            rows = list(views.rows(found, names(), reveal=reveal))
        out.table((), views.header(reveal=reveal), rows)
        if not rows:
            out.note(_("No decision was found."))
