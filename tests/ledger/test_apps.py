"""The ledger refuses to start under a name that no proof could carry."""

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured


def test_the_usual_name_is_usable():
    apps.get_app_config("ledger").ready()


@pytest.mark.parametrize("name", ["", "two words", "a+b", "江城"])
def test_a_name_that_no_proof_could_carry_stops_the_start(name, settings):
    settings.LEDGER_ORIGIN = name
    with pytest.raises(ImproperlyConfigured, match="DANDANG_LEDGER_ORIGIN"):
        apps.get_app_config("ledger").ready()
