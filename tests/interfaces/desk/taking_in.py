"""What the stories of taking in share: people who come to the counter, and the form for them."""

import re

MRS_LIU = {
    "channel": "counter",
    "on_behalf": "in_person",
    "name": "Mrs Liu",
    "phone": "13900000000",
    "text": "No water since six.\nThe whole building.",
    "category": "water_supply",
    "area": "hudong",
    "location": "3 Hubin Road",
}
HER_DAUGHTER = {
    **MRS_LIU,
    "on_behalf": "proxy",
    "proxy_name": "Miss Liu",
    "proxy_relation": "daughter",
}
NAMELESS = {**MRS_LIU, "on_behalf": "anonymous", "name": "", "phone": ""}


def token_on(page) -> str:
    return re.search(r'name="token" value="([^"]+)"', page.content.decode())[1]


def takes_in(client, step="confirmed", **typed):
    """Fill in the form and press a button; return the answer."""
    token = typed.pop("token", None) or token_on(client.get("/desk/new/"))
    return client.post("/desk/new/", {**typed, "token": token, "step": step})


def paper(answer):
    return answer.context["paper"]
