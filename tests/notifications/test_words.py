"""Every message has words in both languages, and none of them leaves room for personal data."""

import re

import pytest
from django.utils.translation import override

from dandang.notifications import words
from dandang.notifications.examples import REFERENCE, example, examples
from dandang.notifications.rendering import Names, Unknown, digest_of, link, text_of
from dandang.notifications.rules.notices import Kind
from dandang.notifications.sms.segments import segments
from dandang.notifications.words import CODED, INSTANTS, TEMPLATES, Template
from dandang.policy import ClockName
from tests import town

CHINESE = re.compile(r"[\u4e00-\u9fff]")
PLACE = re.compile(r"%\((\w+)\)s")
NAMED = {"unit", "post", "reason"}
NEVER_PERSONAL = {*CODED, *INSTANTS, *NAMED, "reference", "days"}
OF_THE_LAW = {"body", "acceptance_number"}


@pytest.fixture
def names(monkeypatch, settings) -> Names:
    settings.PUBLIC_URL = "https://12345.jiangcheng.example"
    return Names(town.directory(), town.policy())


def texts(template: Template) -> list[str]:
    return [str(template.headline), *map(str, template.sentences), *map(str, template.short)]


@pytest.mark.parametrize("code", sorted(TEMPLATES))
def test_every_value_of_a_message_is_a_code_a_time_or_a_number(code):
    template = TEMPLATES[code]
    with override("en"):
        used = {name for text in texts(template) for name in PLACE.findall(text)}
        told = [str(template.headline), *map(str, template.short)]
        outside = {name for text in told for name in PLACE.findall(text)}
    assert used <= NEVER_PERSONAL | OF_THE_LAW
    # Subjects and text messages pass through the hands of others.
    assert outside <= NEVER_PERSONAL | {"body"}


@pytest.mark.parametrize("code", sorted(TEMPLATES))
def test_every_message_reads_in_chinese_and_in_english(code, names):
    with override("zh-hans"):
        chinese = example(code, names)
    with override("en"):
        english = example(code, names)
    for text in (chinese.subject, chinese.body, chinese.short):
        assert CHINESE.search(text)
        assert "%(" not in text
    assert not CHINESE.search(english.subject + english.short)
    assert REFERENCE in chinese.subject
    assert REFERENCE in chinese.short
    assert REFERENCE in chinese.body


def test_a_text_message_in_chinese_is_short(names):
    with override("zh-hans"):
        told = examples(names)
    long = {code: parts for code, (_, parts) in told.items() if parts > 2}
    assert long == {}
    assert told["called_upon"][1] == segments(told["called_upon"][0].short)


def test_residents_read_how_it_ends_in_the_words_of_the_page(names):
    told = []
    for end in words.ENDS:
        with override("zh-hans"):
            told.append(text_of("ended", {"reference": REFERENCE, "end": end}, names).headline)
    assert len(set(told)) == len(words.ENDS)
    assert all(CHINESE.search(one) for one in told)


def test_no_word_is_among_those_that_officials_overuse(names):
    with override("zh-hans"):
        everything = " ".join(text.body + text.short for text, _ in examples(names).values())
    for word in ("亲", "温馨提示", "高度重视", "!", "！", "踢皮球", "满意"):
        assert word not in everything


def test_every_clock_that_can_run_out_has_words():
    silent = {"return_window", "judgement_window", "call", "judgement_reminder"}
    assert {clock.value for clock in ClockName} - silent <= words.CLOCKS.keys()


def test_a_sentence_whose_value_is_not_known_is_left_out(names):
    params = {"reference": REFERENCE, "unit": "water", "post": "water-duty", "due_at": ""}
    with override("en"):
        text = text_of("received", params, names)
    assert "finished by" not in text.body
    assert "Water bureau" in text.body
    with pytest.raises(Unknown):
        text_of("ended", {"reference": REFERENCE}, names)


def test_a_code_that_is_gone_stands_for_itself(names):
    params = {"reference": REFERENCE, "unit": "gone", "post": "water-duty"}
    assert "gone" in text_of("received", params, names).body
    without = Names(town.directory(), None)
    assert "weather" in text_of("paused", {**params, "reason": "weather"}, without).body


def test_a_message_says_where_the_case_is_found(names, settings):
    with override("en"):
        assert link(Kind.OFFICER, REFERENCE).endswith(f"/desk/{REFERENCE}/")
        assert link(Kind.REQUESTER, REFERENCE).endswith("/c/")
        settings.PUBLIC_URL = ""
        assert link(Kind.OFFICER, REFERENCE) == ""


def test_a_digest_has_a_line_for_each_message_and_says_what_is_left(names, settings):
    lines = [("question_answered", {"reference": REFERENCE})] * 3
    with override("en"):
        text = digest_of(lines, names, left=2)
        assert text.subject == "5 messages about your cases"
        assert text.body.count(f"{REFERENCE}: the requester answered") == 3
        assert "2 more" in text.body
        assert "/desk/" in text.body
        settings.PUBLIC_URL = ""
        assert "/desk/" not in digest_of(lines, names, left=0).body
