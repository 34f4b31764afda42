"""A connection to PostgreSQL that is looked at before each request, but asked nothing."""

import select

from django.db.backends.postgresql import base
from typing_extensions import override


class DatabaseWrapper(base.DatabaseWrapper):
    """As Django's, without a statement of its own before each request.

    A server that ends a connection says so on it; a network that breaks is found by the keepalives
    of TCP. So a connection on which nothing came in since its last answer is as good as it was.
    Whatever did come in, or went wrong before, is looked into as Django does: by asking.
    """

    @override
    def is_usable(self) -> bool:
        quiet = not self.errors_occurred and self._is_quiet()
        return quiet or bool(super().is_usable())

    def _is_quiet(self) -> bool:
        if self.connection is None or self.connection.closed:
            return False
        socket = select.poll()
        socket.register(self.connection.fileno(), select.POLLIN)
        return not socket.poll(0)
