"""`dandang completion`: the script that lets a shell complete our commands."""

import click
from click.shell_completion import get_completion_class

from dandang.interfaces.cli.commands import Command, with_language
from dandang.interfaces.cli.languages import N_

_PROGRAM = "dandang"
_VARIABLE = "_DANDANG_COMPLETE"


@click.command(cls=Command, help=N_("Print the completion script of a shell."))
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@with_language
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    found = get_completion_class(shell)
    assert found is not None
    script = found(context.find_root().command, {}, _PROGRAM, _VARIABLE)
    click.echo(script.source())
