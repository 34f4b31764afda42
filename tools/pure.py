"""Which modules are pure: named once, in the import contract `pure` of pyproject.toml.

`python -m tools.pure` prints their files as coverage's `--include` wants them.
"""

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def pure_files(root: Path = ROOT) -> list[Path]:
    """Return the files of all pure modules, in order."""
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    (contract,) = (one for one in contracts if one["id"] == "pure")
    pure = re.compile("|".join(map(_pattern, contract["source_modules"])))
    files = sorted((root / "src").rglob("*.py"))
    return [path for path in files if pure.fullmatch(module_name(path, root))]


def module_name(path: Path, root: Path = ROOT) -> str:
    """Return the dotted name of a module from its file below `src`."""
    return ".".join(path.relative_to(root / "src").with_suffix("").parts).removesuffix(".__init__")


def _pattern(expression: str) -> str:
    """Return the contract's `*` (one name) and `**` (one or more), with all below, as a pattern."""
    words = {"*": r"[^.]+", "**": r".+"}
    return (
        r"\.".join(words.get(part, re.escape(part)) for part in expression.split(".")) + r"(\..+)?"
    )


if __name__ == "__main__":
    sys.stdout.write(",".join(path.relative_to(ROOT).as_posix() for path in pure_files()) + "\n")
