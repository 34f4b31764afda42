"""A small web server on this machine: it answers as it is told to, slowly or never if need be."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Taken:
    """One request the server was sent."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class WebServer:
    """What the server answers, and what it was sent. `hangs` is in seconds."""

    port: int = 0
    status: int = 200
    answer: bytes = b'{"code": "OK"}'
    headers: dict[str, str] = field(default_factory=dict)
    hangs: float = 0.0
    drips: bool = False
    taken: list[Taken] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/send"


@contextmanager
def web_server() -> Iterator[WebServer]:
    """Run a server for the length of a `with` block."""
    about = WebServer()
    over = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            about.taken.append(Taken(self.command, self.path, dict(self.headers), body))
            over.wait(about.hangs)
            with suppress(OSError):
                self._answer()

        def _answer(self) -> None:
            self.send_response(about.status)
            for name, value in about.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(about.answer)))
            self.end_headers()
            if about.drips:
                for place in range(len(about.answer)):
                    self.wfile.write(about.answer[place : place + 1])
                    self.wfile.flush()
                    time.sleep(0.1)
                return
            self.wfile.write(about.answer)

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    about.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield about
    finally:
        over.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
