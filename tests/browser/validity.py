"""Whether pages are valid HTML, as the checker of the W3C sees them (vnu, a Java program)."""

import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[2]
_CHECKER = _ROOT / "var/html/node_modules/vnu-jar/build/dist/vnu.jar"


def faults(pages: Mapping[str, str], folder: Path) -> list[str]:
    """Return what is wrong in pages, given as HTML by name: one line a fault.

    Skips the test where there is no Java or no checker (`tools/setup browser` brings it).
    """
    java = shutil.which("java")
    if java is None or not _CHECKER.exists():
        pytest.skip("no checker of HTML here (needs java and npm; then tools/setup browser)")
    names = {}
    for number, (name, html) in enumerate(pages.items()):
        path = folder / f"{number}.html"
        path.write_text(html, encoding="utf-8")
        names[path.as_uri()] = name
    found = subprocess.run(
        [java, "-jar", str(_CHECKER), "--format", "json", "--stdout", "--exit-zero-always", folder],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return [
        f"{names[one['url'].replace('file:/', 'file:///', 1)]} line {one.get('lastLine')}: "
        f"{one['message']} {one.get('extract', '')!r}"
        for one in json.loads(found.stdout)["messages"]
    ]
