"""Every address, for everybody who could come; one that is not listed here fails.

One case is the measure: Mrs Liu's, held by Li Na at the water bureau. `elsewhere` is an officer of
another bureau, `other` a requester with a case of their own, `nobody` an account without officer.
Every verb of the desk for everybody stands in `desk/test_permissions.py`.
"""

from collections.abc import Iterator, Mapping
from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from dandang.lifecycle.casework.files.preparing import prepare
from dandang.lifecycle.casework.models import KeptFile
from dandang.lifecycle.intake.queries import access_mark
from dandang.lifecycle.perform import perform
from dandang.organization.actions.accounts import create_account
from dandang.organization.models import Account
from dandang.terms import Actor
from tests import town
from tests.interfaces.account.matrix import pages
from tests.interfaces.stories import browser, city, opens
from tests.lifecycle import uploads
from tests.signing import sign_in

pytestmark = pytest.mark.django_db

OFFICERS = {
    "holder": town.LI_NA,
    "elsewhere": town.WANG_QIANG,
    "dispatcher": town.ZHAO_MIN,
    "supervision": town.CHEN_HUI,
}
ACCOUNTS = {**OFFICERS, "nobody": "guest"}
ROLES = ("stranger", "own", "other", *ACCOUNTS)
METHODS = ("GET", "POST")
PRIVATE = "No water since this morning"

Answer = int | str
"""A status, or the path that a redirect leads to."""

LOOK_UP, SIGN_IN, DESK = "/c/", "/login/", "/desk/"


def everybody(answer: Answer) -> dict[str, Answer]:
    return dict.fromkeys(ROLES, answer)


def requester(own: Answer) -> dict[str, Answer]:
    """Only whoever has the access code; nobody else learns anything."""
    return {**everybody(LOOK_UP), "own": own}


def own_page(own: Answer) -> dict[str, Answer]:
    """Only whoever has the access code; everybody else is asked for it."""
    return {**everybody("/c/<reference>/"), "own": own}


def staff(holder: Answer, elsewhere: Answer, overseer: Answer) -> dict[str, Answer]:
    """Only officers; all others sign in first, and an account without officer is told so."""
    return {
        **everybody(SIGN_IN),
        "holder": holder,
        "elsewhere": elsewhere,
        "dispatcher": overseer,
        "supervision": overseer,
        "nobody": 403,
    }


def sheet() -> dict[str, Answer]:
    """Only whoever is in the post or answers for it; dispatch does not."""
    return {**staff(200, 404, 404), "supervision": 200}


def reads_samples(answer: Answer) -> dict[str, Answer]:
    """Only supervision, and auditors; dispatch does not."""
    return {**staff(403, 403, 403), "supervision": answer}


def signed_out(answer: Answer) -> dict[str, Answer]:
    """Whoever is signed in already goes to the desk."""
    return {**everybody(answer), **dict.fromkeys(ACCOUNTS, DESK)}


MATRIX: Mapping[str, tuple[dict[str, Answer], dict[str, Answer]]] = {
    # address: answers to GET, answers to POST with nothing in it
    "": (everybody(200), everybody(405)),
    "open/": (everybody(200), everybody(405)),
    "open/method/": (everybody(200), everybody(405)),
    "open/months/": (everybody(200), everybody(405)),
    "open/waits/": (everybody(200), everybody(405)),
    "open/areas/": (everybody(200), everybody(405)),
    "open/areas/<code>/": (everybody(404), everybody(405)),
    "open/categories/": (everybody(200), everybody(405)),
    "open/categories/<code>/": (everybody(404), everybody(405)),
    "open/units/": (everybody(200), everybody(405)),
    "open/units/<code>/": (everybody(404), everybody(405)),
    "open/cases/": (everybody(200), everybody(405)),
    "open/cases/<public>/": (everybody(404), everybody(405)),
    "open/feeds/area/<code>.atom": (everybody(404), everybody(405)),
    "open/feeds/category/<code>.atom": (everybody(404), everybody(405)),
    "open/rates.csv": (everybody(200), everybody(405)),
    "open/rates.json": (everybody(200), everybody(405)),
    "new/": (everybody(200), everybody(405)),
    "new/where/": (everybody(200), everybody("/new/what/")),
    "new/similar/": (everybody("/new/"), everybody("/new/")),
    "new/what/": (everybody("/new/"), everybody(422)),
    "new/contact/": (everybody("/new/"), everybody("/new/where/")),
    "new/check/": (everybody("/new/"), everybody("/new/")),
    "new/suggest/": (everybody(405), everybody(200)),
    "new/delete/": (everybody("/new/"), everybody("/")),
    "new/join/<reference>/": (everybody(404), everybody(404)),
    "c/": (everybody(200), everybody(422)),
    "c/leave/": (everybody(405), everybody("/")),
    "c/lost/": (everybody(200), everybody(200)),
    "c/lost/<reference>/": (everybody(200), everybody(422)),
    "c/link/": (everybody(200), everybody(410)),
    "c/link/<token>/": (everybody("/c/link/"), everybody(405)),
    "c/<reference>/": (everybody(200), everybody(405)),
    "c/<reference>/receipt/": (own_page(200), everybody(405)),
    "c/<reference>/new-code/": (
        {**everybody("/c/lost/"), "own": 200},
        {**everybody("/c/lost/"), "own": "/c/<reference>/receipt/"},
    ),
    "c/<reference>/contact/": (own_page(200), own_page("/c/<reference>/contact/erase/")),
    "c/<reference>/contact/erase/": (own_page(200), own_page("/c/<reference>/")),
    "c/<reference>/note/": (requester(200), requester(422)),
    "c/<reference>/withdraw/": (requester(200), requester("/c/<reference>/")),
    "c/<reference>/judge/": (requester("/c/<reference>/"), requester("/c/<reference>/")),
    "c/<reference>/rate/": (requester("/c/<reference>/"), requester(422)),
    "c/<reference>/look-back/": (requester("/c/<reference>/"), requester("/c/<reference>/")),
    "c/<reference>/ask-escalation/": (requester("/c/<reference>/"), requester(409)),
    "c/<reference>/object/": (requester("/c/<reference>/"), requester(422)),
    "c/<reference>/appeal/": (requester("/c/<reference>/"), requester(422)),
    "c/<reference>/messages/": (everybody(405), requester("/c/<reference>/")),
    "c/<reference>/files/<file>/": (requester(200), everybody(405)),
    "c/<reference>/hand-over/": (everybody(404), everybody(404)),
    "login/": (signed_out(200), signed_out(422)),
    "logout/": (everybody(405), everybody("/")),
    **pages(ROLES),
    "language/setlang/": (everybody("/"), everybody("/")),
    "desk/": (staff(200, 200, 200), everybody(405)),
    "desk/worklist.json": (staff(200, 200, 200), everybody(405)),
    "desk/worklist.csv": (staff(200, 200, 200), everybody(405)),
    "desk/bulk/": (staff(*["/desk/"] * 3), staff(422, 422, 422)),
    "desk/bulk/<token>/": (staff(404, 404, 404), everybody(405)),
    "desk/go-on/": (everybody(404), everybody(404)),
    "desk/counts/": (staff(200, 200, 200), everybody(405)),
    "desk/settings/": (staff(200, 200, 200), staff(422, 422, 422)),
    "desk/views/": (everybody(405), staff("/desk/settings/", "/desk/settings/", "/desk/settings/")),
    "desk/call-backs/": ({**staff(403, 403, 200), "supervision": 403}, everybody(405)),
    "desk/call-backs/<number>/": (
        everybody(405),
        {**staff(403, 403, 400), "supervision": 403},
    ),
    "desk/calendar/": (staff(200, 200, 200), staff(200, 200, 200)),
    "desk/calendar/<secret>.ics": (everybody(404), everybody(405)),
    "desk/calls/": (staff(200, 200, 200), everybody(405)),
    "desk/clocks/": (staff(200, 200, 200), everybody(405)),
    "desk/directory/": (staff(200, 200, 200), everybody(405)),
    "desk/escalations/": (staff(200, 200, 200), everybody(405)),
    "desk/escalations.csv": (staff(200, 200, 200), everybody(405)),
    "desk/long-standing/": (staff(200, 200, 200), everybody(405)),
    "desk/messages/": (staff(200, 200, 200), everybody(405)),
    "desk/messages/read/": (
        everybody(405),
        staff("/desk/messages/", "/desk/messages/", "/desk/messages/"),
    ),
    "desk/new/": (
        {**staff(403, 403, 200), "supervision": 403},
        {**staff(403, 403, 422), "supervision": 403},
    ),
    "desk/to-decide/": (everybody("/supervision/decisions/"), everybody("/supervision/decisions/")),
    "desk/to-publish/": (staff(200, 200, 200), everybody(405)),
    "desk/precedents/": (staff(200, 200, 200), everybody(405)),
    "search/": (staff(200, 200, 200), staff(*["/search/"] * 3)),
    "search/person/": (staff(404, 404, 200), staff(404, 404, 422)),
    "desk/<reference>/": (staff(200, 404, 200), everybody(405)),
    "desk/open/": (staff(403, 403, 200), staff(403, 403, 422)),
    "desk/<reference>/moved-on/": (staff(200, 404, 200), everybody(405)),
    "desk/<reference>/files/<file>/": (staff(200, 404, 200), everybody(405)),
    "desk/<reference>/identity/": (
        {**staff(403, 404, 200), "supervision": 403},
        {**staff(403, 404, 422), "supervision": 403},
    ),
    "desk/<reference>/documents/history/": (staff(200, 404, 200), everybody(405)),
    "desk/<reference>/documents/notice/": (staff(403, 404, 200), everybody(405)),
    "desk/<reference>/documents/notice.docx": (staff(403, 404, 200), everybody(405)),
    "setup/": (staff(403, 403, 403), everybody(405)),
    "setup/body/": (staff(403, 403, 403), staff(403, 403, 403)),
    "setup/files/": (staff(403, 403, 403), staff(403, 403, 403)),
    "setup/files/configuration.zip": (everybody(405), staff(403, 403, 403)),
    "setup/notices/": (staff(403, 403, 403), everybody(405)),
    "setup/notices/new/": (staff(403, 403, 403), staff(403, 403, 403)),
    "setup/policy/": (staff(403, 403, 403), everybody(405)),
    "setup/policy/new/": (staff(403, 403, 403), staff(403, 403, 403)),
    "setup/policy/<number>/": (staff(403, 403, 403), staff(403, 403, 403)),
    "setup/policy/versions/<number>/": (staff(403, 403, 403), everybody(405)),
    "setup/<table>.csv": (staff(403, 403, 403), everybody(405)),
    "setup/<table>/": (staff(403, 403, 403), everybody(405)),
    "setup/<table>/new/": (staff(403, 403, 403), staff(403, 403, 403)),
    "setup/<table>/<item>/": (staff(403, 403, 403), staff(403, 403, 403)),
    "setup/<table>/<item>/end/": (staff(403, 403, 403), staff(403, 403, 403)),
    "desk/posts/<post>/handover/": (sheet(), everybody(405)),
    "desk/posts/<post>/handover.docx": (sheet(), everybody(405)),
    "supervision/": (staff(403, 403, 200), everybody(405)),
    "supervision/cases/": (staff(403, 403, 200), everybody(405)),
    "supervision/cases.csv": (staff(403, 403, 200), everybody(405)),
    "supervision/stalls/": (staff(403, 403, 200), everybody(405)),
    "supervision/stalls/cases/": (staff(403, 403, 200), everybody(405)),
    "supervision/decisions/": (staff(200, 200, 200), everybody(405)),
    "supervision/proposals/": (staff(403, 403, 200), everybody(405)),
    "supervision/proposals/<reference>/": (staff(403, 403, 404), staff(403, 403, 409)),
    "supervision/samples/": (reads_samples(200), everybody(405)),
    "supervision/samples/new/": (reads_samples(200), reads_samples(422)),
    "supervision/samples/<number>/": (reads_samples(404), everybody(405)),
    "supervision/samples/<number>/<place>/": (reads_samples(404), reads_samples(404)),
    "dispatch/": ({**staff(403, 403, 200), "supervision": "/dispatch/disputes/"}, everybody(405)),
    "dispatch/new.csv": ({**staff(403, 403, 200), "supervision": 403}, everybody(405)),
    "dispatch/duties.csv": (staff(200, 200, 200), everybody(405)),
    "dispatch/several/": (
        {**staff(403, 403, "/dispatch/"), "supervision": 403},
        {**staff(403, 403, 422), "supervision": 403},
    ),
    "dispatch/next/": ({**staff(403, 403, "/dispatch/"), "supervision": 403}, everybody(405)),
    "dispatch/disputes/": (staff(403, 403, 200), everybody(405)),
    "dispatch/disputes/<reference>/": (staff(403, 403, "/desk/<reference>/"), everybody(405)),
    "dispatch/duplicates/": ({**staff(403, 403, 200), "supervision": 403}, everybody(405)),
    "dispatch/duplicates/joined/": ({**staff(403, 403, 200), "supervision": 403}, everybody(405)),
    "dispatch/duplicates/different/": (
        everybody(405),
        {**staff(403, 403, 404), "supervision": 403},
    ),
    "dispatch/duplicates/different/<number>/": (
        everybody(405),
        {**staff(403, 403, 404), "supervision": 403},
    ),
    "dispatch/duties/": (staff(200, 200, 200), everybody(405)),
    "dispatch/duties/propose/": (staff(403, 403, 200), staff(403, 403, 422)),
    "dispatch/duties/proposals/<number>/": (staff(403, 403, 404), staff(403, 403, 404)),
    "dispatch/<reference>/": (
        staff(403, 404, "/desk/<reference>/"),
        staff(403, 404, "/desk/<reference>/"),
    ),
    "dispatch/<reference>/note/": (
        {**staff(403, 403, 200), "supervision": 403},
        {**staff(403, 403, 422), "supervision": 403},
    ),
    "desk/<reference>/note/": (
        {**staff(200, 404, 200), "supervision": 403},
        {**staff(422, 404, 422), "supervision": 403},
    ),
}
STAND_FOR = {
    **dict.fromkeys(("note", "withdraw", "judge", "object", "appeal", "hand-over"), "<verb>"),
    **dict.fromkeys(("rate", "look-back", "ask-escalation"), "<verb>"),
    **dict.fromkeys(("notice", "history"), "<kind>"),
    "notice.docx": "<kind>.docx",
    "rates.csv": "<figure>.csv",
    "rates.json": "<figure>.json",
}
"""Verbs and kinds of document that stand for all of them in addresses."""

PARTS = {
    "<str:reference>": "<reference>",
    "<str:officer>": "<officer>",
    "<int:pk>": "<key>",
    "<str:token>": "<token>",
    "<slug:verb>": "<verb>",
    "<str:post>": "<post>",
    "<str:key>": "<file>",
    "<str:secret>": "<secret>",
    "<int:number>": "<number>",
    "<int:place>": "<place>",
    "<str:number>": "<public>",
    "<slug:kind>": "<kind>",
    "<slug:figure>": "<figure>",
    "<str:code>": "<code>",
    "<slug:table>": "<table>",
    "<str:item>": "<item>",
}


def addresses(
    patterns: list[URLPattern | URLResolver] | None = None, above: str = ""
) -> Iterator[str]:
    """Yield every address, with names in angle brackets for its variable parts."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        path = above + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from addresses(one.url_patterns, path)
        else:
            for pattern, name in PARTS.items():
                path = path.replace(pattern, name)
            yield path


def listed() -> set[str]:
    """Return the addresses of the matrix, with every verb as `<verb>`, every kind as `<kind>`."""
    return {"/".join(STAND_FOR.get(part, part) for part in one.split("/")) for one in MATRIX}


@pytest.fixture
def reference() -> str:
    city()
    for code in OFFICERS.values():
        create_account(code, by=Actor.system(), now=town.MONDAY, officer=code)
    create_account(ACCOUNTS["nobody"], by=Actor.system(), now=town.MONDAY)
    return opens(browser())


def adds_a_file(reference: str) -> str:
    """Let Mrs Liu add a letter to her request; return the id of the file."""
    letter = [prepare("letter.pdf", uploads.document())]
    by = Actor.requester(1)
    perform("note", reference, {"text": "See"}, by=by, now=town.MONDAY, files=letter)
    return str(KeptFile.objects.get().pk)


def comes(role: str, reference: str) -> Client:
    """Return the browser of somebody who just came."""
    client = browser()
    if role in ACCOUNTS:
        sign_in(client, Account.objects.get(username=ACCOUNTS[role]))
    elif role == "other":
        opens(client, text="Something else entirely")
    elif role == "own":
        session = client.session
        session["opened"] = {
            reference: {"until": 2e10, "mark": access_mark(reference), "proven": 2e10}
        }
        session.save()
        client.cookies["sessionid"] = session.session_key
    return client


def test_every_address_is_in_the_matrix():
    assert set(addresses()) == listed()


def test_an_address_that_is_forgotten_is_noticed():
    from django.urls import path  # noqa: PLC0415 only here

    patterns = [path("secret/<str:reference>/", lambda _request: None)]
    assert set(addresses(patterns)) - listed() == {"secret/<reference>/"}


@pytest.mark.parametrize("address", MATRIX)
def test_who_may_come_where(address, reference):
    path = "/" + address.replace("<reference>", reference).replace("<post>", "water-duty")
    path = path.replace("<number>", "1").replace("<place>", "1")
    path = path.replace("<table>", "posts").replace("<item>", "mayor")
    path = path.replace("<key>", "1").replace("<officer>", town.LI_NA)
    if "<file>" in path:
        path = path.replace("<file>", adds_a_file(reference))
    for method, answers in zip(METHODS, MATRIX[address], strict=True):
        for role in ROLES:
            answer = comes(role, reference).generic(
                method, path, content_type="application/x-www-form-urlencoded"
            )
            moved = answer.status_code == HTTPStatus.FOUND
            got = answer.url.split("?")[0].replace(reference, "<reference>") if moved else None
            assert (role, method, got or answer.status_code) == (role, method, answers[role])
            if role not in {"own", "holder", "dispatcher", "supervision"}:
                assert PRIVATE not in answer.getvalue().decode(), (role, method)
