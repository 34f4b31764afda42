"""What the stories of the desk share: officers who sit down at it, and the cases before them."""

from django.test import Client

from dandang.lifecycle.casework.queries import find, history
from dandang.lifecycle.perform import perform
from dandang.organization.actions.accounts import create_account
from dandang.organization.models import Account
from dandang.terms import Actor
from tests import town
from tests.interfaces.stories import browser, later, officer, sent
from tests.signing import sign_in

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
    return sign_in(client, account(code))


def seen(reference: str, verb: str = "") -> int:
    """Return the number of the last event of the case to which the verb is done."""
    return find(reference, follow=verb != "unmerge").state.seq


def does(client: Client, verb: str, reference: str, **typed: object):
    """Fill in the form of a verb on the case as it stands and send it; return the answer."""
    values = {"seen_seq": seen(reference, verb), **typed}
    return client.post(f"/desk/{reference}/{verb}/", values)


def received(**changes: str) -> str:
    """A matter that nobody has classed: it waits at the hotline's intake."""
    return sent(category="", area="qingshan", **changes)


def assigned(**changes: str) -> str:
    """No water: Li Na's at once, by the register of duties."""
    return sent(**changes)


def in_progress(**changes: str) -> str:
    reference = assigned(**changes)
    officer("accept", reference, town.LI_NA)
    return reference


def noise(**changes: str) -> str:
    """Building noise: Wang Qiang's, an ordinary matter that may be returned at once."""
    return sent(**{"category": "noise_building_night", "area": "hudong", **changes})


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


def events(reference: str, *, follow: bool = True) -> list[str]:
    return [event.type for event, _ in history(find(reference, follow=follow).stream)]


def mrs_liu(verb: str, reference: str, **values: object) -> None:
    perform(verb, reference, values, by=Actor.requester(1), now=town.MONDAY)


def given(answer, name: str) -> str:
    """Return what stands in a field of the form on a page."""
    return answer.context["form"][name].value()
