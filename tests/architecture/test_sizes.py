"""No file grows without limit: a long one is split by role or by verb."""

from pathlib import Path

from tests.architecture.tree import ROOT, files, write

MOST_LINES = 400


def long_files(root: Path) -> list[str]:
    found = []
    for path in files(root, "src", "tests", "benchmarks", "tools"):
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if path.suffix in {"", ".css", ".html", ".js", ".py", ".sh", ".sql"} and lines > MOST_LINES:
            found.append(f"{path.relative_to(root).as_posix()}: {lines} lines")
    return found


def test_no_file_has_more_than_400_lines():
    assert long_files(ROOT) == []


def test_one_line_too_many_is_found(tmp_path):
    write(tmp_path, "src/dandang/just.py", "x = 1\n" * 400)
    write(tmp_path, "benchmarks/long.py", "x = 1\n" * 401)
    write(tmp_path, "src/dandang/data.csv", "a\n" * 4000)
    assert long_files(tmp_path) == ["benchmarks/long.py: 401 lines"]
