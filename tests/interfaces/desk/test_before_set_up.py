"""Before a policy is adopted, the desk says so instead of failing."""

import pytest

from dandang.organization.actions.load import load_organization
from dandang.terms import Actor
from tests import town
from tests.interfaces.desk.office import at_desk
from tests.interfaces.stories import words_of

pytestmark = pytest.mark.django_db


def test_the_worklist_needs_a_policy():
    load_organization(town.files(), by=Actor.system(), now=town.MONDAY)
    answer = at_desk(town.LI_NA).get("/desk/")
    assert answer.status_code == 503
    assert "Not set up yet" in words_of(answer)
