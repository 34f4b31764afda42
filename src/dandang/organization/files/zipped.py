"""Several files in one: packed alike every time, unpacked within limits."""

import io
import zipfile
from collections.abc import Mapping
from lzma import LZMAError
from zlib import error as NotInflatable  # noqa: N812 it is an exception

from dandang.terms import InputError, Problem

MAX_FILES = 1000
MAX_UNPACKED = 64 * 1024 * 1024
"""Bytes of all files together: what claims to be small and unpacks to more is refused."""

_UNREADABLE = (
    *(zipfile.BadZipFile, NotInflatable, LZMAError, OSError, EOFError),
    *(NotImplementedError, RuntimeError, UnicodeDecodeError, ValueError),
)
"""What is raised for what is damaged, encrypted or packed in a way that nobody here can unpack."""
_ALWAYS = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o644 << 16


def pack(files: Mapping[str, bytes]) -> bytes:
    """Return the files, by path, as a ZIP; the same files always give the same bytes."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(files):
            info = zipfile.ZipInfo(path, _ALWAYS)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = _READABLE
            archive.writestr(info, files[path])
    return content.getvalue()


def unpack(content: bytes, source: str) -> dict[str, bytes]:
    """Return the files of a ZIP by path; folders are left out.

    Raises InputError: `not_zip`, `too_many_files`, `zip_too_large`, `duplicate_file`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _unpacked(archive, source)
    except _UNREADABLE:
        raise InputError([Problem("not_zip", source)]) from None


def _unpacked(archive: zipfile.ZipFile, source: str) -> dict[str, bytes]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > MAX_FILES:
        raise InputError([Problem("too_many_files", source, 0, {"limit": MAX_FILES})])
    files: dict[str, bytes] = {}
    left = MAX_UNPACKED
    for entry in entries:
        if entry.filename in files:
            raise InputError([Problem("duplicate_file", source, 0, {"value": entry.filename})])
        with archive.open(entry) as file:
            # What the directory of the archive says of sizes may be a lie.
            files[entry.filename] = file.read(left + 1)
        left -= len(files[entry.filename])
        if left < 0:
            raise InputError([Problem("zip_too_large", source, 0, {"limit": MAX_UNPACKED})])
    return files
