"""A system of somebody else that gets webhooks: a real server, well-behaved or not."""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

Answering = Callable[["Taken"], int]


@dataclass(frozen=True)
class Taken:
    """One call: its headers and body, and how many came before it."""

    headers: dict[str, str]
    body: bytes
    number: int


@dataclass
class Receiver:
    """What came in. `answer` says which status a call gets; 0 hangs until the end of the story."""

    answer: Answering = lambda _taken: 204
    location: str = ""
    body: bytes = b""
    taken: list[Taken] = field(default_factory=list)
    over: Event = field(default_factory=Event)
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook?key=1"


@contextmanager
def receiver(certificate: Path | None = None, **options) -> Iterator[Receiver]:
    """Run a receiver; with a certificate (and its key in one file) it speaks TLS."""
    here = Receiver(**options)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            taken = Taken(dict(self.headers.items()), body, len(here.taken))
            here.taken.append(taken)
            status = here.answer(taken)
            if not status:
                here.over.wait(30)
                return
            self.send_response(status)
            if here.location:
                self.send_header("Location", here.location)
            self.send_header("Content-Length", str(len(here.body)))
            self.end_headers()
            self.wfile.write(here.body)

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_args: None
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    here.port = server.server_address[1]
    thread = Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield here
    finally:
        here.over.set()
        server.shutdown()
        server.server_close()
        thread.join()


def unused_port() -> int:
    """Return a port of this machine at which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
