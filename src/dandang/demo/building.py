"""Builds the demonstration city in an empty, migrated database."""

from collections.abc import Callable
from datetime import datetime
from importlib.resources import files
from zoneinfo import ZoneInfo

from dandang.demo.playing import Played, Player
from dandang.demo.script import write
from dandang.ledger.sequencer import sequence_once
from dandang.organization.actions.accounts import create_account
from dandang.organization.actions.adopt import adopt_policy
from dandang.organization.actions.load import load_organization
from dandang.organization.actions.training import freeze_time
from dandang.organization.queries import directory
from dandang.policy import Policy, ready_policy
from dandang.terms import Actor

NOW = datetime(2026, 11, 19, 10, 20, tzinfo=ZoneInfo("Asia/Shanghai"))
"""The present of the city, which stands still: a Thursday morning."""
BEGINNING = datetime(2026, 11, 1, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
CASES = 60
SEED = 7


def build(
    *,
    language: str,
    cases: int = CASES,
    seed: int = SEED,
    progress: Callable[[int], None] = lambda _acts: None,
) -> list[Played]:
    """Load the city and play its stories; every act is a real one. Returns the stories played.

    The same seed gives the same city, apart from references, access codes and salts, which are
    always drawn afresh.
    """
    policy = load_city()
    script = write(cases=cases, seed=seed, now=NOW, language=language, urgent=_act_first(policy))
    played = Player(script, NOW, progress).play()
    freeze_time(NOW)
    while sequence_once():
        pass
    return played


def load_city() -> Policy:
    """Load the organization of the city and its policy, and make an account for every officer."""
    operator = Actor.system()
    folder = files(__package__).joinpath("city")
    contents = {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}
    load_organization(contents, by=operator, now=BEGINNING)
    policy = ready_policy("cn-county")
    adopt_policy(policy, by=operator, now=BEGINNING)
    for officer in directory().officers.values():
        create_account(officer.code, officer=officer.code, by=operator, now=BEGINNING)
    return policy


def _act_first(policy: Policy) -> frozenset[str]:
    return frozenset(
        code
        for code, category in policy.categories.items()
        if policy.classes[category.case_class].act_first
    )
