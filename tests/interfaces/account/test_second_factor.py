"""Second factors: who needs one, how it is set up and shown, and that everything else is closed."""

import re
import time
from urllib.parse import quote

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import identify_hasher

from dandang.organization.access.codes import (
    accept_code,
    make_recovery_codes,
    matching,
    recovery_codes_left,
)
from dandang.organization.access.second_factor import kinds_of, needs_second_factor
from dandang.organization.actions.load import load_organization
from dandang.organization.entries import Post
from dandang.organization.models import KeptSession, SignInEvent
from dandang.terms import Actor
from tests import town
from tests.everywhere import kept_somewhere
from tests.interfaces.desk.office import PASSWORD, account, at_desk
from tests.interfaces.stories import browser, city, words_of
from tests.signing import SHOWN, code_of, sign_in, with_app

pytestmark = pytest.mark.django_db
HERE = "/account/second-factor/"


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def types_password(client, code):
    return client.post("/login/", {"username": code, "password": PASSWORD})


def kinds(code):
    rows = SignInEvent.objects.filter(account__username=code).order_by("pk")
    return [row.kind for row in rows]


def test_zhao_min_sets_up_an_app_and_signs_in_with_it_from_then_on():
    account(town.ZHAO_MIN, password=PASSWORD)
    client = browser()
    assert types_password(client, town.ZHAO_MIN).url == "/desk/"
    # Her posts need a second factor: everything else is closed until she has one.
    led = client.get("/desk/?queue=accept")
    assert led.url == f"{HERE}?next=%2Fdesk%2F%3Fqueue%3Daccept"
    assert "Your posts need a second factor" in words_of(client.get(led.url))
    for closed in ("/desk/calendar/", "/desk/messages/", "/desk/ABCD-EFGH/files/1/"):
        assert client.get(closed).url.startswith(HERE)
    # She has just signed in, so nobody asks for her password again.
    page = client.get(f"{HERE}app/")
    assert "<svg" in page.content.decode()
    secret = page.context["secret"].replace(" ", "")
    assert client.post(f"{HERE}app/", {"code": "000000"}).status_code == 422
    used = code_of(secret)
    done = client.post(f"{HERE}app/", {"code": used})
    assert done.url == f"{HERE}codes/"
    shown = words_of(client.get(done.url))
    assert len(re.findall(r"\b\d{4}-\d{4}-\d{4}\b", shown)) == 10
    assert "shown when they were made" in words_of(client.get(done.url))
    assert client.get("/desk/").status_code == 200
    kept = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in kept
    client.post("/logout/")

    assert types_password(client, town.ZHAO_MIN).url == "/login/code/"
    assert client.get("/desk/").url.startswith("/login/")
    assert client.get("/login/").url == "/login/code/"
    # The code with which she set it up is used up, in this process and every other one.
    assert client.post("/login/code/", {"code": used}).status_code == 422
    assert client.post("/login/code/", {"code": code_of(secret, later=1)}).url == "/desk/"
    assert client.get("/desk/").status_code == 200
    assert kinds(town.ZHAO_MIN) == [
        *("signed_in", "factor_added", "signed_out", "failed", "signed_in"),
    ]


def test_a_recovery_code_works_once():
    mine = account(town.ZHAO_MIN, password=PASSWORD)
    with_app(mine)
    client = sign_in(browser(), mine)
    assert client.get(f"{HERE}codes/new/").url.startswith("/account/confirm/code/")
    client = fresh(client)
    assert client.post(f"{HERE}codes/new/").url == f"{HERE}codes/"
    (code, *_) = re.findall(r"\b\d{4}-\d{4}-\d{4}\b", words_of(client.get(f"{HERE}codes/")))
    for expected in ("/desk/", None):
        other = browser()
        types_password(other, town.ZHAO_MIN)
        answer = other.post("/login/code/", {"code": code})
        assert getattr(answer, "url", None) == expected
    assert "9 codes are left" in words_of(client.get(HERE))
    assert "recovery_used" in kinds(town.ZHAO_MIN)
    assert "Recovery code used" in words_of(client.get("/account/"))


def test_recovery_codes_are_kept_as_passwords_are_and_new_ones_end_the_old():
    mine = account(town.ZHAO_MIN)
    with_app(mine)
    old, new = make_recovery_codes(mine), make_recovery_codes(mine)
    kept = Authenticator.objects.get(type="recovery_codes").data
    assert [identify_hasher(one).algorithm for one in kept["hashes"]] == ["md5"] * 10
    assert kept_somewhere(*old, *new) == []
    wrong = (*old, new[0][:-1], new[0] + "1", "１" + new[1][1:], "6" * 12)
    assert [accept_code(mine, code) for code in wrong] == [None] * 14
    assert accept_code(mine, f" {new[3][:4]} {new[3][4:]} ").type == "recovery_codes"
    assert accept_code(mine, new[3]) is None
    assert recovery_codes_left(mine) == 9
    Authenticator.objects.filter(type="recovery_codes").update(data={"seed": "x"})
    assert (accept_code(mine, new[4]), recovery_codes_left(mine)) == (None, 0)


def test_a_code_of_an_app_lives_half_a_minute_unless_the_operator_takes_neighbours(settings):
    mine = account(town.ZHAO_MIN)
    secret = with_app(mine)
    settings.MFA_TOTP_TOLERANCE = 0
    assert [matching(secret, code_of(secret, later=far)) for far in (-1, 2)] == [None, None]
    # The half minute may end between making a code and looking at it, once.
    assert any(matching(secret, code_of(secret)) is not None for _ in range(2))
    settings.MFA_TOTP_TOLERANCE = 2
    assert matching(secret, code_of(secret, later=1)) is not None


def fresh(client):
    """Let whoever is signed in have confirmed it just now."""
    session = client.session
    session[SHOWN] = [{**one, "reauthenticated": True, "at": time.time()} for one in session[SHOWN]]
    session.save()
    return client


def test_a_change_is_confirmed_first_with_the_factor_one_has():
    mine = account(town.ZHAO_MIN, password=PASSWORD)
    secret = with_app(mine)
    client = sign_in(browser(), mine)
    asked = client.get(f"{HERE}app/remove/")
    assert asked.url == f"/account/confirm/code/?next={quote(HERE + 'app/remove/', safe='')}"
    # A password alone does not do for whoever has more.
    assert client.post("/account/confirm/", {"password": PASSWORD}).url.startswith(
        "/account/confirm/code/"
    )
    assert client.post(asked.url, {"code": "123456"}).status_code == 422
    there = client.post(asked.url, {"code": code_of(secret), "next": f"{HERE}app/remove/"})
    assert there.url == f"{HERE}app/remove/"
    assert "Take the app away" in words_of(client.get(there.url))
    assert client.post(there.url).url == HERE
    assert not Authenticator.objects.exists()
    assert "factor_removed" in kinds(town.ZHAO_MIN)


def test_whoever_has_only_the_bodys_own_sign_in_comes_by_it_anew_before_a_change():
    mine = account(town.LI_NA)
    client = sign_in(browser(), mine, second=False)
    assert client.get(f"{HERE}app/").status_code == 200
    session = client.session
    session[SHOWN] = [{**one, "at": one["at"] - 901} for one in session[SHOWN]]
    session.save()
    assert client.get(f"{HERE}passkeys/new/").url == f"/login/?next={HERE}passkeys/new/"
    assert "Please sign in again to change how you sign in" in words_of(client.get("/login/"))
    assert client.get("/account/").url.startswith("/login/")


def test_a_post_taken_up_during_a_session_asks_for_the_factor_and_one_that_ends_closes_the_desk():
    li_na = sign_in(browser(), account(town.LI_NA, password=PASSWORD), second=False)
    assert li_na.get("/desk/").status_code == 200
    files = town.files()
    rows = files["appointments.csv"].decode().splitlines(keepends=True)
    hers = next(row for row in rows if row.startswith("W-017,water-duty"))

    def appointed(row):
        changed = "".join(row if one == hers else one for one in rows).encode()
        load_organization(
            {**files, "appointments.csv": changed}, by=Actor.system(), now=town.MONDAY
        )

    appointed(hers.replace("water-duty", "supervision-desk"))
    assert li_na.get("/desk/").url.startswith(HERE)
    appointed("")
    assert li_na.get("/desk/").url == "/account/"
    page = words_of(li_na.get("/account/"))
    assert "none at present: you see this page alone" in page
    assert li_na.get("/account/people/").status_code == 403


@pytest.mark.parametrize(("setting", "asked"), [("none", False), ("all", True), ("duty", True)])
def test_the_body_says_whose_posts_need_one(settings, setting, asked):
    settings.SECOND_FACTOR = kinds_of(setting)
    of_no_kind = Post("water-post", "water", "岗位", "Post")
    assert needs_second_factor([of_no_kind], settings.SECOND_FACTOR) is asked
    li_na = sign_in(browser(), account(town.LI_NA), second=False)
    assert (li_na.get("/desk/").status_code == 302) is asked


def test_passkeys_are_named_renamed_and_taken_away_by_their_owner_alone():
    mine, other = account(town.ZHAO_MIN), account(town.LI_NA)
    for whose in (mine, other):
        Authenticator.objects.create(
            user=whose, type="webauthn", data={"name": "Old <b>", "credential": {}}
        )
    key, theirs = (Authenticator.objects.get(user=one) for one in (mine, other))
    client = fresh(sign_in(browser(), mine))
    assert "Old &lt;b&gt;" in client.get(HERE).content.decode()
    assert client.post(f"{HERE}passkeys/{key.pk}/", {"name": "Phone"}).url == HERE
    assert client.post(f"{HERE}passkeys/{theirs.pk}/", {"name": "Mine"}).status_code == 404
    assert client.post(f"{HERE}passkeys/{theirs.pk}/remove/").status_code == 404
    assert "Phone" in words_of(client.get(HERE))
    assert client.post(f"{HERE}passkeys/{key.pk}/remove/").url == HERE
    assert list(Authenticator.objects.all()) == [theirs]


def test_a_wrong_passkey_is_said_plainly():
    client = browser()
    options = client.get("/login/passkey/", headers={"accept": "application/json"}).json()
    assert options["request_options"]["publicKey"]["userVerification"] == "required"
    answer = client.post("/login/passkey/", {"credential": "{}"})
    assert answer.url == "/login/"
    assert "This passkey was not accepted" in words_of(client.get("/login/"))
    assert client.get("/login/passkey/").url == "/login/"
    # Whoever goes on has to wait, and fills no list of what happened.
    for _ in range(12):
        client.post("/login/passkey/", {"credential": "{}"})
    assert "Too many wrong tries" in words_of(client.get("/login/"))
    assert SignInEvent.objects.filter(detail="passkey").count() == 10


@pytest.mark.parametrize(
    "sent",
    ["9" * 5000, "[" * 9000, '{"id": 1}', '{"id": "a", "rawId": "a", "response": {}}', "[]", "\0"],
)
def test_what_is_no_passkey_is_refused_wherever_it_is_sent(sent):
    mine = account(town.ZHAO_MIN, password=PASSWORD)
    with_app(mine)
    half, stranger, me = browser(), browser(), fresh(sign_in(browser(), mine))
    types_password(half, town.ZHAO_MIN)
    for client, address, status in (
        (stranger, "/login/passkey/", 302),
        (half, "/login/code/", 422),
        (me, f"{HERE}passkeys/new/", 422),
    ):
        assert client.post(address, {"credential": sent, "name": "y"}).status_code == status
    assert me.post("/account/sessions/", {"end": sent}).status_code == 302


def test_guessing_codes_is_slowed_down_like_guessing_passwords():
    mine = account(town.ZHAO_MIN, password=PASSWORD)
    secret = with_app(mine)
    client = browser()
    types_password(client, town.ZHAO_MIN)
    for _ in range(5):
        assert client.post("/login/code/", {"code": "000000"}).status_code == 422
    late = client.post("/login/code/", {"code": code_of(secret)})
    assert "Too many wrong tries" in words_of(late)
    assert accept_code(mine, code_of(secret)) is not None


def test_a_session_ends_when_it_is_not_used_or_after_the_longest_time():
    for column in ("seen_at", "started_at"):
        client = at_desk(town.LI_NA)
        row = KeptSession.objects.filter(account__username=town.LI_NA)
        row.update(**{column: town.MONDAY})
        assert client.get("/desk/").url.startswith("/login/")
        row.delete()
