"""R21: what one officer asks another one does, whatever session or post the first one comes in."""

from dataclasses import replace
from datetime import date

import pytest

from dandang.lifecycle.casework.queries import find
from dandang.organization.actions.invitations import accept, invite
from dandang.organization.actions.load import load_organization
from dandang.organization.actions.policies import decide_policy, propose_policy
from dandang.organization.entries import Appointment
from dandang.organization.files.writing import write_organization
from dandang.organization.models import PolicyProposal
from dandang.organization.proposals import Verdict
from dandang.organization.registered import registered
from dandang.policy import parse_policy
from dandang.terms import Actor, Code, Refusal
from tests import town
from tests.interfaces.desk.office import at_desk, does, events, in_progress, solved
from tests.interfaces.desk.test_set_up_policies import other
from tests.interfaces.stories import city, officer
from tests.lifecycle.at_once import at_once


def also_in(code: str, *posts: str) -> None:
    """Appoint an officer to these posts, too."""
    whole = registered()
    added = tuple(Appointment(code, post, date(2026, 10, 1)) for post in posts)
    files = write_organization(replace(whole, appointments=(*whole.appointments, *added)))
    load_organization(files, by=Actor.system(), now=town.MONDAY)


@pytest.mark.django_db
def test_whoever_asked_decides_in_no_other_session_and_no_other_post():
    city()
    ended, open_one = solved(), in_progress()
    officer("name-subject", open_one, town.CHEN_HUI, unit="housing", text="About them")
    does(at_desk(town.ZHAO_MIN), "ask-erase", ended, basis="Data protection act, article 47")
    does(at_desk(town.ZHAO_MIN), "ask-unmask", open_one, purpose="to_call", request="1")
    seq = str(find(open_one).state.unmaskings[0].seq)
    also_in(town.ZHAO_MIN, "supervision-desk", "mayor")
    again = at_desk(town.ZHAO_MIN)
    for answer in (
        does(again, "erase", ended),
        does(again, "allow-unmask", open_one, asked_seq=seq),
        does(again, "unmask", open_one, purpose="to_call", request="1"),
    ):
        assert answer.status_code in {403, 409, 422}
    assert "erased" not in events(ended)
    assert not {"unmasking_allowed", "identity_unmasked"} & set(events(open_one))
    second = at_desk(town.CHEN_HUI)
    assert does(second, "erase", ended).status_code == 302
    assert does(second, "allow-unmask", open_one, asked_seq=seq).status_code == 302
    assert events(ended)[-1] == "erased"
    assert does(again, "unmask", open_one, purpose="to_call", request="1").status_code == 302


def test_of_two_who_decide_at_the_same_moment_one_does(fresh_database):
    city()
    reference = in_progress()
    officer("ask-unmask", reference, town.MA_LIN, purpose="to_write")
    seq = find(reference).state.unmaskings[0].seq
    also_in(town.XU_FANG, "supervision-desk")
    results = at_once(
        [
            lambda: officer("allow-unmask", reference, town.CHEN_HUI, asked_seq=seq),
            lambda: officer("refuse-unmask", reference, town.XU_FANG, asked_seq=seq, text="No"),
        ]
    )
    assert refusals(results) == [Code.UNKNOWN_EVENT]
    asks, decides = Actor.officer(town.TANG_YU), Actor.officer(town.HE_PING)
    number = propose_policy(parse_policy(other(), ""), "Why", by=asks, now=town.MONDAY)
    results = at_once(
        [
            lambda: decide_policy(number, Verdict.ACCEPTED, "", by=decides, now=town.MONDAY),
            lambda: decide_policy(number, Verdict.WITHDRAWN, "", by=asks, now=town.MONDAY),
        ]
    )
    assert refusals(results) == [Code.NOTHING_ASKED]
    assert PolicyProposal.objects.exclude(verdict="").count() == 1
    secret = invite(town.LI_NA, by=asks, now=town.MONDAY)
    results = at_once([lambda: accept(secret, "seven otters read the river map")] * 2)
    assert refusals(results) == [Code.NOT_FOUND]


def refusals(results: list) -> list[Code]:
    assert len(results) == 2
    return [one.code for one in results if isinstance(one, Refusal)]
