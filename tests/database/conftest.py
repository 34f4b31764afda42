"""State directories of their own for tests that start, stop and kill servers."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from dandang.database import running
from dandang.database.place import Place
from dandang.database.process import stop
from tests.server import fast_directory


def new_state() -> Path:
    """Return a new directory that the server's own user can reach too, unlike pytest's."""
    state = Path(tempfile.mkdtemp(prefix="dandang-test-", dir=fast_directory()))
    state.chmod(0o711)
    return state


@pytest.fixture
def empty_state(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Lead this test to a state directory where nothing has ever been started."""
    state = new_state()
    monkeypatch.setenv("DANDANG_STATE", str(state))
    monkeypatch.delenv("DANDANG_DATABASE", raising=False)
    yield state
    stop(Place(state))
    shutil.rmtree(Place(state).sockets, ignore_errors=True)
    shutil.rmtree(state, ignore_errors=True)


@pytest.fixture(scope="session")
def initialised() -> Iterator[Path]:
    """Keep a data directory to copy from: making one takes longer than copying it."""
    state = new_state()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DANDANG_STATE", str(state))
        with running():
            pass
    yield state
    shutil.rmtree(state, ignore_errors=True)


@pytest.fixture
def state(initialised: Path, empty_state: Path) -> Path:
    """Lead this test to a state directory of its own whose server has run before."""
    data = [initialised / "postgresql", empty_state / "postgresql"]
    subprocess.run(["cp", "-a", *data], check=True)
    return empty_state


@pytest.fixture
def place(state: Path) -> Place:
    return Place(state)


@pytest.fixture
def root() -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can switch users")
