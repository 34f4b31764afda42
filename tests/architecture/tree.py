"""The project's own text files, for checks that read them."""

from collections.abc import Iterator
from pathlib import Path
from re import Pattern

ROOT = Path(__file__).resolve().parents[2]

_SKIPPED = frozenset({"__pycache__", "build", "dist", "var"})
_TEXT = frozenset(
    {"", ".css", ".csv", ".html", ".in", ".js", ".md", ".po", ".py", ".sh", ".sql", ".toml", ".txt"}
)


def files(root: Path, *folders: str, suffix: str = "") -> Iterator[Path]:
    """Yield the text files below `folders` of the root, or below the root itself."""
    for start in [root / folder for folder in folders] or [root]:
        for path in sorted(start.rglob(f"*{suffix}")):
            if path.suffix in _TEXT and _is_ours(path.relative_to(root)) and path.is_file():
                yield path


def _is_ours(path: Path) -> bool:
    hidden = any(part.startswith(".") and part != ".ci" for part in path.parts)
    built = any(part in _SKIPPED or part.endswith(".egg-info") for part in path.parts)
    return not hidden and not built


def places(root: Path, path: Path, pattern: Pattern[str]) -> Iterator[str]:
    """Yield `file:line: text` for every match of the pattern."""
    text = path.read_text(encoding="utf-8")
    for match in pattern.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        yield f"{path.relative_to(root).as_posix()}:{line}: {match.group().strip()}"


def write(root: Path, name: str, text: str) -> None:
    """Write a file of a small project that breaks a rule."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
