"""Getting ready to work: the database up, Django set up, the language active."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from dandang.interfaces.cli import languages, parts
from dandang.interfaces.cli.languages import N_
from dandang.interfaces.cli.languages import translate as _
from dandang.interfaces.cli.output import Output

_STEPS = {
    "waiting": N_("Waiting for another process that starts or stops the database …"),
    "creating_user": N_("Making the system user that runs the database …"),
    "copying_server": N_("Copying the database server where its user can run it …"),
    "initialising": N_("Making a new database …"),
    "starting": N_("Starting the database …"),
    "recovering": N_("Starting the database again after it was killed …"),
    "stopping": N_("Stopping the database …"),
    "migrating": N_("Bringing the database up to date …"),
}


@contextmanager
def database(out: Output, *, watch: bool = False) -> Iterator[None]:
    """Keep the database up and Django ready for the length of a `with` block.

    `watch` starts the server again when it is killed meanwhile.
    """
    from dandang.database import running  # noqa: PLC0415 loads psycopg

    with running(progress=shown(out), watch=watch):
        ready_django()
        yield


def shown(out: Output) -> Callable[[str], None]:
    """Return what tells people of the steps of a start, where somebody can see it."""

    def tell(step: str) -> None:
        if sys.stderr.isatty():
            out.note(_(_STEPS[step]))

    return tell


def ready_django() -> None:
    """Set Django up, if it is not, and let it speak the language of the command line."""
    import django  # noqa: PLC0415 a start without it takes a quarter of the time
    from django.apps import apps  # noqa: PLC0415 see above
    from django.utils import translation  # noqa: PLC0415 see above

    if not apps.ready:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", parts.SETTINGS)
        django.setup()
    translation.activate(languages.current())


def sequence() -> None:
    """Give the events of this command their index in the log, unless somebody else is at it."""
    from dandang.ledger.sequencer import sequence_once  # noqa: PLC0415 needs Django

    while sequence_once():
        pass
