"""The ledger as a Django app."""

from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from typing_extensions import override

from dandang.ledger.chain import is_origin


class LedgerConfig(AppConfig):
    """Tables of the ledger; written by `append` and `sequencer` alone."""

    name = "dandang.ledger"
    label = "ledger"

    @override
    def ready(self) -> None:
        """Refuse to start under a name that no proof could ever carry."""
        if not is_origin(settings.LEDGER_ORIGIN):
            raise ImproperlyConfigured(
                f"DANDANG_LEDGER_ORIGIN={settings.LEDGER_ORIGIN!r}: use a name such as"
                " ledger.example.org/city, in ASCII, without spaces and without +"
            )
