"""Text messages, through the gateway that `DANDANG_SMS_FILE` describes."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings

from dandang.notifications.channels import Contact, Outage, Outgoing, Refused, Send
from dandang.notifications.http import Answer, CallFailed, call
from dandang.notifications.rules.notices import Kind
from dandang.notifications.sms.gateway import Gateway, fill, read_gateway
from dandang.notifications.sms.numbers import mobile
from dandang.terms import InputError, Problem

_TOO_MANY = 429
_SERVER_ERROR = 500
_CLIENT_ERROR = 400
_TYPES = {"json": "application/json; charset=utf-8", "form": "application/x-www-form-urlencoded"}


class Sms:
    """Text messages: to requesters always, to officers where it is urgent."""

    name = "sms"
    goes_out = True

    def is_ready(self) -> bool:
        """Say whether a gateway is described. Where the file has faults, messages wait for it."""
        return bool(settings.SMS_FILE)

    def check(self) -> None:
        """Raise InputError with everything that is wrong in the file of the gateway."""
        if settings.SMS_FILE:
            gateway()

    def serves(self, kind: Kind, *, urgent: bool, template: str) -> bool:  # noqa: ARG002 protocol
        """Say yes for requesters; officers get one only where it is urgent."""
        return kind is Kind.REQUESTER or urgent

    def address_of(self, contact: Contact) -> str:
        """Return the number, where it is that of a mobile phone."""
        return mobile(contact.addresses.get(self.name) or contact.phone)

    @contextmanager
    def opened(self) -> Iterator[Send]:
        """Read the file of the gateway; every message is a call of its own. Raises Outage."""
        try:
            described = gateway()
        except InputError:
            raise Outage("gateway_unusable") from None
        yield lambda outgoing: _send(described, outgoing)


def gateway() -> Gateway:
    """Return the gateway of the settings. Raises InputError with everything wrong in the file."""
    path = Path(settings.SMS_FILE)
    try:
        changed = path.stat().st_mtime_ns
    except OSError:
        raise InputError([Problem("file_unreadable", path.name)]) from None
    return _read(path, changed)


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int) -> Gateway:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError:
        raise InputError([Problem("file_unreadable", path.name)]) from None
    except UnicodeDecodeError:
        raise InputError([Problem("not_utf8", path.name)]) from None
    return read_gateway(text, path.name)


def text_with_signature(described: Gateway, short: str) -> str:
    """Return the text as the phone shows it: `【江城热线】…`."""
    return f"【{described.signature}】{short}" if described.signature else short


def _send(described: Gateway, outgoing: Outgoing) -> None:
    values = _values(described, outgoing)
    body = fill(described.body, values)
    assert isinstance(body, dict)
    headers = {name: str(fill(value, values)) for name, value in described.headers.items()}
    headers = {"Content-Type": _TYPES[described.format], **headers}
    try:
        answer = call(
            described.url,
            json.dumps(body).encode() if described.format == "json" else urlencode(body).encode(),
            method=described.method,
            headers=headers,
            timeout=described.timeout_seconds,
        )
    except CallFailed as failure:
        raise Outage(failure.code) from None
    _judge(described, answer)


def _judge(described: Gateway, answer: Answer) -> None:
    """Raise what the answer means. A redirect means that the file names the wrong address."""
    status = answer.status
    if answer.is_good:
        if described.accepted_if.encode() not in answer.body:
            raise Refused("not_accepted")
        return
    if status == _TOO_MANY or status >= _SERVER_ERROR or status < _CLIENT_ERROR:
        raise Outage(f"http_{status}")
    raise Refused(f"http_{status}")


def _values(described: Gateway, outgoing: Outgoing) -> dict[str, str]:
    secret = os.environ.get(described.secret_from, "") if described.secret_from else ""
    if described.secret_from and not secret:
        raise Outage("secret_missing")
    templates = described.templates
    number = outgoing.address
    if described.country_code and not number.startswith("+"):
        number = described.country_code + number
    return {
        "phone": number,
        "text": text_with_signature(described, outgoing.short),
        "signature": described.signature,
        "template": templates.get(outgoing.template) or templates.get("", ""),
        "reference": outgoing.reference,
        "id": outgoing.message_id,
        "secret": secret,
    }
