"""Whether a matter may be shown publicly: asked of its sender, and changeable at any time."""

import pytest

from dandang.ledger.queries import size
from dandang.lifecycle.casework.queries import find
from tests import town
from tests.interfaces.stories import browser, city, officer, opens, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def test_who_said_nothing_is_not_shown_and_can_agree():
    client = browser()
    reference = opens(client)
    assert "Not shown publicly." in words_of(client.get(f"/c/{reference}/"))
    page = client.get(f"/c/{reference}/allow-publishing/")
    assert "checked" not in page.content.decode()
    answer = client.post(f"/c/{reference}/allow-publishing/", {"allowed": "yes"})
    assert answer.url == f"/c/{reference}/"
    assert find(reference).state.publishing == "to_decide"
    assert "An officer reads it first" in words_of(client.get(f"/c/{reference}/"))


def test_an_answer_has_to_be_given():
    client = browser()
    reference = opens(client)
    before = size()
    assert client.post(f"/c/{reference}/allow-publishing/").status_code == 422
    assert size() == before


def test_what_is_published_is_linked_and_can_be_taken_back():
    client = browser()
    reference = opens(client)
    client.post(f"/c/{reference}/allow-publishing/", {"allowed": "yes"})
    officer("publish-text", reference, town.ZHAO_MIN, title="No water", text="In one building")
    page = client.get(f"/c/{reference}/")
    assert "Shown publicly, without your name and number." in words_of(page)
    assert "/open/cases/" in page.content.decode()
    client.post(f"/c/{reference}/allow-publishing/", {"allowed": "no"})
    assert "Not shown publicly." in words_of(client.get(f"/c/{reference}/"))


def test_the_requester_is_told_that_nothing_is_shown_and_why():
    client = browser()
    reference = opens(client)
    client.post(f"/c/{reference}/allow-publishing/", {"allowed": "yes"})
    officer("withhold-text", reference, town.ZHAO_MIN, cause="proceedings")
    page = words_of(client.get(f"/c/{reference}/"))
    assert "an investigation or proceedings would suffer" in page


def test_who_joined_a_matter_of_others_is_not_asked():
    client = browser()
    reference = opens(client)
    other = browser()
    second = opens(other)
    officer("merge", second, town.ZHAO_MIN, into=reference, text="The same")
    assert "allow-publishing" not in other.get(f"/c/{second}/").content.decode()
    assert other.get(f"/c/{second}/allow-publishing/").url == f"/c/{second}/"


def test_who_withdrew_can_still_take_it_back():
    client = browser()
    reference = opens(client)
    client.post(f"/c/{reference}/allow-publishing/", {"allowed": "yes"})
    client.post(f"/c/{reference}/withdraw/")
    client.post(f"/c/{reference}/allow-publishing/", {"allowed": "no"})
    assert find(reference).state.agreed == ()
