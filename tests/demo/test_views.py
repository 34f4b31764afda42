"""What leads to the next day on the web: only in a demonstration, only from a known present."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

AT = "2026-11-19T02:20:00+00:00"


@pytest.fixture
def client(settings: Settings) -> Client:
    settings.DEMO, settings.ROOT_URLCONF = True, "tests.demo.urls"
    return Client()


@pytest.mark.django_db
@pytest.mark.parametrize("at", ["", "tomorrow", "2026-11-19T10:20"])
def test_a_present_without_its_offset_is_none(client: Client, at: str) -> None:
    assert client.post("/demo/advance/", {"at": at}).status_code == 400


@pytest.mark.django_db
def test_nothing_moves_without_a_city_or_outside_a_demonstration(
    client: Client, settings: Settings
) -> None:
    assert client.get("/demo/advance/").status_code == 405
    assert client.post("/demo/advance/", {"at": AT}).status_code == 404
    settings.DEMO = False
    assert client.post("/demo/advance/", {"at": AT}).status_code == 404
