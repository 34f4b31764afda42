"""What a page of the worklist costs: so many queries, whatever stands on it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import town
from tests.interfaces.desk.office import assigned, at_desk, received
from tests.interfaces.stories import city, sent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def queries(client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


@pytest.mark.parametrize("code", [town.LI_NA, town.ZHAO_MIN])
def test_the_number_of_queries_does_not_grow_with_the_rows(code):
    client = at_desk(code)
    assigned(), received()
    few, codes = queries(client, "/desk/"), queries(client, "/desk/worklist.json")
    for number in range(6):
        assigned(text=f"No water on floor {number}")
        received(text=f"Rubbish {number}")
        sent(category="street_trading", area="qingshan")
    assert queries(client, "/desk/") == few <= 10
    # the session with its account and the version of what holds now, the cases with their titles
    assert queries(client, "/desk/worklist.json") == codes == 2
