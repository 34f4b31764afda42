"""`dandang export` and `dandang load`: the whole configuration as one file."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dandang.interfaces.cli.commands import Command, Group, option, with_output
from dandang.interfaces.cli.exits import Exit
from dandang.interfaces.cli.faults import Failure
from dandang.interfaces.cli.languages import N_
from dandang.interfaces.cli.languages import translate as _
from dandang.interfaces.cli.output import Output
from dandang.interfaces.cli.posts import tell_cases
from dandang.interfaces.cli.session import database, sequence
from dandang.terms import Actor

if TYPE_CHECKING:
    from dandang.organization.actions.configuration import Difference

_MOST = 32 * 1024 * 1024


@click.group(cls=Group, help=N_("Take things away as files."))
def export() -> None:
    """Hold the commands that write files together."""


@export.command(
    cls=Command,
    help=N_("Write register, policy and notices into one ZIP. Names of officers are in it."),
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@with_output
def configuration(out: Output, file: Path) -> None:
    with database(out):
        from dandang.interfaces.shared import clock  # noqa: PLC0415 needs Django
        from dandang.organization.actions.configuration import (  # noqa: PLC0415 Django
            export_configuration,
        )

        content = export_configuration(by=Actor.system(), now=clock.now())
        sequence()
    file.touch(mode=0o600)
    file.write_bytes(content)
    words = _("{file} holds the whole configuration; keep it where personal data may lie.")
    out.give({"file": str(file), "bytes": len(content)}, words.format(file=file))


@click.command(
    cls=Command,
    help=N_("Make register, policy and notices what a ZIP of “dandang export” says."),
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@option("--check", is_flag=True, help=N_("Only say what would change."))
@with_output
def load(out: Output, file: Path, *, check: bool) -> None:
    with file.open("rb") as opened:
        content = opened.read(_MOST + 1)
    if len(content) > _MOST:
        words = _("The file is too large (limit: {limit} bytes).").format(limit=_MOST)
        raise Failure(Exit.USAGE, "file_too_large", words)
    with database(out):
        difference = _load(content, file.name, check=check)
        if not check:
            tell_cases(out)
    _say(out, difference, check=check)


def _load(content: bytes, name: str, *, check: bool) -> "Difference":
    from dandang.interfaces.shared import clock  # noqa: PLC0415 needs Django
    from dandang.organization.actions.configuration import (  # noqa: PLC0415 needs Django
        compare_configuration,
        load_configuration,
    )

    now = clock.now()
    if check:
        return compare_configuration(content, name, now=now)
    return load_configuration(content, name, by=Actor.system(), now=now, adopts_policy=True)


def _say(out: Output, difference: "Difference", *, check: bool) -> None:
    counted = Counter(change.what.value for change in difference.changes)
    ended = counted["ended"] + counted["taken_back"]
    policy = difference.policy
    record = {
        "loaded": not check,
        "added": counted["added"],
        "changed": counted["changed"],
        "ended": ended,
        "notices": len(difference.notices),
        "policy": policy.name if policy else None,
    }
    words = _(
        "Entries: {added} added, {changed} changed, {ended} ended; notices: {notices}."
    ).format(**record)
    said = [_("What would change:") if check else _("Loaded."), words]
    if difference.is_new and not check:
        said = [_("Loaded into an empty database.")]
    elif difference.is_new:
        said = [_("There is no organization yet; everything would be new.")]
    if policy is not None:
        adopted = _("Policy: {name}, version {version}.")
        said.append(adopted.format(name=policy.name, version=policy.version))
    out.give(record, *said)
