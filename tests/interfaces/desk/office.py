"""What the stories of the desk share: officers who sit down at it, and a case for every verb."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.test import Client

from dandang.lifecycle.casework.queries import find, history
from dandang.lifecycle.perform import perform
from dandang.organization.actions.accounts import create_account
from dandang.organization.models import Account
from dandang.terms import Actor
from tests import town
from tests.interfaces.stories import browser, later, officer, opens

PASSWORD = "a long sentence of four words"
GUEST = "guest"
"""The account without an officer."""

NOT_OURS = {"reason": "not_our_duty", "text": "The pipe is the house's own", "basis": "List no. 3"}


def account(code: str, *, password: str | None = None, language: str = "") -> Account:
    """Return the account of an officer (or of the guest), made when it is first asked for."""
    found = Account.objects.filter(username=code).first()
    return found or create_account(
        code,
        by=Actor.system(),
        now=town.MONDAY,
        officer=None if code == GUEST else code,
        password=password,
        language=language,
    )


def at_desk(code: str, language: str = "en") -> Client:
    """Return the browser of an officer who has signed in."""
    client = browser(language)
    client.force_login(account(code))
    return client


def seen(reference: str) -> int:
    """Return the number of the last event of the case."""
    return find(reference).state.seq


def does(client: Client, verb: str, reference: str, **typed: object):
    """Fill in the form of a verb on the case as it stands and send it; return the answer."""
    values = {"seen_seq": seen(reference), **typed}
    return client.post(f"/desk/{reference}/{verb}/", values)


def received(**changes: str) -> str:
    """A matter that nobody has classed: it waits at the hotline's intake."""
    return opens(browser(), category="", area="qingshan", **changes)


def assigned(**changes: str) -> str:
    """No water: Li Na's at once, by the register of duties."""
    return opens(browser(), **changes)


def in_progress(**changes: str) -> str:
    reference = assigned(**changes)
    officer("accept", reference, town.LI_NA)
    return reference


def noise(**changes: str) -> str:
    """Building noise: Wang Qiang's, an ordinary matter that may be returned at once."""
    return opens(browser(), **{"category": "noise_building_night", "area": "hudong", **changes})


def asked() -> str:
    """Li Na has asked Mrs Liu which floor, and the time for the answer is used up."""
    reference = in_progress()
    officer("ask", reference, town.LI_NA, missing="Floor", text="Which floor is it?")
    later(days=8)
    return reference


def proposed(outcome: str = "resolved", **more: str) -> str:
    reference = in_progress()
    officer("propose", reference, town.LI_NA, outcome=outcome, text="Pump 3 is repaired", **more)
    return reference


def proposed_to_explain() -> str:
    return proposed("explained", reason="permit_valid", basis="Permit 2026-31")


def proposed_to_decline() -> str:
    return proposed("declined", reason="cannot_lawfully", basis="Water act, article 12")


def disputed() -> str:
    """Wang Qiang says that Qingshan gave the permit."""
    reference = noise()
    officer("accept", reference, town.WANG_QIANG)
    officer("dispute", reference, town.WANG_QIANG, to_post="qingshan-duty", **NOT_OURS)
    return reference


def solved() -> str:
    reference = proposed()
    perform("judge", reference, {"verdict": "solved"}, by=Actor.requester(1), now=later(minutes=0))
    return reference


@dataclass(frozen=True)
class Example:
    """A verb as somebody does it: `case` makes the case, `by` does it, `values` are typed."""

    case: Callable[[], str]
    by: str
    values: dict[str, object] = field(default_factory=dict)


EXAMPLES = {
    "attach": Example(
        in_progress, town.ZHAO_MIN, {"text": "No water either", "phone": "13800000001"}
    ),
    "assign": Example(
        received, town.ZHAO_MIN, {"to_post": "cityman-duty", "category": "city_appearance"}
    ),
    "accept": Example(assigned, town.LI_NA),
    "hand-over": Example(in_progress, town.LI_NA, {"to_post": "housing-duty", **NOT_OURS}),
    "return": Example(noise, town.WANG_QIANG, NOT_OURS),
    "dispute": Example(noise, town.WANG_QIANG, {"to_post": "qingshan-duty", **NOT_OURS}),
    "decide-dispute": Example(
        disputed,
        town.CHEN_HUI,
        {"to_post": "housing-duty", "basis": "List no. 11", "text": "Housing leads"},
    ),
    "ask": Example(in_progress, town.LI_NA, {"missing": "Floor", "text": "Which floor is it?"}),
    "contacted": Example(in_progress, town.LI_NA, {"how": "phone", "text": "We come at ten"}),
    "note": Example(in_progress, town.LI_NA, {"text": "Pump 3 again", "internal": "on"}),
    "reply": Example(in_progress, town.LI_NA, {"text": "Pump 3 is being repaired"}),
    "resume": Example(asked, town.LI_NA),
    "propose": Example(in_progress, town.LI_NA, {"outcome": "resolved", "text": "Repaired"}),
    "reject-proposal": Example(
        proposed, town.CHEN_HUI, {"reason": "work_not_done", "text": "Floor 5 is still dry"}
    ),
    "judge": Example(proposed, town.ZHAO_MIN, {"verdict": "solved", "request": "1"}),
    "explain": Example(
        proposed_to_explain,
        town.CHEN_HUI,
        {"reason": "permit_valid", "basis": "Permit 2026-31", "text": "The permit is in order"},
    ),
    "decline": Example(
        proposed_to_decline,
        town.CHEN_HUI,
        {
            "reason": "cannot_lawfully",
            "basis": "Water act, article 12",
            "text": "The law does not allow it",
            "alternative": "The court of Jiangcheng",
            "second_reader": town.ZHAO_MIN,
        },
    ),
    "reopen": Example(solved, town.CHEN_HUI, {"text": "It broke again the same night"}),
}
"""Every verb that officers have, each done once as it should be."""

NOT_AT_THE_DESK = {"answer", "lapse", "withdraw"}
"""Verbs of the requester and of the system."""


def events(reference: str) -> list[str]:
    return [event.type for event, _ in history(find(reference).stream)]


def mrs_liu(verb: str, reference: str, **values: object) -> None:
    perform(verb, reference, values, by=Actor.requester(1), now=town.MONDAY)


def given(answer, name: str) -> str:
    """Return what stands in a field of the form on a page."""
    return answer.context["form"][name].value()
