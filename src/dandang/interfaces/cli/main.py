"""The entry point `dandang`: its commands, and what their errors mean to whoever called it."""

import os
import sys
from collections.abc import Sequence
from typing import Any, Never

import click
from typing_extensions import override

from dandang import __version__
from dandang.interfaces.cli import languages
from dandang.interfaces.cli.commands import Group, with_language
from dandang.interfaces.cli.exits import Exit
from dandang.interfaces.cli.faults import tell
from dandang.interfaces.cli.languages import N_

_HERE = "dandang.interfaces.cli"
COMMANDS = {
    "demo": f"{_HERE}.demonstration:demo",
    "serve": f"{_HERE}.serve:serve",
    "work": f"{_HERE}.work:work",
    "migrate": f"{_HERE}.set_up:migrate",
    "createadmin": f"{_HERE}.set_up:createadmin",
    "account": f"{_HERE}.accounts:account",
    "organization": f"{_HERE}.set_up:organization",
    "export": f"{_HERE}.configuration:export",
    "load": f"{_HERE}.configuration:load",
    "policy": f"{_HERE}.set_up:policy",
    "notice": f"{_HERE}.notices:notice",
    "duties": f"{_HERE}.duties:duties",
    "import": f"{_HERE}.import_rows:import_",
    "case": f"{_HERE}.cases:case",
    "precedents": f"{_HERE}.precedents:precedents",
    "post": f"{_HERE}.posts:post",
    "due": f"{_HERE}.due:due",
    "report": f"{_HERE}.reports:report",
    "ledger": f"{_HERE}.ledger:ledger",
    "audit": f"{_HERE}.audit:audit",
    "notify": f"{_HERE}.notify:notify",
    "webhook": f"{_HERE}.webhooks:webhook",
    "publication": f"{_HERE}.publication:publication",
    "search": f"{_HERE}.finding:index",
    "doctor": f"{_HERE}.doctor:doctor",
    "training": f"{_HERE}.training:training",
    "completion": f"{_HERE}.completion:completion",
}


class Root(Group):
    """The outermost group: it turns whatever happens into words and an exit code."""

    @override
    def main(self, args: Sequence[str] | None = None, *rest: Any, **more: Any) -> Never:
        given = list(sys.argv[1:] if args is None else args)
        languages.use(languages.from_environment(os.environ))
        stdout = sys.stdout
        try:
            result = super().main(given, *rest, **{**more, "standalone_mode": False})
            stdout.flush()
        except BrokenPipeError:
            # Whoever read our output has enough of it; what is left goes nowhere.
            os.dup2(os.open(os.devnull, os.O_WRONLY), stdout.fileno())
            sys.exit(Exit.PIPE_CLOSED)
        except SystemExit as ended:
            if sys.stdout is not stdout:  # click met the closed pipe and put another one in place
                ended.code = Exit.PIPE_CLOSED
            raise
        except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 told, or raised again
            sys.exit(tell(error, as_json="--json" in given))
        sys.exit(result or Exit.OK)


@click.group(
    cls=Root,
    later=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=N_("Dandang 担当: one accountable holder for every request, followed to its end."),
)
@click.version_option(__version__, prog_name="dandang")
@with_language
def main() -> None:
    """Hold the commands together."""
