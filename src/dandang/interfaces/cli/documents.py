"""`dandang case document` and `dandang post handover`: documents as .docx files."""

import os
from typing import TYPE_CHECKING

import click

from dandang.interfaces.cli import people
from dandang.interfaces.cli.commands import Command, option, with_output
from dandang.interfaces.cli.languages import N_
from dandang.interfaces.cli.languages import translate as _
from dandang.interfaces.cli.output import Output
from dandang.interfaces.cli.session import database

if TYPE_CHECKING:
    from dandang.interfaces.desk.documents.files import File

_KINDS = ("notice", "history")
_AS = N_("The officer it is made for, by staff code: it holds what this officer may see.")
_OUT = N_("The file to write, which must not exist yet.")


@click.command("document", cls=Command, help=N_("Write a document on a case as .docx."))
@click.argument("reference")
@option(
    "--kind",
    type=click.Choice(_KINDS),
    required=True,
    help=N_("A notice of follow-up to the holder, or the history of the case."),
)
@option("--as", "officer", metavar="OFFICER", required=True, help=_AS)
@option("--out", "path", metavar="FILE", required=True, help=_OUT)
@with_output
def document(out: Output, reference: str, kind: str, officer: str, path: str) -> None:
    with database(out):
        from dandang.interfaces.cli.views import body_time  # noqa: PLC0415 needs Django
        from dandang.interfaces.desk.documents.files import case_file  # noqa: PLC0415 needs Django

        people.officer(officer)
        with body_time():
            file = case_file(officer, reference, kind)
        _write(out, path, file, reference=reference, kind=kind)


@click.command("handover", cls=Command, help=N_("Write the handover sheet of a post as .docx."))
@click.argument("post")
@option("--as", "officer", metavar="OFFICER", required=True, help=_AS)
@option("--out", "path", metavar="FILE", required=True, help=_OUT)
@with_output
def handover(out: Output, post: str, officer: str, path: str) -> None:
    with database(out):
        from dandang.interfaces.cli.views import body_time  # noqa: PLC0415 needs Django
        from dandang.interfaces.desk.documents.files import handover_file  # noqa: PLC0415 Django

        people.officer(officer)
        with body_time():
            file = handover_file(officer, post)
        _write(out, path, file, post=post)


def _write(out: Output, path: str, file: "File", **about: str) -> None:
    """Write a file that is new and that only its owner can read: it is full of personal data."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "wb") as target:  # noqa: PTH123 a path alone cannot say who may read it
        target.write(file.content)
    record = {**about, "file": path, "bytes": len(file.content)}
    out.give(record, _("Written: {file}").format(file=path))
