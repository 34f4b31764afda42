"""How commands are made: loaded when they are called, with the same options, in both languages."""

import functools
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, TypeVar

import click
from typing_extensions import override

from dandang.interfaces.cli import languages
from dandang.interfaces.cli.languages import N_
from dandang.interfaces.cli.output import Output

F = TypeVar("F", bound=Callable[..., Any])

_LANGUAGES = {"zh": languages.CHINESE, "en": languages.ENGLISH}


class _Spoken:
    """Something with a help text, given in the language of the moment it is shown."""

    _text: str | None = None

    def _get_help(self) -> str | None:
        return languages.translate(self._text) if self._text else self._text

    def _set_help(self, text: str | None) -> None:
        self._text = text

    help = property(_get_help, _set_help)


class Command(_Spoken, click.Command):
    """A command whose help speaks both languages."""


class Option(_Spoken, click.Option):
    """An option whose help speaks both languages."""


class Group(_Spoken, click.Group):
    """Commands under one name; each is loaded when it is called: `name: module:attribute`."""

    def __init__(self, *args: Any, later: Mapping[str, str] | None = None, **more: Any) -> None:  # noqa: ANN401 click's own
        super().__init__(*args, **more)
        self._later = later or {}

    @override
    def list_commands(self, ctx: click.Context) -> list[str]:
        # In the order they were written, which is the order of use, not that of the alphabet.
        return [*self._later, *self.commands]

    @override
    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self._later:
            return super().get_command(ctx, cmd_name)
        module, _, name = self._later[cmd_name].partition(":")
        found: click.Command = getattr(import_module(module), name)
        return found


def option(*names: str, **more: Any) -> Callable[[F], F]:  # noqa: ANN401 click's own
    """Add an option; as `click.option`."""
    return click.option(*names, cls=Option, **more)


def with_limit(words: str) -> Callable[[F], F]:
    """Add `--limit`: how many entries of a list are shown at the most, 50 unless said."""
    return option(
        "--limit",
        type=click.IntRange(min=1),
        metavar="N",
        default=50,
        show_default=True,
        help=words,
    )


def with_language(function: F) -> F:
    """Add `--lang`, which counts for everything the command says, its help included."""
    return option(
        "--lang",
        type=click.Choice([*_LANGUAGES]),
        is_eager=True,
        expose_value=False,
        callback=_speak,
        help=N_("Language of words and names."),
    )(function)


def _speak(_context: click.Context, _parameter: click.Parameter, value: str | None) -> None:
    if value is not None:
        languages.use(_LANGUAGES[value])


def with_output(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--json`, `--quiet` and `--lang`; the command gets an `Output` as its first argument."""

    @with_language
    @option("--quiet", "-q", is_flag=True, help=N_("Nothing on stderr but errors."))
    @option("--json", "as_json", is_flag=True, help=N_("JSON, one object a line."))
    @functools.wraps(function)
    def with_it(*args: object, as_json: bool, quiet: bool, **more: object) -> object:
        return function(Output(as_json=as_json, quiet=quiet), *args, **more)

    return with_it
