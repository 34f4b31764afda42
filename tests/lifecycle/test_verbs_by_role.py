"""Every verb for every role, in the own unit and in another: against a table written by hand.

Security requirement R19. What the state and the rule of a verb refuse besides is not looked at.
"""

from dataclasses import replace
from functools import cache

import pytest

from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.particulars import Assist
from dandang.lifecycle.casework.rules.permit import acting_post, permit
from dandang.lifecycle.states import State
from dandang.lifecycle.verbs import READY, Verb
from dandang.organization.directory import Directory
from dandang.organization.reading import read_organization
from dandang.terms import Actor, Refusal
from tests import town
from tests.lifecycle.story import Story

CALL_BACK, INTAKE, AT_ODDS = "X-1", "X-2", "X-3"
LETTERS = {
    "L": Actor.officer(town.LI_NA),
    "P": Actor.officer(town.WANG_QIANG),
    "E": Actor.officer(town.LUO_JING),
    "H": Actor.officer(town.SUN_TAO),
    "I": Actor.officer(INTAKE),
    "D": Actor.officer(town.ZHAO_MIN),
    "C": Actor.officer(CALL_BACK),
    "S": Actor.officer(town.CHEN_HUI),
    "M": Actor.officer(town.MA_LIN),
    "A": Actor.officer(town.XU_FANG),
    "R": Actor.officer(town.TANG_YU),
    "K": Actor.officer(AT_ODDS),
    "N": Actor.officer("guest"),
    "r": Actor.requester(1),
    "s": Actor.requester(9),
    "y": Actor.system(),
    "i": Actor.importer("generic"),
}
"""Holder, who helps, elsewhere, head, intake, dispatch, call-back, supervision, leader, audit,
administration, supervision with a conflict, nobody's account; requester, stranger, system, import.
"""


@cache
def directory() -> Directory:
    files = town.files()
    people = {CALL_BACK: "callback-desk", INTAKE: "hotline-intake", AT_ODDS: "supervision-desk"}
    entries = "".join(
        f'\n[[officers]]\ncode = "{code}"\nname_zh = "某"\nname_en = "X"\n' for code in people
    )
    calls = "callback-desk,hotline,回访岗,Calls,call_back,\n"
    appointed = "".join(f"{code},{post},2026-01-01,\n" for code, post in people.items())
    return Directory(
        read_organization(
            {
                **files,
                "organization.toml": files["organization.toml"] + entries.encode(),
                "posts.csv": files["posts.csv"] + calls.encode(),
                "appointments.csv": files["appointments.csv"] + appointed.encode(),
            },
            categories_of=town.categories_of,
        ),
        version=1,
    )


@cache
def cases() -> dict[str, object]:
    """A case of the water bureau with which housing helps, and the same one at another bureau."""
    own = (
        Story()
        .opens()
        .case.changed(
            conflicts=(AT_ODDS,), assists=(Assist("housing-duty", "housing", town.MONDAY),)
        )
    )
    return {"own": own, "other": own.changed(holder="cityman-duty", holder_unit="cityman")}


def facts(letter: str, held: str) -> Facts:
    by = LETTERS[letter]
    officer = letter.isupper()
    return Facts(
        case=cases()[held],
        by=by,
        posts=directory().posts_of(by.code, town.MONDAY) if officer else (),
        directory=directory(),
        policy=town.policy(),
        calendar=town.calendar(),
        now=town.MONDAY,
    )


MAY: dict[str, tuple[str, str]] = {
    # verb: who may where the water bureau holds the case, and where another bureau does
    "attach": ("IDCr", "IDCr"),
    "assign": ("Dy", "Dy"),
    "accept": ("L", ""),
    "hand-over": ("L", ""),
    "return": ("L", ""),
    "dispute": ("L", ""),
    "decide-dispute": ("DSM", "DSM"),
    "change-category": ("D", "D"),
    "name-subject": ("IDSM", "IDSM"),
    "link-external": ("ID", "ID"),
    "ask-split": ("L", ""),
    "refuse-split": ("D", "D"),
    "split": ("D", "D"),
    "merge": ("D", "D"),
    "unmerge": ("D", "D"),
    "declare-conflict": ("LPHIDCSM", "PIDCSM"),
    "request-assist": ("L", ""),
    "give-assist": ("P", "P"),
    "ask": ("L", ""),
    "answer": ("IDCr", "IDCr"),
    "contacted": ("LP", "P"),
    "note": ("LPIDCr", "PIDCr"),
    "reply": ("LP", "P"),
    "pause": ("HDSM", "DSM"),
    "resume": ("LHDSMy", "DSMy"),
    "check-condition": ("HDSM", "DSM"),
    "ask-other": ("L", ""),
    "ask-legal-route": ("L", ""),
    "enter-legal-route": ("DSM", "DSM"),
    "refuse-legal-route": ("DSM", "DSM"),
    "update-legal-route": ("L", ""),
    "leave-legal-route": ("L", ""),
    "ask-extension": ("L", ""),
    "decide-extension": ("DSM", "DSM"),
    "explain-stall": ("L", ""),
    "decide-support": ("HDSM", "DSM"),
    "promise": ("L", ""),
    "correct": ("LPIDCSM", "PIDCSM"),
    "object": ("LPHIDCSMr", "PIDCSMr"),
    "answer-objection": ("DSM", "DSM"),
    "allow-publishing": ("r", "r"),
    "publish-text": ("DSM", "DSM"),
    "withhold-text": ("DSM", "DSM"),
    "ask-escalation": ("r", "r"),
    "act-on-call": ("", ""),
    "name-sponsor": ("DSM", "DSM"),
    "change-contact": ("IDCr", "IDCr"),
    "erase-contact": ("r", "r"),
    "replace-code": ("IDC", "IDC"),
    "see-earlier": ("LHIDCS", "IDCS"),
    "unmask": ("LHIDCS", "IDCS"),
    "ask-unmask": ("PM", "PM"),
    "allow-unmask": ("S", "S"),
    "refuse-unmask": ("S", "S"),
    "propose": ("L", ""),
    "reject-proposal": ("DSM", "DSM"),
    "judge": ("DCr", "DCr"),
    "rate": ("DCr", "DCr"),
    "look-back": ("DCr", "DCr"),
    "lapse": ("y", "y"),
    "explain": ("DSM", "DSM"),
    "decline": ("DSM", "DSM"),
    "conclude": ("DSM", "DSM"),
    "close-not-solved": ("DSM", "DSM"),
    "reopen": ("DSMr", "DSMr"),
    "appeal": ("IDCr", "IDCr"),
    "decide-appeal": ("DSM", "DSM"),
    "withdraw": ("r", "r"),
    "ask-erase": ("DSM", "DSM"),
    "erase": ("DSM", "DSM"),
}


def test_every_verb_has_a_row_written_by_hand():
    missing = READY.keys() ^ MAY.keys()
    assert not missing, f"say in MAY who may do: {', '.join(sorted(missing))}"


@pytest.mark.parametrize("held", ["own", "other"])
@pytest.mark.parametrize("verb", READY.values(), ids=lambda verb: verb.name)
def test_who_may_do_a_verb(verb: Verb, held: str) -> None:
    may = "".join(letter for letter in LETTERS if permits(facts(letter, held), verb))
    assert may == MAY[verb.name][held == "other"]


def permits(known: Facts, verb: Verb) -> bool:
    """Say whether the door lets this actor through, whatever the state of the case."""
    case = known.case
    state = case.state if case.state in verb.states else min(verb.states, key=list(State).index)
    known = replace(known, case=case.changed(state=state))
    try:
        post = permit(known, verb)
    except Refusal:
        return False
    assert acting_post(known, verb) == post
    return True
