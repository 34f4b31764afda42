"""The body's own sign-in: it opens accounts that exist, by tokens that are signed."""

import pytest
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa

from dandang.ledger.queries import events_of_types
from dandang.organization.models import Account, SignInEvent
from dandang.organization.queries import body_stream
from tests import town
from tests.interfaces.account.provider import CLIENT, SECRET, providing
from tests.interfaces.desk.office import account, at_desk
from tests.interfaces.stories import browser, city, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.allow_hosts(["127.0.0.1"])]


@pytest.fixture
def provider(settings):
    city()
    with providing() as one:
        app = {
            "provider_id": "oidc",
            "name": "City",
            "client_id": CLIENT,
            "secret": SECRET,
            "settings": {
                "server_url": one.address,
                "fetch_userinfo": False,
                "oauth_pkce_enabled": True,
            },
        }
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}
        }
        yield one


def comes(provider, client, **claims):
    """Press the button, agree at the provider, come back; return the answer."""
    provider.claims = claims
    there = client.post("/login/oidc/")
    assert there.url.startswith(f"{provider.address}/authorize?")
    return client.get("/login/oidc/callback/", provider.authorized(there.url))


def test_an_identity_that_an_administrator_entered_opens_the_account(provider):
    account(town.LI_NA)
    client = browser()
    assert "Sign in with OpenID Connect" in words_of(client.get("/login/"))
    away = comes(provider, client, sub="sub-17", preferred_username="W-017")
    assert away.url == "/login/"
    assert "No account here belongs to this identity" in words_of(client.get("/login/"))
    assert Account.objects.count() == 1
    admin = at_desk(town.TANG_YU)
    admin.post("/account/people/W-017/", {"act": "link", "subject": "sub-17"})
    assert comes(provider, client, sub="sub-17").url == "/desk/"
    assert "Water bureau · Duty desk" in words_of(client.get("/desk/"))
    kinds = [one.kind for one in SignInEvent.objects.filter(account__username="W-017")]
    assert kinds == ["identity_linked", "signed_in"]
    taken = admin.post("/account/people/H-009/", {"act": "link", "subject": "sub-17"})
    assert taken.status_code == 404
    admin.post("/account/people/W-017/", {"act": "close"})
    stays = SocialAccount.objects.count()
    assert stays == 1
    admin.post("/account/people/W-017/", {"act": "link", "subject": ""})
    assert not SocialAccount.objects.exists()
    entered = events_of_types([body_stream()], ["account_administered"])
    acts = ["identity_linked", "closed", "identity_unlinked"]
    assert [one.fields["act"] for one in entered] == acts
    assert comes(provider, browser(), sub="sub-17").url == "/login/"


def test_a_claim_opens_the_account_it_names_where_the_operator_says_so(provider, settings):
    account(town.LI_NA)
    settings.OIDC_USERNAME_CLAIM = "employee"
    assert comes(provider, browser(), sub="1", employee="X-999").url == "/login/"
    assert comes(provider, browser(), sub="1").url == "/login/"
    assert comes(provider, browser(), sub="1", employee="w-017").url == "/desk/"
    assert Account.objects.count() == 1
    # Who is called so at the provider later is somebody else: the first one stays.
    assert comes(provider, browser(), sub="2", employee="W-017").url == "/login/"
    assert comes(provider, browser(), sub="1").url == "/desk/"
    # Nobody signed in takes another identity for their own by it.
    li_na = at_desk(town.LI_NA)
    provider.claims = {"sub": "3"}
    there = li_na.post("/login/oidc/?process=connect")
    li_na.get("/login/oidc/callback/", provider.authorized(there.url))
    assert [one.uid for one in SocialAccount.objects.all()] == ["1"]


def test_whoever_comes_back_in_vain_too_often_has_to_wait(provider):
    client = browser()
    for _ in range(12):
        client.get("/login/oidc/callback/", {"error": "access_denied", "state": "x"})
    assert SignInEvent.objects.filter(detail="oidc").count() == 10
    assert client.post("/login/oidc/").url == "/login/"


@pytest.mark.parametrize(
    ("trusted", "methods", "comes_in"),
    [
        (True, ["pwd", "otp"], True),
        (True, ["pwd"], False),
        (True, ["pin"], False),
        (True, ["pwd", "pin"], False),
        (True, ["hwk"], False),
        (True, ["pwd", "mfa"], True),
        (True, None, False),
        (False, ["mfa"], False),
    ],
)
def test_a_second_factor_of_the_provider_counts_only_if_it_says_so(
    provider, settings, trusted, methods, comes_in
):
    account(town.ZHAO_MIN)
    settings.OIDC_USERNAME_CLAIM, settings.OIDC_GIVES_SECOND_FACTOR = "employee", trusted
    client = browser()
    said = {} if methods is None else {"amr": methods}
    comes(provider, client, sub="1", employee=town.ZHAO_MIN, **said)
    assert (client.get("/desk/").status_code == 200) is comes_in


def test_a_token_of_somebody_else_opens_nothing(provider, settings):
    account(town.LI_NA)
    settings.OIDC_USERNAME_CLAIM = "employee"
    hers = {"sub": "1", "employee": "W-017"}
    provider.signer = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    assert comes(provider, browser(), **hers).url == "/login/"
    provider.signer = None
    for wrong in ({"aud": "other"}, {"iss": "https://evil.example"}, {"exp": 1}):
        assert comes(provider, browser(), **hers, **wrong).url == "/login/"
    # An answer that nobody asked for, and one that comes a second time.
    client = browser()
    stray = client.get("/login/oidc/callback/", {"code": "code-1", "state": "made-up"})
    assert stray.url == "/login/"
    assert client.get("/desk/").status_code == 302
