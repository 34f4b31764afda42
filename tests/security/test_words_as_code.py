"""Whatever people write stays words: on every page it is escaped, whoever reads it."""

import pytest
from django.test import Client

from dandang.organization.actions.accounts import create_account
from dandang.organization.models import Account
from dandang.terms import Actor
from tests import town
from tests.interfaces.stories import browser, city, officer, opens
from tests.signing import sign_in

pytestmark = pytest.mark.django_db

CORPUS = (
    "<script>alert('K')</script>",
    "<img src=x onerror=alert('K')>",
    "\"><svg/onload=alert('K')>",
    "'-alert('K')-'",
    "</textarea><script>alert('K')</script>",
    "</title><script>alert('K')</script>",
    "<a href=\"javascript:alert('K')\">K</a>",
    "{{ K }}{% load K %}",
    "${alert('K')}",
    "<!--<script>alert('K')//-->",
    "<iframe srcdoc='<script>alert(1)</script>K'></iframe>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert('K')>",
    "%3Cscript%3Ealert('K')%3C/script%3E",
    "\u202e<script>alert('K')</script>",
    "＜script＞alert('K')＜/script＞",
)
DANGEROUS = (
    "<script>alert",
    "<img src",
    "<svg/onload",
    "<iframe",
    "<math",
    "</textarea><",
    "</title><script",
    'href="javascript:',
    "<!--<",
)


@pytest.fixture(autouse=True)
def jiangcheng():
    city()
    for code in (town.LI_NA, town.ZHAO_MIN):
        create_account(code, by=Actor.system(), now=town.MONDAY, officer=code)


def reader(code: str) -> Client:
    client = browser()
    sign_in(client, Account.objects.get(username=code))
    return client


@pytest.mark.parametrize("words", CORPUS)
def test_a_request_made_of_code_is_shown_as_words(words):
    liu = browser()
    reference = opens(liu, text=words, title=words, location=words, name=words)
    liu.post(f"/c/{reference}/note/", {"text": words})
    officer("accept", reference, town.LI_NA)
    officer("ask", reference, town.LI_NA, missing=words, text=words)
    liu.post(f"/c/{reference}/answer/", {"text": words})
    officer("reply", reference, town.LI_NA, text=words)
    officer("propose", reference, town.LI_NA, outcome="resolved", text=words)
    liu.post(f"/c/{reference}/judge/", {"verdict": "no", "text": words})
    own = ("", "withdraw/", "receipt/", "contact/", "contact/erase/")
    shown = [liu.get(f"/c/{reference}/{page}") for page in own]
    for code in (town.LI_NA, town.ZHAO_MIN):
        client = reader(code)
        shown += [client.get("/desk/"), client.get(f"/desk/{reference}/")]
        shown.append(client.get(f"/desk/{reference}/documents/history/"))
    shown.append(browser().get("/open/"))
    for answer in shown:
        assert answer.status_code == 200
        page = answer.content.decode()
        assert [one for one in DANGEROUS if one in page] == []
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("words", CORPUS)
def test_words_that_come_back_with_an_error_are_escaped_too(words):
    liu = browser()
    reference = opens(liu)
    answers = [
        liu.post("/c/", {"reference": words, "access_code": words}),
        liu.post(f"/c/{reference}/judge/", {"verdict": "partly", "text": words}),
        liu.get("/open/", {"area": words, "category": words, "unit": words, "period": words}),
        liu.get(f"/c/{reference}/judge/", {"verdict": words}, follow=True),
        liu.get("/" + words.replace("%", "").replace("\u202e", "") + "/"),
    ]
    for answer in answers:
        assert [one for one in DANGEROUS if one in answer.content.decode()] == []
