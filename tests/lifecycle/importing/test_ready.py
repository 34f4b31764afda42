"""What comes ready with the package fits together: maps, organizations and policies."""

from datetime import date

import pytest

from dandang.lifecycle.intake.importing.import_map import unknown_codes
from dandang.lifecycle.intake.importing.maps import load_map, ready_maps, ready_organization
from dandang.organization.checks import FindingKind, check_duties
from dandang.organization.directory import Directory
from dandang.organization.folder import load_folder
from dandang.organization.reading import read_organization
from dandang.policy import Policy, ready_policy

DAY = date(2026, 11, 20)


def directory(name: str) -> Directory:
    files = load_folder(ready_organization(name))
    known = read_organization(files, categories_of=lambda code: ready_policy(code).categories)
    return Directory(known)


def policy_of(known: Directory) -> Policy:
    return ready_policy(known.body.policy)


@pytest.mark.parametrize("name", ready_maps())
def test_a_ready_map_names_only_what_its_organization_and_policy_have(name):
    known = directory(name)
    plan = load_map(name)
    assert list(unknown_codes(plan, policy_of(known).categories, known.areas)) == []


@pytest.mark.parametrize("name", ready_maps())
def test_the_register_of_a_ready_organization_has_gaps_but_no_mistakes(name):
    known = directory(name)
    policy = policy_of(known)
    paths = [(code, policy.category_path(code)) for code in policy.categories]
    assert {finding.kind for finding in check_duties(known, paths, DAY)} == {FindingKind.GAP}


def test_new_york_and_the_messages_go_by_the_policy_of_their_country():
    assert policy_of(directory("nyc311")).name == "generic-311"
    assert policy_of(directory("zh_messages")).name == "cn-county"


def test_what_the_map_of_new_york_knows_best_has_a_unit_that_leads():
    known = directory("nyc311")
    policy = policy_of(known)
    led = {
        code
        for code in load_map("nyc311").categories.values()
        if known.duties_for(policy.category_path(code), None, DAY)
    }
    assert {"noise_residential", "illegal_parking", "taxis_and_ride_hailing", "rodents"} <= led
