"""The city, and servers on this machine that its messages go to."""

from collections.abc import Iterator

import pytest
from pytest_socket import enable_socket, socket_allow_hosts

from dandang.notifications.models import Address
from tests import town
from tests.notifications.city import follows
from tests.notifications.smtp_server import SmtpServer, smtp_server


@pytest.fixture
def network() -> None:
    """Let a test reach this machine, and nothing beyond it."""
    enable_socket()
    socket_allow_hosts(["127.0.0.1", "localhost"], allow_unix_socket=True)


@pytest.fixture
def city(db: None) -> None:
    """The city in the database, with an e-mail address of Cao Lei; nothing new in its ledger."""
    town.build()
    follows()
    Address.objects.create(officer=town.CAO_LEI, channel="mail", address="cao@cityman.example")


@pytest.fixture
def mail(network: None, settings) -> Iterator[SmtpServer]:
    """A mail server that the settings name."""
    with smtp_server() as server:
        use_mail(settings, server.port)
        yield server


def use_mail(settings, port: int) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.DEFAULT_FROM_EMAIL = "12345@jiangcheng.example"
