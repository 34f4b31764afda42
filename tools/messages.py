"""Keeps src/dandang/locale in step with the texts in code and templates.

`python -m tools.messages` collects them into the catalogues and names what is left to do; with
`--check` it only names. It ends with 1 when something is. Babel does the work: GNU gettext, which
Django's own command calls, is missing on many machines, and Babel is there anyway to compile.
"""

import argparse
import io
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import django
from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

from tools.templates import find_templates, unmarked_texts

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "dandang"
SOURCE_LANGUAGE = "en"  # its catalogue may leave a text empty: the text itself is English
Key = tuple[tuple[str, ...], str | None]  # the text, its plural if it has one; its context
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# Babel reads over a lost quotation mark and drops a letter instead.
_PO_LINE = re.compile(r'(?:#.*|(?:msg(?:id|id_plural|str|ctxt)(?:\[\d\])? )?"(?:[^"\\]|\\.)*")?')
_PLACEHOLDER = re.compile(r"%(?:\((\w+)\))?[sd]|\{(\w*)[^{}]*\}")


def collect(package: Path = PACKAGE) -> Catalog:
    """Return every text marked for translation in the package's code and templates."""
    texts = Catalog(project="Dandang", charset="utf-8", fuzzy=False)
    for path in (*sorted(package.rglob("*.py")), *find_templates(package)):
        name = path.relative_to(package.parent).as_posix()
        for line, message, comments, context in extract(
            "python", _python_of(path), keywords=KEYWORDS, comment_tags=["Translators"]
        ):
            texts.add(message, None, [(name, line)], auto_comments=comments, context=context)
    return texts


def _python_of(path: Path) -> io.BytesIO:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # Django turns the tags into gettext calls; an indented line would be no Python.
        text = "\n".join(line.lstrip() for line in templatize(text, path.name).split("\n"))
    return io.BytesIO(text.encode())


def catalogue_path(language: str, package: Path = PACKAGE) -> Path:
    """Return where the catalogue of a language is kept."""
    return package / "locale" / language / "LC_MESSAGES" / "django.po"


def languages(package: Path = PACKAGE) -> list[str]:
    """Return the languages that have a folder: to add one, copy a folder and empty its texts."""
    return sorted(path.name for path in (package / "locale").iterdir())


def read_catalogue(language: str, package: Path = PACKAGE) -> Catalog:
    """Return the catalogue of a language."""
    with catalogue_path(language, package).open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def update(package: Path = PACKAGE) -> None:
    """Write the catalogues anew: new texts empty, gone texts dropped, nothing guessed."""
    texts = collect(package)
    for language in languages(package):
        catalogue = read_catalogue(language, package)
        catalogue.update(texts, no_fuzzy_matching=True, update_creation_date=False)
        with catalogue_path(language, package).open("wb") as file:
            write_po(
                file,
                catalogue,
                width=100,
                include_lineno=False,
                sort_by_file=True,
                ignore_obsolete=True,
            )


def problems(package: Path = PACKAGE) -> Iterator[str]:
    """Yield what keeps a reader from seeing every word in each language."""
    texts = {_key(message) for message in collect(package) if message.id}
    for language in languages(package):
        for problem in _catalogue_problems(language, texts, package):
            yield f"{language}: {problem}"
    for path in find_templates(package):
        for line, text in unmarked_texts(path.read_text(encoding="utf-8")):
            yield f"{path.relative_to(package)}:{line}: not marked for translation: {text!r}"


def _catalogue_problems(language: str, texts: set[Key], package: Path) -> Iterator[str]:
    broken = list(_broken_lines(language, package))
    if broken:
        yield from broken
        return
    messages = {
        _key(message): message for message in read_catalogue(language, package) if message.id
    }
    for text in sorted(texts ^ messages.keys(), key=repr):
        change = "not collected" if text in texts else "no longer used"
        yield f"{change}, run `make messages`: {text[0][0]!r}"
    for message in messages.values():
        for fault in _faults(message, language):
            yield f"{fault}: {message.id!r}"


def _broken_lines(language: str, package: Path) -> Iterator[str]:
    lines = catalogue_path(language, package).read_text(encoding="utf-8").split("\n")
    for number, line in enumerate(lines, start=1):
        if not _PO_LINE.fullmatch(line.strip()):
            yield f"line {number} is no line of a catalogue: {line!r}"


def _key(message: Message) -> Key:
    return _strings(message.id), message.context


def _faults(message: Message, language: str) -> Iterator[str]:
    if message.fuzzy:
        yield "fuzzy"
    translations = _strings(message.string)
    if not all(translations):
        if language != SOURCE_LANGUAGE or any(translations):
            yield "not translated"
        return
    wanted = set().union(*map(_placeholders, _strings(message.id)))
    if any(_placeholders(text) - wanted for text in translations):
        yield "a placeholder that the text does not have"
    if wanted - set().union(*map(_placeholders, translations)):
        yield "a placeholder is lost"


def _strings(value: str | Iterable[str] | None) -> tuple[str, ...]:
    if value is None or isinstance(value, str):
        return (value or "",)
    return tuple(value)


def _placeholders(text: str) -> set[str]:
    return {match.group(0) for match in _PLACEHOLDER.finditer(text.replace("%%", ""))}


def main(arguments: list[str], package: Path = PACKAGE) -> int:
    """Collect, or check and return 1 when something is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing, name what is wrong")
    if not parser.parse_args(arguments).check:
        update(package)
    found = list(problems(package))
    sys.stdout.writelines(f"{line}\n" for line in found)
    sys.stdout.write(f"Catalogues: {len(found)} problems\n")
    return 1 if found else 0


if __name__ == "__main__":
    settings.configure()
    django.setup()
    raise SystemExit(main(sys.argv[1:]))
