"""Walking through a page: its shell blocks run in bash, its `dandang` is the real command line.

Bash runs the page as it stands, with variables, loops and pipes; only the program `dandang` is a
function that sends its words to this process, which is much faster than a process for each.
"""

import os
import re
import select
import subprocess
import time
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.architecture.tree import ROOT
from tests.interfaces.cli.calling import Called, call

BLOCK = re.compile(
    r"^```(?P<kind>\w+)(?: exit=(?P<exit>\d+))?\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
NAME = re.compile(r"`(\w+\.(?:csv|toml))`[^`]*\Z")
REFERENCE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b")
OMITTED = "…"
_MARK = "\x1e"
_PATIENCE = 120
_DANDANG = """
set -u
dandang() {
    local code
    printf '%s\\0' "$#" "${DANDANG_ACCESS_CODE-}" "$@" > "$PIPES/asked"
    IFS= read -r code < "$PIPES/told"
    cat "$PIPES/answer"
    return "$code"
}
"""


@dataclass(frozen=True)
class Block:
    """A shell block of a page: what it says, how its last command ends, what it shows."""

    text: str
    exit_code: int
    shown: str


@dataclass(frozen=True)
class Step:
    """What became of a block: the commands it gave, and what stood on the screen afterwards."""

    block: Block
    calls: list[tuple[list[str], Called]]
    screen: str


def blocks(page: str) -> Iterator[Block]:
    """Yield the shell blocks of a page of docs/tutorial, each with the `text` block below it."""
    text = (ROOT / "docs" / "tutorial" / page).read_text(encoding="utf-8")
    found = list(BLOCK.finditer(text))
    for block, following in zip(found, [*found[1:], None], strict=True):
        if block["kind"] == "sh":
            shown = following["text"] if following and following["kind"] == "text" else ""
            yield Block(block["text"], int(block["exit"] or 0), shown)


def write_files(page: str, folder: Path) -> None:
    """Write the files that a page names and shows."""
    text = (ROOT / "docs" / "tutorial" / page).read_text(encoding="utf-8")
    for block in BLOCK.finditer(text):
        if block["kind"] in {"csv", "toml"}:
            name = NAME.search(text, 0, block.start())
            assert name
            (folder / name[1]).write_text(block["text"], encoding="utf-8")


def walk(wanted: list[Block], folder: Path) -> list[Step]:
    """Run blocks one after the other in one bash in this folder; return what became of each."""
    parts = [f"printf '{_MARK}'\ndandang\n{block.text}" for block in wanted]
    pipes = folder / ".pipes"
    pipes.mkdir()
    with (
        chdir(folder),
        _pipe(pipes / "asked") as asked,
        _pipe(pipes / "told") as told,
        (pipes / "screen").open("w") as screen,
        (pipes / "complaints").open("w") as complaints,
    ):
        bash = subprocess.Popen(
            ["/usr/bin/env", "bash", "-c", _DANDANG + "\n".join(parts)],
            cwd=folder,
            env={"PATH": os.environ["PATH"], "PIPES": str(pipes)},
            stdout=screen,
            stderr=complaints,
            stdin=subprocess.DEVNULL,
        )
        calls = _answered(bash, asked, told, pipes / "answer")
    failed = [called for one in calls for _, called in one if called.code]
    said = (pipes / "complaints").read_text(encoding="utf-8")
    assert not said, f"{said}\n{failed}"
    screens = (pipes / "screen").read_text(encoding="utf-8").split(_MARK)[1:]
    return [Step(*one) for one in zip(wanted, calls, screens, strict=True)]


@contextmanager
def _pipe(path: Path) -> Iterator[int]:
    """Yield a pipe with a name, open at both ends, so that nobody waits for the other to come."""
    os.mkfifo(path)
    pipe = os.open(path, os.O_RDWR)
    try:
        yield pipe
    finally:
        os.close(pipe)


def _answered(
    bash: "subprocess.Popen[bytes]", asked: int, told: int, answer: Path
) -> list[list[tuple[list[str], Called]]]:
    """Do what bash asks until it has ended; a call without words marks the next block."""
    calls: list[list[tuple[list[str], Called]]] = []
    last = time.monotonic() + _PATIENCE
    while bash.poll() is None:
        assert time.monotonic() < last, "a page must be walked through in time"
        if not select.select([asked], [], [], 0.05)[0]:
            continue
        code, *words = _read(asked)
        answer.write_text("", encoding="utf-8")
        if words:
            called = call(*words, **({"DANDANG_ACCESS_CODE": code} if code else {}))
            calls[-1].append((words, called))
            # On a screen stand the words of a refusal, too; those of a success go beside it.
            answer.write_text(called.out + called.err * bool(called.code), encoding="utf-8")
        else:
            calls.append([])
        os.write(told, f"{calls[-1][-1][1].code if words else 0}\n".encode())
    return calls


def _read(asked: int) -> list[str]:
    """Return the access code and the words of one call."""
    data = b""
    while True:
        data += os.read(asked, 65536)
        number, _, rest = data.partition(b"\0")
        fields = rest.split(b"\0")
        if number and len(fields) > int(number) + 1:
            return [field.decode() for field in fields[:-1]]


def differences(step: Step) -> list[str]:
    """Return how a block turned out otherwise than the page says."""
    codes = [called.code for _, called in step.calls]
    wanted = [0] * (len(codes) - 1) + [step.block.exit_code] if codes else []
    found = [
        f"{' '.join(words)}: exit {called.code}, not {code}: {called.err}"
        for (words, called), code in zip(step.calls, wanted, strict=True)
        if called.code != code
    ]
    rest = iter(_lines(step.screen))
    wanted_lines = [line for line in _lines(step.block.shown) if line != OMITTED]
    return found + [f"not shown: {line}" for line in wanted_lines if line not in rest]


def _lines(text: str) -> list[str]:
    """Return the lines that say something, with any reference as one and spaces as one."""
    return [
        " ".join(REFERENCE.sub("XXXX-XXXX", line).split())
        for line in text.splitlines()
        if line.strip()
    ]
