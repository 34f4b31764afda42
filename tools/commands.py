"""The commands of `dandang` with all their options, as the reference page lists them."""

from collections.abc import Iterator

import click

from dandang.interfaces.cli import languages
from dandang.interfaces.cli.main import main

COMMON = frozenset({"--json", "--quiet", "--lang", "--help"})


def commands() -> str:
    """Return a section for every command: its words, its arguments, its options."""
    languages.use(languages.ENGLISH)
    context = click.Context(main, info_name="dandang")
    return "\n".join(_section(one) for one in leaves(context))


def leaves(context: click.Context) -> Iterator[click.Context]:
    """Yield every command that does something by itself, in the order of the help."""
    command = context.command
    if not isinstance(command, click.Group):
        yield context
        return
    if command.invoke_without_command:
        yield context
    for name in command.list_commands(context):
        child = command.get_command(context, name)
        assert child is not None
        yield from leaves(click.Context(child, parent=context, info_name=name))


def _section(context: click.Context) -> str:
    arguments = [one for one in context.command.params if isinstance(one, click.Argument)]
    usage = " ".join([context.command_path.strip(), *_names(arguments, context)])
    rows = [
        f"| {_spelling(one, context)} | {_words(one, context)} |\n"
        for one in context.command.params
        if isinstance(one, click.Option) and COMMON.isdisjoint(one.opts)
    ]
    table = "".join(["\n| option | |\n| --- | --- |\n", *rows]) if rows else ""
    return f"### `{usage}`\n\n{_sentence(context.command.help or '')}\n{table}"


def _names(arguments: list[click.Argument], context: click.Context) -> Iterator[str]:
    for one in arguments:
        name = one.make_metavar(context).strip("[]{}")
        yield name if one.required else f"[{name}]"


def _spelling(one: click.Option, context: click.Context) -> str:
    name = next(name for name in one.opts if name.startswith("--"))
    if one.secondary_opts:
        return f"`{name}`, `{one.secondary_opts[0]}`"
    if one.is_flag:
        return f"`{name}`"
    if isinstance(one.type, click.Choice):
        return f"`{name}` {', '.join(f'`{choice}`' for choice in one.type.choices)}"
    return f"`{name} {one.make_metavar(context)}`"


def _words(one: click.Option, context: click.Context) -> str:
    words = _sentence(one.help or "")
    default = one.get_default(context)
    if one.required:
        words += " Required."
    elif one.show_default and default not in (None, False, ""):
        words += f" Default: {default}."
    return words


def _sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text}."
