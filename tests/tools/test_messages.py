"""Every word of the pages is there in Chinese and in English."""

import pytest

from tests.architecture.tree import write
from tools.messages import catalogue_path, collect, main, problems, read_catalogue, update

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
VIEW = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext
TITLE = _("Follow your request")
def words(n):
    return ngettext("%(n)d day left", "%(n)d days left", n) % {"n": n}, pgettext("verb", "Return")
"""
PAGE = """{% load i18n %}
<h1 title="{% translate 'Your reference' %}">{% translate "Report" context "verb" %}</h1>
  {% blocktranslate trimmed count n=cases|length with unit=unit.name %}
    One case at {{ unit }}
  {% plural %}
    {{ n }} cases at {{ unit }}
  {% endblocktranslate %}
      <p>{{ note|default:_("No note") }} “{{ other }}”, it's</p>
"""


@pytest.fixture
def package(tmp_path):
    """A small program with a view, a page and two empty catalogues."""
    package = tmp_path / "town"
    write(package, "views.py", VIEW)
    write(package, "templates/desk/page.html", PAGE)
    for language in ("en", "zh_Hans"):
        write(package, f"locale/{language}/LC_MESSAGES/django.po", HEADER)
    return package


def fill(package, old, new, language="zh_Hans"):
    path = catalogue_path(language, package)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_catalogues_of_the_product_are_complete():
    assert list(problems()) == []


def test_texts_are_collected_from_code_and_templates(package):
    found = {(message.id, message.context) for message in collect(package) if message.id}
    assert found == {
        ("Follow your request", None),
        (("%(n)d day left", "%(n)d days left"), None),
        ("Return", "verb"),
        ("Your reference", None),
        ("Report", "verb"),
        (("One case at %(unit)s", "%(n)s cases at %(unit)s"), None),
        ("No note", None),
    }


def test_a_text_that_was_not_collected_is_named(package):
    assert len(list(problems(package))) == 2 * 7 + 1
    assert "en: not collected, run `make messages`: 'No note'" in list(problems(package))


def test_english_needs_no_second_writing_and_chinese_needs_every_word(package):
    update(package)
    fill(package, 'msgid "No note"\nmsgstr ""', 'msgid "No note"\nmsgstr "没有备注"')
    found = [line for line in problems(package) if not line.startswith("templates")]
    assert len(found) == 6
    assert all(line.startswith("zh_Hans: not translated: ") for line in found)


def test_collecting_again_changes_nothing(package):
    update(package)
    fill(package, 'msgid "No note"\nmsgstr ""', 'msgid "No note"\nmsgstr "没有备注"')
    before = catalogue_path("zh_Hans", package).read_bytes()
    update(package)
    assert catalogue_path("zh_Hans", package).read_bytes() == before


def test_a_text_that_is_gone_is_named_and_then_dropped(package):
    update(package)
    write(package, "views.py", "")
    assert "en: no longer used, run `make messages`: 'Follow your request'" in [*problems(package)]
    update(package)
    assert read_catalogue("en", package).get("Follow your request") is None


def test_a_changed_text_is_never_guessed_from_a_similar_one(package):
    update(package)
    fill(package, 'msgid "No note"\nmsgstr ""', 'msgid "No note"\nmsgstr "没有备注"')
    write(package, "templates/desk/page.html", PAGE.replace("No note", "No notes"))
    update(package)
    assert read_catalogue("zh_Hans", package)["No notes"].string == ""


@pytest.mark.parametrize(
    ("translation", "fault"),
    [
        ('msgstr[0] "还有 %(d)d 天"', "a placeholder that the text does not have"),
        ('msgstr[0] "还有几天"', "a placeholder is lost"),
        ('msgstr[0] ""', "not translated"),
    ],
)
def test_a_translation_that_would_break_the_sentence_is_named(package, translation, fault):
    update(package)
    fill(package, 'days left"\nmsgstr[0] ""', f'days left"\n{translation}')
    days = [line for line in problems(package) if "days left" in line]
    assert days[0] == f"zh_Hans: {fault}: ('%(n)d day left', '%(n)d days left')"


def test_a_plural_that_leaves_out_the_number_in_one_of_its_forms_is_fine(package):
    update(package)
    old = 'cases at %(unit)s"\nmsgstr[0] ""'
    fill(package, old, old.replace('""', '"%(unit)s：%(n)s 件"'))
    assert not [line for line in problems(package) if "One case" in line and "zh" in line]


def test_a_fuzzy_translation_counts_as_missing(package):
    update(package)
    fill(package, 'msgid "No note"\nmsgstr ""', '#, fuzzy\nmsgid "No note"\nmsgstr "没有备注"')
    assert "zh_Hans: fuzzy: 'No note'" in [*problems(package)]


@pytest.mark.parametrize("line", ['msgstr "件', "msgstr 件", 'msgstr "a"b"', 'msgstr "\\"', "件"])
def test_a_line_that_would_lose_letters_is_named(package, line):
    write(package, "locale/en/LC_MESSAGES/django.po", f'{HEADER}msgid "a"\n{line}\n')
    broken = [line for line in problems(package) if "no line of a catalogue" in line]
    assert broken == [f"en: line 6 is no line of a catalogue: {line!r}"]


def test_a_word_that_is_not_marked_is_named_with_its_place(package):
    (finding,) = [line for line in problems(package) if line.startswith("templates")]
    assert finding == """templates/desk/page.html:8: not marked for translation: "“”, it's\""""


def test_the_check_fails_exactly_when_something_is_wrong(capsys, package):
    assert main(["--check"], package) == 1
    assert "Catalogues: 15 problems" in capsys.readouterr().out
    for name in ("views.py", "templates/desk/page.html"):
        write(package, name, "")
    assert main(["--check"], package) == 0


def test_collecting_ends_with_what_is_left_to_do(capsys, package):
    assert main([], package) == 1
    assert "zh_Hans: not translated: 'No note'" in capsys.readouterr().out
