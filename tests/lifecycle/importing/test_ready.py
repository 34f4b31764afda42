"""What comes ready with the package fits together: maps, organizations and the policy."""

from datetime import date

import pytest

from dandang.lifecycle.intake.importing.import_map import unknown_codes
from dandang.lifecycle.intake.importing.maps import load_map, ready_maps, ready_organization
from dandang.organization.checks import FindingKind, check_duties
from dandang.organization.directory import Directory
from dandang.organization.folder import load_folder
from dandang.organization.reading import read_organization
from dandang.policy import ready_policy

POLICY = ready_policy("cn-county")


def directory(name: str) -> Directory:
    files = load_folder(ready_organization(name))
    return Directory(read_organization(files, categories_of=lambda _policy: POLICY.categories))


@pytest.mark.parametrize("name", ready_maps())
def test_a_ready_map_names_only_what_its_organization_and_policy_have(name):
    areas = directory(name).areas
    assert list(unknown_codes(load_map(name), POLICY.categories, areas)) == []


@pytest.mark.parametrize("name", ready_maps())
def test_the_register_of_a_ready_organization_has_gaps_but_no_mistakes(name):
    paths = [(code, POLICY.category_path(code)) for code in POLICY.categories]
    found = check_duties(directory(name), paths, date(2026, 11, 20))
    assert {finding.kind for finding in found} == {FindingKind.GAP}


def test_every_category_of_the_map_of_new_york_has_a_unit_that_leads_or_the_fallback():
    known = directory("nyc311")
    led = {
        code
        for code in load_map("nyc311").categories.values()
        if known.duties_for(POLICY.category_path(code), None, date(2026, 11, 20))
    }
    assert {"noise_neighbourhood", "illegal_parking", "taxis", "public_health"} <= led
