"""The command line speaks the language it is asked for."""

import pytest

from dandang.config.catalogues import compile_catalogues
from dandang.interfaces.cli import languages
from tests.interfaces.cli.calling import call, run


@pytest.fixture(autouse=True, scope="module")
def catalogues():
    compile_catalogues()


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({}, "en"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh-hans"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_GB"}, "en"),
        ({"LC_ALL": "C", "DANDANG_LANG": "zh"}, "zh-hans"),
        ({"DANDANG_LANG": "", "LANG": "zh_TW"}, "zh-hans"),
    ],
)
def test_the_language_comes_from_the_environment(variables, language):
    assert languages.from_environment(variables) == language


def test_help_speaks_both_languages():
    english, chinese = call("--help"), call("--help", DANDANG_LANG="zh")
    assert "Look whether this installation is well." in english.out
    assert "检查" in chinese.out
    assert "Look whether" not in chinese.out


def test_the_option_counts_more_than_the_environment_wherever_it_stands():
    for words in (
        ("--lang", "zh", "case", "accept", "--help"),
        ("case", "accept", "--lang", "zh", "--help"),
    ):
        assert "签收" in call(*words, LANG="en_US").out
    assert "签收" not in call("case", "accept", "--lang", "en", "--help", LANG="zh_CN").out


def test_nothing_is_nothing_in_any_language():
    assert languages.translate("") == ""


def test_a_process_of_its_own_speaks_chinese_too():
    assert "检查" in run("--help", DANDANG_LANG="zh").out
