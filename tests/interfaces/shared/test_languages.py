"""In which language a text was written: what the attribute `lang` of its element says."""

import pytest
from django.template import Context, Template
from django.utils.translation import override

from dandang.interfaces.shared.words.languages import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("停水了，整栋楼都没有水", "zh-Hans"),
        ("No water since this morning", "en"),
        ("3号楼的 lift 坏了", "zh-Hans"),
        ("The sign says 停车", "en"),
        ("12345 / 2026-10-12", ""),
        ("", ""),
    ],
)
def test_letters_tell_the_language(text, language):
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("page", "text", "shown"),
    [
        ("en", "停水了", '<p lang="zh-Hans">停水了</p>'),
        ("zh-hans", "No water", '<p lang="en">No water</p>'),
        ("en", "No water", "<p>No water</p>"),
        ("en", "110", "<p>110</p>"),
        ("zh-hans", '"><script>', '<p lang="en">&quot;&gt;&lt;script&gt;</p>'),
    ],
)
def test_what_is_foreign_on_a_page_says_so(page, text, shown):
    template = Template("{% load dandang %}<p{{ text|lang }}>{{ text }}</p>")
    with override(page):
        assert template.render(Context({"text": text})) == shown
