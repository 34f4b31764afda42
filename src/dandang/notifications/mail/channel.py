"""E-mail by SMTP: plain text, one connection a batch, an id that stays the same."""

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email

from dandang.notifications.channels import Contact, Outage, Outgoing, Refused, Send
from dandang.notifications.rules.notices import Kind

_PERMANENT = 500
_BACKEND = "django.core.mail.backends.smtp.EmailBackend"


class Mail:
    """E-mail to whoever left an address."""

    name = "mail"
    goes_out = True

    def is_ready(self) -> bool:
        """Say whether a server is named in the settings."""
        return bool(settings.EMAIL_HOST)

    def check(self) -> None:
        """Do nothing: it has no file."""

    def serves(self, kind: Kind, *, urgent: bool, template: str) -> bool:  # noqa: ARG002 protocol
        """Say yes: everybody with an address gets everything."""
        return True

    def address_of(self, contact: Contact) -> str:
        """Return the e-mail address, if it can be one."""
        found = contact.addresses.get(self.name) or contact.email.strip()
        return found if _is_address(found) else ""

    @contextmanager
    def opened(self) -> Iterator[Send]:
        """Connect to the server and sign in. Raises Outage."""
        connection: BaseEmailBackend = get_connection(_BACKEND)
        _connect(connection)
        try:
            yield lambda outgoing: _send(connection, outgoing)
        finally:
            _close(connection)


def composed(outgoing: Outgoing) -> EmailMessage:
    """Return the message as it is sent. Its subject holds nothing personal."""
    headers = {
        "Message-ID": f"<{outgoing.message_id}@{_domain()}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": outgoing.language or settings.LANGUAGE_CODE,
    }
    if outgoing.kind is Kind.REQUESTER and settings.MAIL_STOP:
        wanted = f"mailto:{settings.MAIL_STOP}?subject={outgoing.reference}"
        headers["List-Unsubscribe"] = f"<{wanted}>"
    return EmailMessage(
        subject=outgoing.subject, body=outgoing.text, to=[outgoing.address], headers=headers
    )


def _domain() -> str:
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"


def _connect(connection: BaseEmailBackend) -> None:
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        _close(connection)
        raise Outage(_name(error)) from None


def _close(connection: BaseEmailBackend) -> None:
    # What the server says at the end changes nothing about what it has accepted.
    with suppress(OSError, smtplib.SMTPException):
        connection.close()


def _send(connection: BaseEmailBackend, outgoing: Outgoing) -> None:
    """Send one message. Errors come as codes alone: those of the library name the recipient."""
    try:
        connection.send_messages([composed(outgoing)])
    except smtplib.SMTPRecipientsRefused as error:
        code = max((code for code, _ in error.recipients.values()), default=_PERMANENT)
        raise Refused(f"smtp_{code}", for_good=code >= _PERMANENT) from None
    except smtplib.SMTPServerDisconnected:
        raise Outage("connection_lost") from None
    except smtplib.SMTPResponseException as error:
        raise Refused(f"smtp_{error.smtp_code}") from None
    except smtplib.SMTPNotSupportedError:
        raise Refused("address_needs_smtputf8", for_good=True) from None
    except ValueError:  # a line break in a header, which no address of ours has
        raise Refused("address_invalid", for_good=True) from None
    except OSError as error:
        raise Outage(_name(error)) from None


def _name(error: Exception) -> str:
    """Return a code for an error of the connection."""
    if isinstance(error, smtplib.SMTPResponseException):
        return f"smtp_{error.smtp_code}"
    known: dict[type[Exception], str] = {
        TimeoutError: "timeout",
        ConnectionRefusedError: "connection_refused",
        ConnectionResetError: "connection_lost",
        smtplib.SMTPServerDisconnected: "connection_lost",
        smtplib.SMTPNotSupportedError: "not_supported",
    }
    return known.get(type(error), "server_unreachable")


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True
