"""Words about files: every reason has some, in both languages; sizes as people read them."""

import pytest
from django.utils.translation import override

from dandang.interfaces.shared.tags import file_size
from dandang.interfaces.shared.words.files import why
from dandang.lifecycle.casework.files.telling import Why


@pytest.mark.parametrize("reason", Why)
def test_every_reason_has_words_in_both_languages(reason):
    with override("en"):
        english = why(reason.value)
    with override("zh-hans"):
        chinese = why(reason.value)
    assert english.endswith(".")
    assert chinese.endswith("。")
    assert chinese != english


def test_a_reason_without_words_stands_for_itself():
    assert why("tomorrow") == "tomorrow"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "1 kB"),
        (1500, "1 kB"),
        (340_000, "332 kB"),
        (1024 * 1024, "1.0 MB"),
        (2_200_000, "2.1 MB"),
    ],
)
def test_a_size_is_short(number, words):
    with override("en"):
        assert file_size(number) == words
