"""The whole configuration from one installation to another, by the command line."""

import pytest

from dandang.interfaces.cli.exits import Exit
from dandang.organization.files.writing import write_organization
from dandang.organization.files.zipped import pack, unpack
from dandang.organization.queries import adopted_notices, current_policy, directory
from dandang.workdays import Notice, write_notice
from tests import town
from tests.interfaces.cli.calling import call

pytestmark = pytest.mark.database

NOTICE = Notice(
    "Notice 2027",
    town.MONDAY.date().replace(day=10),
    town.MONDAY.date().replace(year=2027, month=1, day=1),
    town.MONDAY.date().replace(year=2027, month=12, day=31),
    rest=frozenset({town.MONDAY.date().replace(year=2027, month=10, day=1)}),
)


def test_an_empty_installation_becomes_what_the_file_says_and_writes_it_again(db, tmp_path):
    register = write_organization(town.directory().organization)
    files = {f"organization/{name}": content for name, content in register.items()}
    files["policy.toml"] = town.policy().text.encode()
    files["notices/001.toml"] = write_notice(NOTICE).encode()
    given = tmp_path / "city.zip"
    given.write_bytes(pack(files))
    looked = call("load", str(given), "--check")
    assert looked.code == Exit.OK
    assert "everything would be new" in looked.out
    assert "Loaded into an empty database" in call("load", str(given)).out
    assert current_policy().hash == town.policy().hash
    assert adopted_notices() == (NOTICE,)
    assert directory().version == 3
    taken = tmp_path / "again.zip"
    assert call("export", "configuration", str(taken)).code == Exit.OK
    assert unpack(taken.read_bytes(), "") == files
    assert taken.stat().st_mode & 0o077 == 0
    again = call("load", str(taken), "--json").record
    assert (again["added"], again["changed"], again["ended"], again["policy"]) == (0, 0, 0, None)
    changed = {**files, "organization/officers.csv": files["organization/officers.csv"] + b",,\n"}
    changed["organization/posts.csv"] = files["organization/posts.csv"].replace(b"Duty", b"Front")
    given.write_bytes(pack(changed))
    looked = call("load", str(given), "--check", "--json").record
    assert (looked["loaded"], looked["changed"]) == (False, 6)
    given.write_bytes(b"nothing")
    assert call("load", str(given)).code == Exit.USAGE
