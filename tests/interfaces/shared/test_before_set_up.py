"""Before an organization is loaded, pages say so instead of failing."""

import pytest

from tests.interfaces.stories import browser, words_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/new/", "/open/"])
def test_pages_that_need_the_organization_say_that_it_is_not_set_up(path):
    answer = browser().get(path)
    assert answer.status_code == 503
    assert "Not set up yet" in words_of(answer)


def test_the_other_pages_are_there():
    for path in ("/", "/c/"):
        answer = browser().get(path)
        assert answer.status_code == 200
        assert "Dandang" in words_of(answer)
