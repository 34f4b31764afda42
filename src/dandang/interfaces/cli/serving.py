"""Serving the web interface: a free port, granian, a worker beside it, a clean end."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from typing import Any

from dandang.interfaces.cli import parts
from dandang.interfaces.cli.exits import Exit
from dandang.interfaces.cli.faults import Failure
from dandang.interfaces.cli.languages import translate as _

LOCAL = "127.0.0.1"
PORT = 8000
_PORTS_TRIED = 20
# Each thread keeps a connection to the database, of which there are a hundred.
_THREADS = 8
# Browsers keep connections open; a worker waits for them so long and no longer.
_PATIENCE_SECONDS = 2
_POLL_SECONDS = 0.05
_TO_STDERR = {
    "class": "logging.StreamHandler",
    "formatter": "generic",
    "stream": "ext://sys.stderr",
}
_LOG: dict[str, Any] = {"handlers": {"console": _TO_STDERR, "access": _TO_STDERR}}


def free_port(host: str, wanted: int | None) -> int:
    """Return the wanted port, or else the first free one from 8000 on.

    Raises Failure `port_in_use` for a wanted port that is taken.
    """
    if wanted is not None:
        if not _is_free(host, wanted):
            words = _("Port {port} is in use. Choose another one with --port.").format(port=wanted)
            raise Failure(Exit.CONFIGURATION, "port_in_use", words, port=wanted)
        return wanted
    ports = range(PORT, PORT + _PORTS_TRIED)
    return next((port for port in ports if _is_free(host, port)), 0) or _any_port(host)


def _is_free(host: str, port: int) -> bool:
    # The server shares its port with other servers that do, so its own start would not fail.
    with _socket(host) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _any_port(host: str) -> int:
    with _socket(host) as probe:
        probe.bind((host, 0))
        port: int = probe.getsockname()[1]
        return port


def _socket(host: str) -> socket.socket:
    return socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)


def serve_until_stopped(
    host: str,
    port: int,
    *,
    workers: int = 1,
    works: bool = True,
    ready: Callable[[], None] = lambda: None,
) -> None:
    """Serve until Ctrl-C or SIGTERM; `ready` is called once pages can be asked for.

    The database must be up and migrated, Django set up. Meanwhile what is due is done, as
    `dandang work` does it, unless `works` is False. Raises SystemExit when a worker ended by
    itself.
    """
    from granian.constants import Interfaces  # noqa: PLC0415 slow to load
    from granian.log import LogLevels  # noqa: PLC0415 slow to load
    from granian.server import Server  # noqa: PLC0415 slow to load

    from dandang.interfaces.cli.working import at_work  # noqa: PLC0415 needs Django

    server = Server(
        parts.APPLICATION,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=_THREADS,
        workers_kill_timeout=_PATIENCE_SECONDS,
        websockets=False,
        log_level=LogLevels.error,
        log_dictconfig=_LOG,
    )
    with at_work() if works else nullcontext(), _telling(host, port, ready):
        server.serve()


@contextmanager
def _telling(host: str, port: int, ready: Callable[[], None]) -> Iterator[None]:
    """Call `ready` once somebody answers at this port."""
    over = threading.Event()

    def wait() -> None:
        while not over.wait(_POLL_SECONDS):
            with suppress(OSError), socket.create_connection((host, port), timeout=1):
                ready()
                return

    thread = threading.Thread(target=wait, name="ready")
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
