"""Words in templates that only one half of the readers could read are found."""

import pytest

from tests.architecture.tree import write
from tools.templates import find_templates, unmarked_texts


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ("<p>Hello</p>", ["Hello"]),
        ("<p>你好</p>", ["你好"]),
        ("<p>{% translate 'Hello' %}</p>", []),
        ("{% blocktranslate %}Hello <b>you</b>{% endblocktranslate %}", []),
        ("{% blocktrans %}Hello{% endblocktrans %} you", ["you"]),
        ("{% comment %}Hello{% endcomment %}{# Hello #}<!-- Hello -->", []),
        ("{% block page_class %}wide{% endblock %}{% block title %}Map{% endblock %}", ["Map"]),
        ("{% comment %}{% translate 'x' %}no{% endcomment %}{% endblock %}yes", ["yes"]),
        ("{{ name }} – {{ count }} · 12:30 &nbsp; →", []),
        ('<img alt="A map">', ["A map"]),
        ('<a title="{% translate "x" %}" href="/about/">{{ a }}</a>', []),
        ('<button aria-label="Close">×</button>', ["Close"]),
        ('<input placeholder="Street">', ["Street"]),
        ('<input type="submit" value="Send">', ["Send"]),
        ('<input type="hidden" value="abc" name="x">', []),
        ('<meta name="description" content="A page">', ["A page"]),
        ('<meta name="viewport" content="width=device-width">', []),
        ("<script>var word</script><style>p { color: red }</style>", []),
        ('<b translate="no">担当 <b>Dandang</b> 12345</b> and', ["and"]),
        ('<img alt="Dandang" translate="no"> and', ["and"]),
        ('<p class="{% if late %}late{% endif %}">{% if late %}late{% endif %}</p>', ["late"]),
    ],
)
def test_a_reader_sees(source, texts):
    assert [text for _, text in unmarked_texts(source)] == texts


def test_the_line_is_the_one_of_the_word():
    source = "{% comment %}\n\n{% endcomment %}\n<p>\n\n  Hello\n  you</p>\n{{ x }}\nBye"
    assert unmarked_texts(source) == [(6, "Hello you"), (9, "Bye")]


def test_templates_are_found_wherever_a_folder_of_templates_is(tmp_path):
    for name in ("a/templates/x.html", "b/c/templates/m/y.txt", "a/static/z.html", "n.txt"):
        write(tmp_path, name, "")
    write(tmp_path, "a/templates/logo.png", "")
    found = [path.relative_to(tmp_path).as_posix() for path in find_templates(tmp_path)]
    assert found == ["a/templates/x.html", "b/c/templates/m/y.txt"]
