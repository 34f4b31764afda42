"""The benchmarks of clocks that fire run, at a small size: what they compare must hold."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.database

ROOT = Path(__file__).parents[2]


def benchmark(name, *arguments):
    """Run a benchmark to its end and return what it printed."""
    ended = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / name), *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        stdout=subprocess.PIPE,
        text=True,
        timeout=600,
        check=False,
    )
    sys.stdout.write(ended.stdout)
    assert ended.returncode == 0
    return ended.stdout


def test_clocks_fire_beside_the_limit_and_polls_are_explained(database_server):
    printed = benchmark("deadlines.py", "--pending", 2000, "--share", 40)
    assert len(re.findall(r"^dandang, .* fires/s", printed, re.MULTILINE)) == 2
    assert len(re.findall(r"^poll, .* buffers", printed, re.MULTILINE)) == 5


def test_whatever_is_killed_every_clock_fires_once():
    printed = benchmark(
        "fires_under_kills.py", "--histories", 20, "--fires", 600, "--workers", 2, "--blows", 6
    )
    assert "1 servers" in printed
    assert "lost=0, doubled=0, unfired=0, aside=0, differences=0, faults=0" in printed
