"""Who sees what: every address for every role, every field of the case by its canary.

Security requirements R13 (personal data only where they belong), R17 (who looked is recorded), R19
(no officer reads a case outside role and assignment; identity is hidden field by field) and R21.
The expectations are written by hand: `test_permission_matrix.MATRIX` has a row for each address,
`LIKE` says whose column the other roles have, `EXCEPT` where they differ.
"""

import sys
from collections.abc import Iterator
from http import HTTPStatus
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db import transaction
from pikepdf import Pdf

from dandang.ledger.queries import size
from dandang.lifecycle.intake.queries import access_mark
from tests import town
from tests.interfaces.desk.office import account
from tests.interfaces.roles import ACCOUNTS, CANARIES, ROLES, World, world
from tests.interfaces.stories import browser, city, officer
from tests.interfaces.test_permission_matrix import MATRIX
from tests.signing import sign_in

pytestmark = pytest.mark.django_db

LIKE = {
    "assistant": "elsewhere",
    "elsewhere": "elsewhere",
    "head": "holder",
    "intake": "dispatcher",
    "call_back": "dispatcher",
    "leader": "supervision",
    "auditor": "elsewhere",
    "administrator": "elsewhere",
    "kept_out": "supervision",
}
READERS = {
    *("holder", "assistant", "head", "intake", "dispatcher", "call_back"),
    *("supervision", "leader", "auditor"),
}
MEETS = {"holder", "head", "intake", "dispatcher", "call_back", "supervision"}
SEES: dict[str, set[str]] = {
    "name": {"own"},
    "phone": {"own"},
    "email": {"own"},
    "masked_phone": MEETS,
    "text": {"own", *READERS},
    "internal_note": READERS,
    "private_answer": {"own", "dispatcher", "call_back", "supervision"},
    "author_of_objection": {"supervision"},
    "file": {"own", *READERS},
}
"""Whom each field of the case may ever be shown to, whatever the address."""

LISTS_OFFICERS = ("setup/", "desk/directory/", "account/")
"""Addresses that name officers for what they are, not for what they wrote."""

BEHIND = ("desk/", "dispatch/", "supervision/", "setup/", "search/")
OUTSIDE = {"desk/calendar/<secret>.ics", "desk/to-decide/", "desk/go-on/"}
"""What needs no session, its address being the key; and what leads elsewhere within."""

ACTS_ON_NOTHING = ("auditor", "administrator", "kept_out", "nobody", "stranger", "other")
"""Who sends every form of the desk and changes nothing by it."""

EXCEPT: dict[str, dict[str, int | str]] = {
    "c/<reference>/rate/": {"own": 200},
    "account/events/all/": {"auditor": 200, "administrator": 200},
    "account/events/all.csv": {"auditor": 200, "administrator": 200},
    "account/people/": {"administrator": 200},
    "account/people/<officer>/": {"administrator": 200},
    "setup/": {"administrator": 200},
    "setup/body/": {"administrator": 200},
    "setup/files/": {"administrator": 200},
    "setup/notices/": {"administrator": 200},
    "setup/policy/": {"administrator": 200},
    "setup/policy/new/": {"administrator": 200},
    "setup/policy/<number>/": {"administrator": 404},
    "setup/policy/versions/<number>/": {"administrator": 404},
    "setup/notices/new/": {"administrator": 200},
    "setup/<table>.csv": {"administrator": 200},
    "setup/<table>/": {"administrator": 200},
    "setup/<table>/new/": {"administrator": 200},
    "setup/<table>/<item>/": {"administrator": 200},
    "setup/<table>/<item>/end/": {"administrator": 200},
    "desk/call-backs/": {"intake": 403},
    "desk/precedents/": {"administrator": 403},
    "search/person/": {"leader": 404},
    "desk/<reference>/": {"assistant": 200, "auditor": 200, "kept_out": 404},
    "desk/<reference>/files/<file>/": {"assistant": 200, "auditor": 200, "kept_out": 404},
    "desk/<reference>/documents/history/": {"assistant": 200, "auditor": 200, "kept_out": 404},
    "desk/<reference>/identity/": {"assistant": 403, "auditor": 403, "kept_out": 404},
    "desk/<reference>/documents/notice/": {
        "assistant": 403,
        "head": 200,
        "intake": 403,
        "call_back": 403,
        "auditor": 403,
        "kept_out": 404,
    },
    "desk/<reference>/documents/notice.docx": {
        "assistant": 403,
        "head": 200,
        "intake": 403,
        "call_back": 403,
        "auditor": 403,
        "kept_out": 404,
    },
    "supervision/": {"head": 200, "intake": 403, "call_back": 403},
    "supervision/cases/": {"head": 200, "intake": 403, "call_back": 403},
    "supervision/cases.csv": {"head": 200, "intake": 403, "call_back": 403},
    "supervision/stalls/": {"head": 200, "intake": 403, "call_back": 403},
    "supervision/stalls/cases/": {"head": 200, "intake": 403, "call_back": 403},
    "supervision/proposals/": {"head": 200, "intake": 403, "call_back": 403},
    "supervision/proposals/<reference>/": {"head": 404, "intake": 403, "call_back": 403},
    "supervision/samples/": {"leader": 403, "auditor": 200},
    "supervision/samples/new/": {"leader": 403, "auditor": 200},
    "supervision/samples/<number>/": {"leader": 403, "auditor": 404},
    "supervision/samples/<number>/<place>/": {"leader": 403, "auditor": 404},
    "dispatch/": {"call_back": 403},
    "dispatch/next/": {"call_back": 403},
    "dispatch/new.csv": {"call_back": 403},
    "dispatch/several/": {"call_back": 403},
    "dispatch/disputes/": {"intake": 403, "call_back": 403},
    "dispatch/duplicates/": {"intake": 403, "call_back": 403},
    "dispatch/duplicates/joined/": {"intake": 403, "call_back": 403},
    "dispatch/disputes/<reference>/": {"intake": 403, "call_back": 403, "kept_out": 404},
    "dispatch/duties/propose/": {"head": 200, "intake": 403, "call_back": 403, "leader": 403},
    "dispatch/duties/proposals/<number>/": {
        "head": 404,
        "intake": 403,
        "call_back": 403,
        "leader": 403,
        "administrator": 404,
    },
    "dispatch/<reference>/": {"assistant": 403, "call_back": 403, "auditor": 403, "kept_out": 404},
    "dispatch/<reference>/note/": {"call_back": 403, "kept_out": 404},
    "desk/<reference>/note/": {"assistant": 200, "head": 403, "auditor": 403, "kept_out": 404},
    "desk/open/": {"intake": 403, "call_back": 403},
    "desk/<reference>/moved-on/": {"assistant": 200, "auditor": 200, "kept_out": 404},
    "desk/<reference>/note/go-on/": {
        "assistant": 200,
        "head": 403,
        "auditor": 403,
        "kept_out": 404,
    },
}
"""Where a role gets another answer than the column it is like."""

PUBLIC = ("open/", "new/", "c/", "language/")
BEFORE_PUBLIC = ("stranger", "own", "other", "holder")
"""Who comes to public addresses: being signed in changes nothing there."""


def test_every_role_has_a_column_and_every_field_a_rule():
    assert set(ROLES) - {"stranger", "own", "other", "nobody", "holder", "dispatcher"} - {
        "supervision"
    } == set(LIKE), "a new role: say in LIKE whose column of the matrix it has"
    assert set(SEES) == set(CANARIES), "a new field: plant a canary and say in SEES who sees it"


def path_of(address: str, built: World) -> str:
    named = {
        "<reference>": built.reference,
        "<post>": "water-duty",
        "<number>": "999999",
        "<place>": "1",
        "<table>": "posts",
        "<item>": "mayor",
        "<key>": "1",
        "<officer>": town.LI_NA,
        "<file>": built.file,
    }
    for part, value in named.items():
        address = address.replace(part, value)
    return "/" + address


def expected(address: str, role: str) -> int | str:
    return EXCEPT.get(address, {}).get(role, MATRIX[address][0][LIKE.get(role, role)])


def words_in(answer) -> str:
    """Return everything that an answer says, also a streamed one, a packed or a written one."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content.startswith(b"PK"):
        with ZipFile(BytesIO(content)) as packed:
            content = b"\n".join(packed.read(name) for name in packed.namelist())
    elif content.startswith(b"%PDF-"):
        with Pdf.open(BytesIO(content)) as pdf:
            content = b"\n".join(page.Contents.read_bytes() for page in pdf.pages)
    return content.decode(errors="replace")


def shown_in(words: str, secret: str) -> set[str]:
    assert secret not in words
    return {field for field, canary in CANARIES.items() if canary in words}


def came_to(answer, reference: str) -> int | str:
    """Return the status of an answer, or the path that it leads to."""
    if answer.status_code != HTTPStatus.FOUND:
        return answer.status_code
    return answer.url.split("?")[0].replace(reference, "<reference>")


def may_show(address: str, role: str, field: str) -> bool:
    names_officers = field == "author_of_objection" and address.startswith(LISTS_OFFICERS)
    return role in SEES[field] or names_officers


def visits(built: World) -> Iterator[tuple[str, str, int | str, set[str]]]:
    """Yield each address and role, where it came to, and which fields it was shown."""
    secret, entries = access_mark(built.reference), size()
    for address in MATRIX:
        for role, client in built.clients.items():
            if address.startswith(PUBLIC) and role not in BEFORE_PUBLIC:
                continue
            with transaction.atomic():
                answer = client.get(path_of(address, built))
                assert size() == entries, f"{address} · {role}: looking at it wrote an entry"
                transaction.set_rollback(True)
            found = shown_in(words_in(answer), secret)
            yield address, role, came_to(answer, built.reference), found


def test_every_address_shows_each_role_what_it_may_see(record_property, capsys):
    wrong: list[str] = []
    cells = 0
    seen: dict[str, set[str]] = {field: set() for field in CANARIES}
    for address, role, came, found in visits(world()):
        if came != expected(address, role):
            wrong.append(f"{address} · {role}: {came}, not {expected(address, role)}")
        wrong += [
            f"{address} · {role}: shows the {field}"
            for field in found
            if not may_show(address, role, field)
        ]
        for field in found:
            seen[field].add(role)
        cells += 1 + len(CANARIES)
    advice = "say in MATRIX (or EXCEPT) who may come, in SEES who may see:\n"
    assert not wrong, advice + "\n".join(wrong)
    for field in ("text", "file"):
        assert seen[field] >= SEES[field]
    assert seen["masked_phone"] == MEETS
    assert all(seen.values())
    record_property("cells", cells)
    with capsys.disabled():
        sys.stdout.write(f"\npermission matrix: {cells} cells\n")


def test_nothing_but_the_account_opens_without_the_second_factor_that_a_post_needs():
    city()
    client = sign_in(browser(), account(town.CHEN_HUI), second=False)
    nowhere = World("2222-2222", "1")
    inside = [one for one in MATRIX if one.startswith(BEHIND) and one not in OUTSIDE]
    for address in inside:
        for ask in (client.get, client.post):
            answer = ask(path_of(address, nowhere))
            led = answer.headers.get("Location", "")
            assert led.startswith("/account/second-factor/") or answer.status_code == 405, address
    assert len(inside) > 50
    back = client.post("/desk/go-on/?to=/desk/2222-2222/note/", {"text": "x"})
    assert back.url.startswith("/account/second-factor/")


def test_who_acts_on_nothing_changes_nothing_by_any_form(record_property):
    """R19: an empty form, and one that is filled in, sent to every address of the desk."""
    built = world()
    before = size()
    filled = {"text": "x", "seen_seq": "99", "purpose": "to_call", "request": "1", "show": "yes"}
    number = 0
    for address in MATRIX:
        if not address.startswith(("desk/<reference>", "supervision/proposals", "dispatch/<")):
            continue
        for role in ACTS_ON_NOTHING:
            built.clients[role].post(path_of(address, built), filled)
            number += 1
    for verb in ("unmask", "ask-unmask", "allow-unmask", "reply", "declare-conflict", "object"):
        for role in ACTS_ON_NOTHING:
            address = f"/desk/{built.reference}/{verb}/"
            assert built.clients[role].post(address, filled).status_code in {302, 403, 404}
            number += 1
    assert size() == before
    record_property("cells", number)


def test_who_looked_sees_the_contact_and_nobody_else():
    """R17: staff who look are recorded; R19: the contact is shown to them alone."""
    built = world()
    officer("unmask", built.reference, town.LI_NA, purpose="to_call")
    pages = (f"/desk/{built.reference}/", f"/desk/{built.reference}/documents/history/")
    for role in ACCOUNTS:
        for page in pages:
            words = built.clients[role].get(page).content.decode()
            for field in ("name", "phone", "email"):
                assert (CANARIES[field] in words) == (role == "holder"), (role, page, field)
