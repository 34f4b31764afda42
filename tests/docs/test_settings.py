"""Every setting is documented, and nothing else is."""

import re
from pathlib import Path

from tests.architecture.tree import ROOT, files, write

PAGE = "docs/reference/settings.md"
SETTING = re.compile(r"\b(?:DANDANG_[A-Z_]*[A-Z]|DATABASE_URL)\b")


def settings_in_code(root: Path) -> set[str]:
    paths = files(root, "src", suffix=".py")
    return {name for path in paths for name in SETTING.findall(path.read_text(encoding="utf-8"))}


def settings_in_page(root: Path) -> set[str]:
    text = (root / PAGE).read_text(encoding="utf-8")
    return set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE))


def test_every_setting_is_documented_and_every_documented_setting_exists():
    assert settings_in_page(ROOT) == settings_in_code(ROOT)


def test_a_setting_nobody_wrote_about_is_noticed(tmp_path):
    write(tmp_path, "src/dandang/x.py", 'os.environ["DANDANG_COLOUR"], "DANDANG_HOSTS"')
    write(tmp_path, PAGE, "| `DANDANG_HOSTS` | | |\n| `DANDANG_GONE` | | |\n")
    assert settings_in_code(tmp_path) - settings_in_page(tmp_path) == {"DANDANG_COLOUR"}
    assert settings_in_page(tmp_path) - settings_in_code(tmp_path) == {"DANDANG_GONE"}
