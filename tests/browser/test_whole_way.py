"""From a report to its end in a real browser: hand-overs seen, a "no" that comes back, a rating."""

import pytest
from playwright.sync_api import expect

from dandang.lifecycle.casework.queries import find
from dandang.lifecycle.states import State
from dandang.organization.actions.accounts import create_account
from dandang.organization.models import Account
from dandang.terms import Actor
from tests import town
from tests.browser.writing import sends
from tests.interfaces.stories import browser, officer, words_of
from tests.signing import sign_in

NOT_OURS = {"reason": "not_our_duty", "basis": "Duty list 2026 no. 3"}


def worklist_of(code: str) -> str:
    """Return what stands in the worklist of an officer."""
    create_account(code, by=Actor.system(), now=town.MONDAY, officer=code)
    client = browser()
    sign_in(client, Account.objects.get(username=code))
    return words_of(client.get("/desk/"))


@pytest.mark.parametrize("scripts", [False, True])
def test_a_matter_is_followed_through_hand_overs_and_a_no_to_its_solution(visit, scripts):
    liu = visit(language="en-GB", scripts=scripts)
    sends(liu, "No water on the sixth floor.")
    page, main = liu.page, liu.page.get_by_role("main")
    reference = liu.path.split("/")[2]
    expect(main).to_contain_text("Your receipt")

    officer("accept", reference, town.LI_NA)
    text = "The pump of the building, not the main."
    officer("hand-over", reference, town.LI_NA, to_post="housing-duty", text=text, **NOT_OURS)
    liu.goes(f"/c/{reference}/")
    expect(main).to_contain_text("Housing bureau · Duty desk")
    expect(main).to_contain_text("handed over 1 time")
    expect(main).to_contain_text(text)

    officer("accept", reference, town.WANG_QIANG)
    officer("propose", reference, town.WANG_QIANG, outcome="resolved", text="The pump runs.")
    liu.goes(f"/c/{reference}/").presses("Not solved")
    liu.fills("text", "Still no water above the fourth floor.").presses("Send this answer")
    assert find(reference).state.state is State.IN_PROGRESS
    expect(main).to_contain_text("Still no water above the fourth floor.")
    expect(main).to_contain_text("Housing bureau · Duty desk")
    assert reference in worklist_of(town.WANG_QIANG)

    officer("propose", reference, town.WANG_QIANG, outcome="resolved", text="A second pump.")
    liu.goes(f"/c/{reference}/").presses("Solved")
    liu.presses("Send this answer")
    assert find(reference).state.state is State.SOLVED
    expect(main).to_contain_text("How was your matter handled?")
    page.get_by_label("Content", exact=True).check()
    liu.presses("Send the rating")
    expect(main).to_contain_text("Your rating so far")
    assert liu.complaints == []
    assert liu.foreign == []
