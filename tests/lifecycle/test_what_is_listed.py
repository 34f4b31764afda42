"""What lists show an officer is what the officer may read: one rule, once pure and once in SQL.

Security requirement R19: no officer reads a case outside role and assignment, in lists neither.
"""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dandang.lifecycle.casework.keeping_out import kept_out, open_to
from dandang.lifecycle.casework.models import Case, Clock, Request
from dandang.lifecycle.casework.queries import counted, counts, listed, whole
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.particulars import Assist, Call, Objection
from dandang.lifecycle.casework.rules.permit import may_read, reads_cases
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.lifecycle.casework.wanted import Wanted
from dandang.lifecycle.intake.actions import open_request
from dandang.lifecycle.intake.rules import Open
from dandang.organization.directory import Directory
from dandang.organization.reading import read_organization
from dandang.terms import Actor
from tests import town

NOW = town.MONDAY
EXTRA_POSTS = {
    "water-registry": "water,登记岗,Registry,administration,",
    "housing-audit": "housing,核查岗,Audit,audit,",
    "water-checks": "water,核查值班岗,Checks,audit duty,",
}
POSTS = (*town.directory().posts, *EXTRA_POSTS)
SEVERAL = (
    ("water-duty", "registry-desk"),
    ("housing-head", "audit-desk"),
    ("water-registry", "registry-desk"),
    ("services-desk", "cityman-duty"),
    ("water-registry", "housing-duty"),
    ("hotline-coordination", "supervision-desk"),
)
HELD = {
    f"X-{number:03}": posts for number, posts in enumerate((*((one,) for one in POSTS), *SEVERAL))
}
NOBODY = "X-999"
CASES = 6


def crowded() -> Directory:
    """Return the city with an officer for every post, and some who are in two."""
    files = town.files()
    people = "".join(
        f'\n[[officers]]\ncode = "{code}"\nname_zh = "某人"\nname_en = "Somebody"\n'
        for code in HELD
    )
    posts = "".join(f"{code},{rest}\n" for code, rest in EXTRA_POSTS.items())
    appointed = "".join(
        f"{code},{post},2026-01-01,\n" for code, held in HELD.items() for post in held
    )
    files = {
        **files,
        "organization.toml": files["organization.toml"] + people.encode(),
        "posts.csv": files["posts.csv"] + posts.encode(),
        "appointments.csv": files["appointments.csv"] + appointed.encode(),
    }
    return Directory(read_organization(files, categories_of=town.categories_of), version=1)


DIRECTORY = crowded()
posts = st.sampled_from(list(POSTS))
units = st.sampled_from(list(DIRECTORY.units))
officers = st.sampled_from(list(HELD))


def some(kind: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.just("") | st.just("") | kind


def few(kind: st.SearchStrategy[str]) -> st.SearchStrategy[list[str]]:
    return st.just([]) | st.lists(kind, max_size=2, unique=True)


custody = st.fixed_dictionaries(
    {
        "holder": posts,
        "came_from": some(posts),
        "wanted_unit": some(units),
        "sponsor": some(posts),
        "assists": few(posts),
        "objections": few(posts),
        "calls": few(posts),
        "conflicts": few(officers),
        "subject_units": few(units),
    }
)


@pytest.fixture
def cases(db: None) -> list[Case]:
    town.build()
    for number in range(CASES):
        open_request(Open(str(number), "No water", "web"), by=Actor.requester(1), now=NOW)
    return list(Case.objects.order_by("id"))


def state_of(row: Case) -> CaseState:
    requests = Request.objects.filter(case=row).order_by("number")
    return row.facts(requests, Clock.objects.filter(case=row))


def moved(case: CaseState, drawn: Mapping[str, object]) -> CaseState:
    """Return a case as it was drawn."""
    unit = {code: post.unit for code, post in DIRECTORY.posts.items()}
    return case.changed(
        **{name: drawn[name] for name in ("holder", "came_from", "wanted_unit", "sponsor")},
        holder_unit=unit[drawn["holder"]],
        conflicts=tuple(drawn["conflicts"]),
        subject_units=tuple(drawn["subject_units"]),
        assists=tuple(Assist(one, unit[one], NOW) for one in drawn["assists"]),
        objections=tuple(Objection(1, one, unit[one]) for one in drawn["objections"]),
        calls=tuple(
            Call(1, "X-000", one, unit[one], "due", "head", "decided", NOW, NOW)
            for one in drawn["calls"]
        ),
    )


def of_lists(facts: Facts) -> Facts:
    """Return what lists know: help is found by the post that was asked, not by units above it."""
    own = {post.code for post in facts.posts}
    assists = tuple(one for one in facts.case.assists if one.of_post in own)
    return replace(facts, case=facts.case.changed(assists=assists))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    drawn=st.lists(custody, min_size=CASES, max_size=CASES),
    readers=st.lists(officers, min_size=8, max_size=8, unique=True),
)
def test_what_is_listed_is_what_may_be_read(
    drawn: list[dict], readers: list[str], cases: list[Case]
) -> None:
    """R19. The rows are written anew for every example."""
    states = {}
    for row, one in zip(cases, drawn, strict=True):
        states[row.pk] = moved(state_of(row), one)
        row.take_over(states[row.pk])
        row.save()
    for code in (*readers, NOBODY):
        held = DIRECTORY.posts_of(code, NOW)
        keeper = kept_out(code, held, DIRECTORY)
        found = set(Case.objects.filter(open_to(keeper)).values_list("pk", flat=True))
        facts = {
            pk: Facts(
                case=state,
                by=Actor.officer(code),
                posts=held,
                directory=DIRECTORY,
                policy=town.policy(),
                calendar=town.calendar(),
                now=NOW,
            )
            for pk, state in states.items()
        }
        assert found == {pk for pk, one in facts.items() if may_read(of_lists(one))}, held
        assert found <= {pk for pk, one in facts.items() if may_read(one)}


def test_every_list_of_cases_asks_what_the_officer_may_read(cases: list[Case]) -> None:
    everything = Wanted(open_only=True)
    for code, held in HELD.items():
        keeper = kept_out(code, DIRECTORY.posts_of(code, NOW), DIRECTORY)
        wanted = replace(everything, hidden_from=keeper)
        number = counted(wanted)
        assert len(listed(wanted)) == len(whole(wanted)) == number == counts({"a": wanted})["a"]
        assert number in {0, CASES}, held
        assert reads_cases(DIRECTORY.posts_of(code, NOW)) or number == 0
