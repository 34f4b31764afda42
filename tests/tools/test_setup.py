"""Set-up says clearly what a machine lacks. The Pythons here are small shell scripts."""

import shutil
import subprocess

import pytest

from tests.architecture.tree import ROOT, write

NEEDED = ("bash", "dirname", "cmp", "cp", "mkdir")
OLD = '#!/bin/sh\ntest "$1" = --version && echo Python 3.9.2 && exit\nexit 1\n'
NO_VENV = (
    "#!/bin/sh\n"
    'case "$*" in --version) echo Python 3.11.2;; *ensurepip*) exit 1;; *version_info*) exit 0;;'
    " *) exit 9;; esac\n"
)


@pytest.fixture
def machine(tmp_path):
    """A project's root, and a PATH with hardly anything on it."""
    write(tmp_path, "tools/setup", (ROOT / "tools/setup").read_text(encoding="utf-8"))
    (tmp_path / "bin").mkdir()
    for name in NEEDED:
        (tmp_path / "bin" / name).symlink_to(shutil.which(name))
    return tmp_path


def program(machine, name, script):
    write(machine, f"bin/{name}", script)
    (machine / "bin" / name).chmod(0o755)


def setup(machine, *arguments, **variables):
    return subprocess.run(
        ["bash", "tools/setup", *arguments],
        cwd=machine,
        env={"PATH": str(machine / "bin"), **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_python_that_is_too_old_is_named_with_what_to_do(machine):
    program(machine, "python3", OLD)
    done = setup(machine, "app")
    assert done.returncode == 1
    assert "Dandang needs Python 3.11 or newer; found Python 3.9.2." in done.stderr
    assert not (machine / ".venv").exists()


def test_no_python_at_all_is_said(machine):
    done = setup(machine, "app")
    assert done.returncode == 1
    assert "found none" in done.stderr


def test_a_python_without_venv_is_told_the_package(machine):
    program(machine, "python3", NO_VENV)
    done = setup(machine, "app")
    assert done.returncode == 1
    assert "apt install python3-venv" in done.stderr
    assert not (machine / ".venv").exists()


def test_a_newer_python_beside_an_old_one_is_taken(machine):
    program(machine, "python3", OLD)
    program(machine, "python3.12", NO_VENV)
    assert "Creating .venv with Python 3.11.2" in setup(machine, "app").stdout


def test_the_python_that_is_asked_for_comes_first(machine):
    program(machine, "python3", OLD)
    program(machine, "mine", NO_VENV)
    assert "Creating .venv" in setup(machine, "app", PYTHON="mine").stdout


def test_an_unknown_purpose_is_a_usage_error(machine):
    done = setup(machine, "everything")
    assert (done.returncode, done.stderr) == (2, "usage: tools/setup app|test|browser\n")


INSTALLED = '#!/bin/sh\ncase "$*" in -c*) exit 0;; esac\necho "$*" >> "$LOG"\n'


@pytest.fixture
def ready(machine):
    """A machine whose .venv has a Python that only notes what it is asked to do."""
    write(machine, ".venv/bin/python", INSTALLED)
    (machine / ".venv/bin/python").chmod(0o755)
    for group in ("app", "test", "lint", "e2e"):
        write(machine, f"requirements/{group}.txt", f"{group}==1\n")
    write(machine, "pyproject.toml", "")
    return machine


def asked(ready, *arguments):
    log = ready / "log"
    log.unlink(missing_ok=True)
    done = setup(ready, *arguments, LOG=str(log))
    assert done.returncode == 0, done.stderr
    return log.read_text(encoding="utf-8").splitlines()


def test_packages_are_installed_with_hashes_once_and_then_only_what_changed(ready):
    first = asked(ready, "test")
    assert "--require-hashes -r requirements/app.txt -r requirements/test.txt" in first[0]
    assert "--no-index --no-build-isolation --editable ." in first[1]
    assert asked(ready, "test") == ["-m dandang.config.catalogues"]
    write(ready, "requirements/lint.txt", "lint==2\n")
    assert asked(ready, "test")[0].endswith("--require-hashes -r requirements/lint.txt")
    assert asked(ready, "app") == ["-m dandang.config.catalogues"]


def test_an_installation_that_failed_is_tried_again(ready):
    write(ready, ".venv/bin/python", '#!/bin/sh\ncase "$*" in -c*) exit 0;; esac\nexit 1\n')
    assert setup(ready, "app").returncode == 1
    write(ready, ".venv/bin/python", INSTALLED)
    assert "requirements/app.txt" in asked(ready, "app")[0]


def test_every_script_is_whole():
    for name in ("setup", "check", "test", "release", "lock", "steps.sh"):
        subprocess.run(["bash", "-n", ROOT / "tools" / name], check=True)
    subprocess.run(["bash", "-n", ROOT / ".ci" / "run"], check=True)
