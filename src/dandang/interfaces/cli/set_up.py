"""Setting an installation up: migrations, organization, policy, the first administrator."""

import os
import sys
from pathlib import Path

import click

from dandang.interfaces.cli import parts
from dandang.interfaces.cli.commands import Command, Group, option, with_output
from dandang.interfaces.cli.exits import Exit
from dandang.interfaces.cli.faults import Failure
from dandang.interfaces.cli.languages import N_
from dandang.interfaces.cli.languages import translate as _
from dandang.interfaces.cli.output import Output
from dandang.interfaces.cli.posts import tell_cases
from dandang.interfaces.cli.session import database, sequence, shown
from dandang.terms import Actor

PASSWORD_VARIABLE = "DANDANG_ADMIN_PASSWORD"  # noqa: S105 the name of a variable, no password


@click.command(cls=Command, help=N_("Make the database, or bring it up to date."))
@with_output
def migrate(out: Output) -> None:
    with database(out):
        parts.call(parts.MIGRATE, progress=shown(out))
    out.give({"migrated": True}, _("The database is up to date."))


@click.command(cls=Command, help=N_("Make an account that may use the administration pages."))
@click.argument("username")
@option("--officer", metavar="OFFICER", help=N_("Staff code of the officer whose account it is."))
@with_output
def createadmin(out: Output, username: str, officer: str | None) -> None:
    password = os.environ.get(PASSWORD_VARIABLE) or click.prompt(
        _("Password"), hide_input=True, confirmation_prompt=sys.stdin.isatty(), err=True
    )
    with database(out):
        from django.utils import timezone  # noqa: PLC0415 needs Django

        from dandang.organization.actions.accounts import create_account  # noqa: PLC0415 Django

        account = create_account(
            username,
            by=Actor.system(),
            now=timezone.now(),
            officer=officer,
            password=password,
            is_staff=True,
        )
    said = _("The account {name} was made.").format(name=account.username)
    out.give({"username": account.username, "officer": officer}, said)


@click.group(cls=Group, help=N_("The body: its units, posts, officers and duties."))
def organization() -> None:
    """Hold the commands on the organization together."""


@organization.command(cls=Command, help=N_("Make the register say what the files of a folder say."))
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@option(
    "--ready",
    metavar="NAME",
    help=N_("One of the fictional organizations that come with Dandang instead."),
)
@with_output
def load(out: Output, folder: Path | None, ready: str | None) -> None:
    from dandang.lifecycle.intake.importing.maps import ready_organization  # noqa: PLC0415 lazy
    from dandang.organization.folder import load_folder  # noqa: PLC0415 only when needed

    if (folder is None) == (ready is None):
        raise click.UsageError(_("Give either a folder or --ready NAME."))
    files = load_folder(ready_organization(ready) if ready else folder or Path())
    with database(out):
        from dandang.interfaces.shared import clock  # noqa: PLC0415 needs Django
        from dandang.organization.actions.load import load_organization  # noqa: PLC0415 Django

        counts = load_organization(files, by=Actor.system(), now=clock.now())
        told = tell_cases(out)
    record = {
        "added": counts.added,
        "changed": counts.changed,
        "unchanged": counts.unchanged,
        "ended": counts.ended,
        "cases_told": told.cases,
    }
    words = _("Entries: {added} added, {changed} changed, {unchanged} unchanged, {ended} ended.")
    said = [words.format(**record)]
    if told.cases:
        said.append(_("{n} open cases were told who has them now.").format(n=told.cases))
    out.give(record, *said)


@click.group(cls=Group, help=N_("The policy: categories, deadlines, reasons."))
def policy() -> None:
    """Hold the commands on the policy together."""


@policy.command(cls=Command, help=N_("Put a policy into force: a ready one, or a file."))
@click.argument("name_or_file")
@with_output
def adopt(out: Output, name_or_file: str) -> None:
    from dandang.policy import load_policy, ready_policies, ready_policy  # noqa: PLC0415 lazy

    if name_or_file in ready_policies():
        chosen = ready_policy(name_or_file)
    elif Path(name_or_file).exists():
        chosen = load_policy(Path(name_or_file))
    else:
        words = _("There is no policy {name}. Ready ones: {ready}").format(
            name=name_or_file, ready=", ".join(ready_policies())
        )
        raise Failure(Exit.USAGE, "unknown_policy", words, name=name_or_file)
    with database(out):
        from dandang.interfaces.shared import clock  # noqa: PLC0415 needs Django
        from dandang.organization.actions.adopt import adopt_policy  # noqa: PLC0415 Django

        adopted = adopt_policy(chosen, by=Actor.system(), now=clock.now())
        sequence()
    record = {
        "name": chosen.name,
        "version": chosen.version,
        "hash": chosen.hash,
        "adopted": adopted,
    }
    words = _("{name}, version {version}, is in force now.")
    if not adopted:
        words = _("{name}, version {version}, was in force already.")
    out.give(record, words.format(name=chosen.name, version=chosen.version))
