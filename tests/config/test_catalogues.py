"""Catalogues are compiled where and when they have to be."""

import gettext
import os
import stat

import pytest
from babel.messages.pofile import PoFileError

from dandang.config.catalogues import LOCALE, compile_catalogues
from tests.architecture.tree import write

PO = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"

msgid "case"
msgstr "{word}"

#, fuzzy
msgid "holder"
msgstr "?"
"""
NAME = "zh_Hans/LC_MESSAGES/django.po"


@pytest.fixture
def source(tmp_path):
    """A package's folder of catalogues, Chinese only."""
    write(tmp_path, f"locale/{NAME}", PO.format(word="案件"))
    return tmp_path / "locale"


@pytest.fixture
def fallback(tmp_path):
    return tmp_path / "state" / "locale"


def words(folder):
    return gettext.translation("django", folder, ["zh_Hans"])


def age(path, seconds):
    """Make a file older or (negative) newer than it is."""
    now = path.stat().st_mtime
    os.utime(path, (now - seconds, now - seconds))


def test_words_are_compiled_beside_their_source(source, fallback):
    assert compile_catalogues(fallback, source) == source
    assert words(source).gettext("case") == "案件"
    assert not fallback.exists()


def test_a_fuzzy_word_is_not_shown(source, fallback):
    compile_catalogues(fallback, source)
    assert words(source).gettext("holder") == "holder"


def test_what_is_current_is_left_alone(source, fallback):
    compile_catalogues(fallback, source)
    mo = (source / NAME).with_suffix(".mo")
    mo.write_bytes(b"mine")
    age(mo, -10)
    assert compile_catalogues(fallback, source) == source
    assert mo.read_bytes() == b"mine"


def test_what_is_older_than_its_source_is_compiled_again(source, fallback):
    compile_catalogues(fallback, source)
    age((source / NAME).with_suffix(".mo"), 10)
    (source / NAME).write_text(PO.format(word="件"), encoding="utf-8")
    compile_catalogues(fallback, source)
    assert (source / NAME).with_suffix(".mo").read_bytes().endswith("\0件\0".encode())


@pytest.fixture
def read_only(source, monkeypatch):
    """A package installed for all: root may write everywhere, so the question is answered here."""
    mode = stat.S_IRUSR | stat.S_IXUSR
    (source / NAME).parent.chmod(mode)
    monkeypatch.setattr(os, "access", lambda path, mode: not path.is_relative_to(source))
    yield source
    (source / NAME).parent.chmod(mode | stat.S_IWUSR)


def test_words_of_a_read_only_package_are_compiled_in_the_state_directory(read_only, fallback):
    assert compile_catalogues(fallback, read_only) == fallback
    assert words(fallback).gettext("case") == "案件"
    assert list(read_only.rglob("*.mo")) == []


def test_the_state_directory_is_the_one_that_is_set(read_only, tmp_path, monkeypatch):
    monkeypatch.setenv("DANDANG_STATE", str(tmp_path / "mine"))
    assert compile_catalogues(source=read_only) == tmp_path / "mine" / "locale"


def test_a_read_only_package_with_current_words_needs_nothing(source, fallback, request):
    compile_catalogues(fallback, source)
    request.getfixturevalue("read_only")
    assert compile_catalogues(fallback, source) == source
    assert not fallback.exists()


def test_a_broken_catalogue_stops_the_start_and_leaves_no_file(source, fallback):
    (source / NAME).write_text('msgid "case"\n', encoding="utf-8")
    with pytest.raises(PoFileError, match="missing msgstr"):
        compile_catalogues(fallback, source)
    assert list(source.rglob("*.mo*")) == []


def test_the_products_catalogues_compile(fallback):
    assert compile_catalogues(fallback, LOCALE) == LOCALE
    assert words(LOCALE).gettext("English") == "英语"
