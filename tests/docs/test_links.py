"""Every link between Markdown files leads somewhere."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.tree import ROOT, files, write

LINK = re.compile(r"\[[^\]\n]*\]\((?P<target>[^)\s]+)\)")
CODE = re.compile(r"^```.*?^```$|`[^`\n]*`", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#{1,6} +(.+?) *$", re.MULTILINE)


def broken_links(root: Path) -> list[str]:
    return [
        f"{path.relative_to(root).as_posix()}: {target}"
        for path in files(root, suffix=".md")
        for target in _targets(path)
        if not _leads_somewhere(path, target)
    ]


def _targets(path: Path) -> Iterator[str]:
    text = CODE.sub("", path.read_text(encoding="utf-8"))
    for match in LINK.finditer(text):
        if not re.match(r"[a-z]+:", match["target"]):
            yield match["target"]


def _leads_somewhere(path: Path, target: str) -> bool:
    name, _, anchor = target.partition("#")
    goal = path.parent / name if name else path
    return goal.exists() and (not anchor or anchor in _anchors(goal))


def _anchors(path: Path) -> set[str]:
    """Return the anchors as forges make them: lower case, hyphens, no punctuation."""
    headings = HEADING.findall(path.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_link_between_documents_leads_somewhere():
    assert broken_links(ROOT) == []


def test_a_link_to_nothing_is_found(tmp_path):
    write(tmp_path, "docs/a.md", "# One way, one `pen`\n[b](b.md) [c](../c.md#the-end) [me](#nope)")
    write(
        tmp_path, "c.md", "## The end\n[up](docs/a.md#one-way-one-pen) `[x](y.md)` [w](https://x)\n"
    )
    assert broken_links(tmp_path) == ["docs/a.md: b.md", "docs/a.md: #nope"]
