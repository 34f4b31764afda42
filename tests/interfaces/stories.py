"""What the web stories share: a browser without scripts, Mrs Liu's request, officers who act."""

import re
from datetime import datetime, timedelta
from html import unescape

from django.core.cache import cache
from django.test import Client

from dandang.interfaces.shared import clock
from dandang.interfaces.shared.titles import title_of
from dandang.lifecycle.intake.actions import open_request
from dandang.lifecycle.intake.rules import Contact, Open
from dandang.lifecycle.perform import perform
from dandang.organization.actions.training import freeze_time
from dandang.terms import Actor
from tests import town

NO_WATER = {
    "text": "No water since this morning.\nThe whole building, 3 Hubin Road.",
    "title": "",
    "category": "water_supply",
    "area": "hudong",
    "location": "3 Hubin Road",
    "happening_now": "",
    "name": "Mrs Liu",
    "phone": "13900000000",
    "email": "",
}


def browser(language: str = "en") -> Client:
    """Return a fresh browser that reads this language."""
    return Client(headers={"accept-language": language})


def city(now: datetime = town.MONDAY) -> None:
    """Build Jiangcheng, hold its time still, and forget what earlier stories left in the cache."""
    cache.clear()
    town.build(now)
    wait_until(now)


def wait_until(now: datetime) -> None:
    """Let the city's time be this."""
    freeze_time(now)


def words_of(response) -> str:
    """Return the visible words of a page, without tags."""
    text = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", response.content.decode())
    return " ".join(unescape(text).split())


def token_of(response) -> str:
    """Return the token of the form that sends a report."""
    return re.search(r'name="token" value="([^"]+)"', response.content.decode())[1]


STEPS = {
    "where": ("area", "location"),
    "what": ("text", "title", "category", "happening_now", "subject_unit", "may_publish"),
    "contact": ("name", "phone", "email"),
}


def writes(client: Client, **changes: str):
    """Fill in the steps of a report, without a suggested category; return the check page."""
    typed = {**NO_WATER, **changes}
    typed["category"] = typed["category"] or "unsure"
    for step, fields in STEPS.items():
        answer = client.post(f"/new/{step}/", {one: typed.get(one, "") for one in fields})
        if answer.status_code != 302:
            return answer
    return client.get("/new/check/")


def sends(client: Client, **changes: str):
    """Fill in the steps of a report and send it; return the answer."""
    page = writes(client, **changes)
    if page.status_code != 200:
        return page
    return client.post("/new/check/", {"token": token_of(page)})


def opens(client: Client, **changes: str) -> str:
    """Send a request and return its reference."""
    response = sends(client, **changes)
    assert response.status_code == 302, words_of(response)
    return response.url.strip("/").split("/")[-1]


def sent(**changes: str) -> str:
    """Send the same without its pages, for stories that are about what happens afterwards."""
    typed = {**NO_WATER, **changes}
    wish = Open(
        title=typed.get("title") or title_of(typed["text"]),
        text=typed["text"],
        channel="web",
        category=typed["category"],
        area=typed["area"],
        location=typed["location"],
        contact=Contact(typed["name"], typed["phone"], typed["email"]),
        happening_now=bool(typed["happening_now"]),
        can_follow=True,
        may_publish=bool(typed.get("may_publish")),
        subject_units=tuple(filter(None, [typed.get("subject_unit")])),
    )
    return open_request(wish, by=Actor.requester(1), now=clock.now()).reference


def code_on(client: Client, reference: str) -> str:
    """Return the access code on the receipt."""
    page = words_of(client.get(f"/c/{reference}/"))
    return re.search(r"Access code ((?:[2-9A-Z]{2,4} ){6}[2-9A-Z]{2})", page)[1]


def officer(verb: str, reference: str, code: str, at: datetime = town.MONDAY, **values):
    """Let an officer do a verb."""
    return perform(verb, reference, values, by=Actor.officer(code), now=at)


def proposed(client: Client, **changes: str) -> str:
    """Send a request that Li Na accepts and says is done."""
    reference = opens(client, **changes)
    officer("accept", reference, town.LI_NA)
    officer(
        "propose", reference, town.LI_NA, outcome="resolved", text="The pipe has been replaced."
    )
    return reference


def later(**span: float) -> datetime:
    """Return a time after the beginning of the stories, and let it be now."""
    at = town.MONDAY + timedelta(**span)
    wait_until(at)
    return at
