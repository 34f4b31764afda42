"""A small SMTP server on this machine: it takes messages, refuses them, or breaks off."""

import email
import email.policy
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage


@dataclass
class SmtpServer:
    """What the server does with what it is given; `taken` are the messages it said yes to."""

    port: int = 0
    taken: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    refuses: dict[str, str] = field(default_factory=dict)
    greets: str = "220 here"
    breaks_after_data: int = 0
    breaks_before_answer: int = 0
    connections: int = 0
    thinks: float = 0.0

    @property
    def subjects(self) -> list[str]:
        return [str(one["Subject"]) for one in self.taken]

    @property
    def ids(self) -> list[str]:
        return [str(one["Message-ID"]) for one in self.taken]


@contextmanager
def smtp_server(port: int = 0) -> Iterator[SmtpServer]:
    """Run a server for the length of a `with` block."""
    server = SmtpServer()
    listening = socket.create_server(("127.0.0.1", port))
    server.port = listening.getsockname()[1]
    thread = threading.Thread(target=_accept, args=(listening, server), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(5)


def _accept(listening: socket.socket, server: SmtpServer) -> None:
    while True:
        try:
            connection, _ = listening.accept()
        except OSError:
            return
        server.connections += 1
        threading.Thread(target=_talk, args=(connection, server), daemon=True).start()


def _talk(connection: socket.socket, server: SmtpServer) -> None:
    with connection, suppress(OSError):
        connection.settimeout(5)
        _serve(connection, server)


def _serve(connection: socket.socket, server: SmtpServer) -> None:
    lines = connection.makefile("rb")
    _say(connection, server.greets)
    recipient = ""
    while line := lines.readline():
        word, _, rest = line.decode().strip().partition(" ")
        match word.upper():
            case "EHLO":
                _say(connection, "250 here")
            case "RCPT":
                recipient = rest.partition("<")[2].partition(">")[0]
                _say(connection, server.refuses.get(recipient, "250 yes"))
            case "DATA":
                _say(connection, "354 go on")
                text = b"".join(iter(lines.readline, b".\r\n"))
                if server.breaks_before_answer:
                    server.breaks_before_answer -= 1
                    return
                time.sleep(server.thinks)
                server.taken.append(email.message_from_bytes(text, policy=email.policy.default))
                server.recipients.append(recipient)
                _say(connection, "250 taken")
                if server.breaks_after_data:
                    server.breaks_after_data -= 1
                    return
            case "QUIT":
                _say(connection, "221 bye")
                return
            case _:
                _say(connection, "250 yes")


def _say(connection: socket.socket, text: str) -> None:
    connection.sendall(f"{text}\r\n".encode())
