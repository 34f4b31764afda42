"""Everybody who could come, for the matrix: one person for each role, and one case with canaries.

Mrs Lindholm's case is held by Li Na at the water bureau; the housing bureau helps with it. Whatever
must not be seen by everybody stands in it as words that stand nowhere else.
"""

from dataclasses import dataclass, field

from django.test import Client

from dandang.lifecycle.casework.files.preparing import prepare
from dandang.lifecycle.casework.models import KeptFile
from dandang.lifecycle.intake.queries import access_mark
from dandang.lifecycle.perform import perform
from dandang.organization.actions.accounts import create_account
from dandang.organization.actions.load import load_organization
from dandang.organization.models import Account
from dandang.terms import Actor
from tests import town
from tests.interfaces.stories import browser, city, officer, opens
from tests.lifecycle import uploads
from tests.signing import sign_in

INTAKE, CALL_BACK, SECOND_SUPERVISOR, AUTHOR = "X-101", "X-102", "X-103", "X-104"
NEW = {
    INTAKE: ("hotline-intake", "Ida Intake"),
    CALL_BACK: ("callback-desk", "Carl Callback"),
    SECOND_SUPERVISOR: ("supervision-desk", "Sven Second"),
    AUTHOR: ("water-night", "Quentin Objector"),
}
ACCOUNTS = {
    "holder": town.LI_NA,
    "assistant": town.WANG_QIANG,
    "elsewhere": town.LUO_JING,
    "head": town.SUN_TAO,
    "intake": INTAKE,
    "dispatcher": town.ZHAO_MIN,
    "call_back": CALL_BACK,
    "supervision": town.CHEN_HUI,
    "leader": town.MA_LIN,
    "auditor": town.XU_FANG,
    "administrator": town.TANG_YU,
    "kept_out": SECOND_SUPERVISOR,
    "nobody": "guest",
}
ROLES = ("stranger", "own", "other", *ACCOUNTS)
"""`kept_out` is in supervision, and declared a conflict; `nobody` is an account of no officer."""

CANARIES = {
    "name": "Canarina Lindholm",
    "phone": "13912340987",
    "email": "canary.mail@example.org",
    "masked_phone": "139****0987",
    "text": "The canary well is dry",
    "internal_note": "Note of the canary pump",
    "private_answer": "Somebody asked me to answer in a certain way",
    "author_of_objection": "Quentin Objector",
    "file": "canary letter, call 13700004321",
}


@dataclass
class World:
    """The case, its file, and a browser for each role."""

    reference: str
    file: str
    clients: dict[str, Client] = field(default_factory=dict)


def people() -> dict[str, bytes]:
    """Return the city's files with an officer of their own for each role."""
    files = town.files()
    entries = "".join(
        f'\n[[officers]]\ncode = "{code}"\nname_zh = "某{code}"\nname_en = "{name}"\n'
        for code, (_, name) in NEW.items()
    )
    calls = "callback-desk,hotline,回访岗,Calls,call_back,\n"
    appointed = "".join(f"{code},{post},2026-01-01,\n" for code, (post, _) in NEW.items())
    return {
        **files,
        "organization.toml": files["organization.toml"] + entries.encode(),
        "posts.csv": files["posts.csv"] + calls.encode(),
        "appointments.csv": files["appointments.csv"] + appointed.encode(),
    }


def world() -> World:
    """Build the city, the case with its canaries, and let everybody sit down."""
    city()
    load_organization(people(), by=Actor.system(), now=town.MONDAY)
    for code in ACCOUNTS.values():
        known = None if code == "guest" else code
        create_account(code, by=Actor.system(), now=town.MONDAY, officer=known)
    built = World(*_case())
    for role in ROLES:
        built.clients[role] = _comes(role, built.reference)
    return built


def _case() -> tuple[str, str]:
    reference = opens(
        browser(),
        text=CANARIES["text"],
        **{name: CANARIES[name] for name in ("name", "phone", "email")},
    )
    letter = [prepare("letter.pdf", uploads.document(change=_says))]
    by = Actor.requester(1)
    perform("note", reference, {"text": "See"}, by=by, now=town.MONDAY, files=letter)
    officer("accept", reference, town.LI_NA)
    officer("note", reference, town.LI_NA, text=CANARIES["internal_note"], internal=True)
    objection = {"to_post": "supervision-desk", "text": "This pump is not safe"}
    officer("object", reference, AUTHOR, **objection)
    officer("propose", reference, town.LI_NA, outcome="resolved", text="Repaired")
    no = {"verdict": "no", "was_pressed": True}
    perform("judge", reference, no, by=by, now=town.MONDAY)
    officer("request-assist", reference, town.LI_NA, of_post="housing-duty", text="The cellar")
    officer("declare-conflict", reference, SECOND_SUPERVISOR, text="My own house")
    return reference, str(KeptFile.objects.get().pk)


def _says(pdf) -> None:
    pdf.pages[0].Contents = pdf.make_stream(f"BT ({CANARIES['file']}) Tj ET".encode())


def _comes(role: str, reference: str) -> Client:
    client = browser()
    if role in ACCOUNTS:
        return sign_in(client, Account.objects.get(username=ACCOUNTS[role]))
    if role == "other":
        opens(client, text="Something else entirely")
    elif role == "own":
        session = client.session
        opened = {"until": 2e10, "mark": access_mark(reference), "proven": 2e10}
        session["opened"] = {reference: opened}
        session.save()
        client.cookies["sessionid"] = session.session_key
    return client
