"""The inbox: what an officer finds on the page. Its rows are there as soon as they are written."""

from collections.abc import Iterator
from contextlib import contextmanager

from dandang.notifications.channels import Contact, Outgoing, Send
from dandang.notifications.rules.notices import Kind


class Inbox:
    """The page of an officer, which everybody has."""

    name = "inbox"
    goes_out = False

    def is_ready(self) -> bool:
        """Say yes: it needs nothing."""
        return True

    def check(self) -> None:
        """Do nothing: it has no file."""

    def serves(self, kind: Kind, *, urgent: bool, template: str) -> bool:  # noqa: ARG002 protocol
        """Say whether these are officers."""
        return kind is Kind.OFFICER

    def address_of(self, contact: Contact) -> str:  # noqa: ARG002 part of the protocol
        """Return a word for the page."""
        return "page"

    @contextmanager
    def opened(self) -> Iterator[Send]:
        """Do nothing: what is in the inbox has arrived."""

        def arrived(_outgoing: Outgoing) -> None:
            """Leave it where it is."""

        yield arrived
