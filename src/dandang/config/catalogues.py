"""Compiles the catalogues of words: people edit .po files, Django reads .mo files."""

import io
import os
from pathlib import Path

from dandang.database import state_directory

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def compile_catalogues(fallback: Path | None = None, source: Path = LOCALE) -> Path:
    """Return the folder that holds a current .mo file for every .po file of `source`.

    That is `source` itself or, where something is out of date and cannot be written there (a
    package installed for all users), the same tree under `fallback`, normally `locale` in the
    state directory. What is current stays as it is. Raises OSError when neither can be written.
    """
    catalogues = sorted(source.glob("*/LC_MESSAGES/*.po"))
    here = all(_current(po, _beside(po)) or os.access(po.parent, os.W_OK) for po in catalogues)
    target = source if here else fallback or state_directory() / "locale"
    for po in catalogues:
        mo = target / _beside(po).relative_to(source)
        if not _current(po, mo):
            _compile(po, mo)
    return target


def _beside(po: Path) -> Path:
    return po.with_suffix(".mo")


def _current(po: Path, mo: Path) -> bool:
    return mo.exists() and mo.stat().st_mtime_ns >= po.stat().st_mtime_ns


def _compile(po: Path, mo: Path) -> None:
    # Loaded here: every start of the program comes by, and almost none has to compile.
    from babel.messages.mofile import write_mo  # noqa: PLC0415 see above
    from babel.messages.pofile import read_po  # noqa: PLC0415 see above

    with po.open("rb") as file:
        catalogue = read_po(file, locale=po.parent.parent.name, abort_invalid=True)
    content = io.BytesIO()
    write_mo(content, catalogue)
    mo.parent.mkdir(parents=True, exist_ok=True)
    # Two processes may compile at once: each swaps in a whole file.
    part = mo.with_name(f"{mo.name}.{os.getpid()}")
    part.write_bytes(content.getvalue())
    part.replace(mo)


if __name__ == "__main__":
    compile_catalogues()
