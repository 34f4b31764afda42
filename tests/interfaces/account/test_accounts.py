"""Accounts: locks, sessions, passwords, invitations, what administrators do, and what is kept."""

import hashlib
import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.db import DatabaseError, transaction
from django.utils import timezone

from dandang.ledger.queries import events_of_types
from dandang.organization.access.locks import BOTH, NAME, named
from dandang.organization.access.passwords import stands_in
from dandang.organization.actions.accounts import set_password
from dandang.organization.actions.sign_in_events import forget
from dandang.organization.models import Account, Invitation, KeptSession, SignInEvent
from dandang.organization.queries import body_stream
from dandang.terms import Actor
from tests import town
from tests.everywhere import kept_somewhere
from tests.interfaces.account.test_second_factor import kinds
from tests.interfaces.desk.office import PASSWORD, account, assigned, at_desk
from tests.interfaces.stories import browser, city, words_of
from tests.signing import code_of, sign_in, with_app

pytestmark = pytest.mark.django_db
BETTER = "seven otters read the river map"
PEOPLE = "/account/people/"


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def tries(client, password, code=town.LI_NA, **more):
    return client.post("/login/", {"username": code, "password": password}, **more)


def test_whoever_tries_too_often_waits_and_the_owner_elsewhere_does_not():
    account(town.LI_NA, password=PASSWORD)
    guesser = browser()
    answers = [tries(guesser, "a guess").status_code for _ in range(BOTH.free)]
    assert answers == [422] * BOTH.free
    for name in (town.LI_NA, "X-999"):  # a name that nobody has is treated the same
        for _ in range(BOTH.free + 1):
            last = tries(guesser, "a guess", name)
        assert (last.status_code, "Too many wrong tries" in words_of(last)) == (429, True)
    assert tries(guesser, PASSWORD).status_code == 429
    assert tries(browser(), PASSWORD, REMOTE_ADDR="198.51.100.9").url == "/desk/"
    # The wait does not grow by trying on, and ends by itself.
    assert AccessAttempt.objects.filter(failures_since_start=BOTH.free).count() == 2
    AccessAttempt.objects.update(attempt_time=town.MONDAY)
    assert tries(guesser, PASSWORD).url == "/desk/"
    assert kinds(town.LI_NA).count("locked") == 1


def test_strangers_in_many_places_cannot_lock_anybody_out_for_long():
    account(town.LI_NA, password=PASSWORD)
    office = {"REMOTE_ADDR": "198.51.100.9"}
    assert tries(browser(), PASSWORD, **office).url == "/desk/"
    for number in range(NAME.free):
        tries(browser(), "a guess", REMOTE_ADDR=f"203.0.113.{number}")
    assert tries(browser(), PASSWORD).status_code == 429
    # Where she signed in before she still does, and guessing there is slowed down as before.
    assert tries(browser(), PASSWORD, **office).url == "/desk/"
    guesses = [tries(browser(), "a guess", **office).status_code for _ in range(BOTH.free + 1)]
    assert guesses == [422] * BOTH.free + [429]
    assert NAME.wait(10_000) == NAME.most
    admin = at_desk(town.TANG_YU)
    assert "has to wait" in words_of(admin.get(f"{PEOPLE}?search=W-017"))
    assert admin.post(f"{PEOPLE}W-017/", {"act": "lift"}).status_code == 302
    assert tries(browser(), PASSWORD).url == "/desk/"


def test_each_further_failure_doubles_the_wait_up_to_a_limit():
    waits = [BOTH.wait(n).total_seconds() / 60 for n in (0, 4, 5, 6, 7, 11, 500)]
    assert waits == [0, 0, 1, 2, 4, 60, 60]


def test_names_that_the_database_takes_for_one_are_counted_as_one():
    for one, other in (
        ("li-na", "L\u0131-NA"),
        ("strasse", "Stra\u00dfe"),
        ("k-1", "\u212a-\uff11"),
    ):
        assert named(one) == named(other)
    assert named("li-na") != named("li-ma")


def test_a_page_that_asks_again_by_itself_keeps_no_session_open():
    reference = assigned()
    client = at_desk(town.LI_NA)
    row = KeptSession.objects.filter(account__username=town.LI_NA)
    row.update(seen_at=timezone.now() - timedelta(hours=7))
    before = row.get().seen_at
    for page in ("/desk/counts/", f"/desk/{reference}/moved-on/?seen=1"):
        assert client.get(page).status_code in {200, 204}
        assert row.get().seen_at == before
    client.get("/desk/")
    assert row.get().seen_at > before


def test_li_na_sees_her_sessions_and_ends_the_others():
    account(town.LI_NA, password=PASSWORD)
    here = browser()
    tries(here, PASSWORD)
    elsewhere = [browser(), browser()]
    for one in elsewhere:
        tries(one, PASSWORD, HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Chrome/140 Safari/537")
    page = here.get("/account/sessions/")
    assert words_of(page).count("Chrome · Windows") == 2
    assert "this one" in words_of(page)
    (mark, *_) = re.findall(r'name="end" value="([0-9a-f]{40})"', page.content.decode())
    assert here.post("/account/sessions/", {"end": mark}).url == "/account/sessions/"
    assert sum(one.get("/desk/").status_code == 200 for one in elsewhere) == 1
    here.post("/account/sessions/", {"end": "others"})
    assert [one.get("/desk/").status_code for one in elsewhere] == [302, 302]
    assert here.get("/desk/").status_code == 200
    key = here.cookies["sessionid"].value
    assert not KeptSession.objects.filter(session_key__contains=key[:10]).exists()
    # Nobody ends a session of somebody else.
    theirs = at_desk(town.WANG_QIANG)
    mark = KeptSession.objects.get(account__username=town.WANG_QIANG).session_key
    here.post("/account/sessions/", {"end": mark})
    assert theirs.get("/desk/").status_code == 200


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("tiny!", "at least 12 characters"),
        ("passwordpassword", "list of stolen passwords"),
        ("Password123456", "list of stolen passwords"),
        ("jiangcheng2026", "name that others know"),
        ("Li Na Li Na 2026", "name that others know"),
        ("x" * 257, "at most 256 characters"),
    ],
)
def test_a_weak_password_is_refused_in_words(password, why):
    account(town.LI_NA, password=PASSWORD)
    client = browser()
    tries(client, PASSWORD)
    answer = client.post("/account/password/", {"old": PASSWORD, "password": password})
    assert answer.status_code == 422
    assert why in words_of(answer)
    assert password not in answer.content.decode()


def test_a_new_password_ends_the_other_sessions_and_not_this_one():
    account(town.LI_NA, password=PASSWORD)
    here, there = browser(), browser()
    tries(here, PASSWORD)
    tries(there, PASSWORD)
    wrong = here.post("/account/password/", {"old": "not it", "password": BETTER})
    assert wrong.status_code == 422
    long = " 我们 " + "长句子 and more " * 9
    assert here.post("/account/password/", {"old": PASSWORD, "password": long}).url == "/account/"
    assert here.get("/desk/").status_code == 200
    assert there.get("/desk/").status_code == 302
    assert tries(browser(), long).url == "/desk/"
    assert "password_changed" in kinds(town.LI_NA)


def test_the_operators_own_list_is_read_without_a_network(settings, tmp_path):
    lines = [hashlib.sha1(f"otter {n}".encode()).hexdigest().upper() + f":{n}" for n in range(999)]
    path = tmp_path / "ours.txt"
    path.write_text("\r\n".join(sorted(lines)) + "\r\n")
    for n in range(0, 1100, 7):
        digest = hashlib.sha1(f"otter {n}".encode()).hexdigest().upper()
        assert stands_in(path, digest) is (n < 999)
    settings.BREACHED_PASSWORDS = str(path)
    account(town.LI_NA, password=PASSWORD)
    client = browser()
    tries(client, PASSWORD)
    (tmp_path / "ours.txt").write_text(hashlib.sha1(BETTER.encode()).hexdigest().upper() + ":3\n")
    answer = client.post("/account/password/", {"old": PASSWORD, "password": BETTER})
    assert "list of stolen passwords" in words_of(answer)


def link_on(page):
    return re.search(r'value="(http[^"]+)#([A-Z2-7]+)"', page.content.decode()).groups()


def test_tang_yu_invites_an_officer_who_sets_a_password_and_comes_in():
    admin = at_desk(town.TANG_YU)
    page = admin.post(f"{PEOPLE}W-017/", {"act": "invite"})
    address, secret = link_on(page)
    assert address == "http://testserver/account/invitation/"
    assert len(secret) == 32
    assert not kept_somewhere(secret)
    assert secret not in admin.get(f"{PEOPLE}W-017/").content.decode()
    (_, again) = link_on(admin.post(f"{PEOPLE}W-017/", {"act": "invite"}))
    li_na = browser()
    old = li_na.post("/account/invitation/", {"secret": secret, "password": BETTER})
    assert "does not work" in words_of(old)
    weak = li_na.post("/account/invitation/", {"secret": again, "password": "W-017 W-017 me"})
    assert "name that others know" in words_of(weak)
    done = li_na.post("/account/invitation/", {"secret": again.lower(), "password": BETTER})
    assert done.url == "/login/"
    assert "staff code W-017" in words_of(li_na.get("/login/"))
    assert tries(li_na, BETTER).url == "/desk/"
    assert (
        li_na.post("/account/invitation/", {"secret": again, "password": BETTER}).status_code == 422
    )
    assert kinds("W-017") == ["invited", "invited", "invitation_used", "signed_in"]
    entered = events_of_types([body_stream()], ["account_administered"])
    assert [one.fields["act"] for one in entered] == ["invited", "invited"]


def test_a_link_is_over_after_three_days_and_when_it_is_revoked():
    admin = at_desk(town.TANG_YU)
    for end in ("late", "revoked"):
        (_, secret) = link_on(admin.post(f"{PEOPLE}W-017/", {"act": "invite"}))
        if end == "late":
            Invitation.objects.update(expires_at=town.MONDAY)
        else:
            assert "Link works until" in words_of(admin.get(f"{PEOPLE}W-017/"))
            admin.post(f"{PEOPLE}W-017/", {"act": "revoke"})
        answer = browser().post("/account/invitation/", {"secret": secret, "password": BETTER})
        assert answer.status_code == 422


def test_a_closed_account_is_out_at_once_and_nobody_closes_their_own():
    li_na, admin = at_desk(town.LI_NA), at_desk(town.TANG_YU)
    admin.post(f"{PEOPLE}W-017/", {"act": "end-sessions"})
    assert li_na.get("/desk/").status_code == 302
    li_na = at_desk(town.LI_NA)
    assert admin.post(f"{PEOPLE}W-017/", {"act": "close"}).status_code == 302
    assert li_na.get("/desk/").status_code == 302
    assert "closed" in words_of(admin.get(f"{PEOPLE}W-017/"))
    assert admin.post(f"{PEOPLE}W-017/", {"act": "invite"}).status_code == 409
    admin.post(f"{PEOPLE}W-017/", {"act": "reopen"})
    assert Account.objects.get(username="W-017").is_active
    assert admin.post(f"{PEOPLE}A-001/", {"act": "close"}).status_code == 409
    assert admin.post(f"{PEOPLE}W-017/", {"act": "close-everybody"}).status_code == 404
    assert admin.post(f"{PEOPLE}X-999/", {"act": "invite"}).status_code == 404


def test_factors_are_taken_away_by_two_administrators():
    mine = account(town.ZHAO_MIN)
    with_app(mine)
    zhao_min, tang_yu, he_ping = (
        sign_in(browser(), mine),
        at_desk(town.TANG_YU),
        at_desk(town.HE_PING),
    )
    there = f"{PEOPLE}{town.ZHAO_MIN}/"
    assert tang_yu.post(there, {"act": "ask-reset"}).status_code == 302
    assert tang_yu.post(there, {"act": "ask-reset"}).status_code == 409
    # In another session it is still the same administrator.
    assert at_desk(town.TANG_YU).post(there, {"act": "grant-reset"}).status_code == 409
    assert Authenticator.objects.exists()
    assert "A-001 asks" in words_of(he_ping.get(there))
    he_ping.post(there, {"act": "refuse-reset"})
    assert Authenticator.objects.exists()
    he_ping.post(there, {"act": "ask-reset"})
    mine.set_password(PASSWORD)
    mine.save()
    assert tries(stuck := browser(), PASSWORD, town.ZHAO_MIN).url == "/login/code/"
    assert tang_yu.post(there, {"act": "grant-reset"}).status_code == 302
    # Whoever waited at the page for the code begins anew.
    assert stuck.get("/login/code/").url == "/login/"
    assert stuck.get("/login/").status_code == 200
    assert not Authenticator.objects.exists()
    assert zhao_min.get("/desk/").status_code == 302
    told = words_of(sign_in(browser(), mine, second=False).get("/account/"))
    assert "Second factors taken away by two administrators · A-001" in told


def test_what_changed_is_said_once_where_one_signs_in_and_not_to_whoever_did_it_elsewhere():
    account(town.LI_NA, password=PASSWORD)
    here, elsewhere = browser(), {"REMOTE_ADDR": "198.51.100.9"}
    words = "Changed since you last signed in here"
    for _ in range(2):
        tries(here, PASSWORD)
        assert words not in words_of(here.get("/desk/"))
    other = browser()
    tries(other, PASSWORD, **elsewhere)
    secret = other.get("/account/second-factor/app/").context["secret"].replace(" ", "")
    other.post("/account/second-factor/app/", {"code": code_of(secret)})
    (code, *_rest) = other.get("/account/second-factor/codes/").context["codes"]
    tries(stranger := browser(), PASSWORD, **elsewhere)
    stranger.post("/login/code/", {"code": code}, **elsewhere)
    assert "Second factor added (app)" in words_of(stranger.get("/desk/"))
    tries(owner := browser(), PASSWORD)
    owner.post("/login/code/", {"code": code_of(secret, later=1)})
    page = words_of(owner.get("/desk/"))
    assert f"{words}: " in page
    assert "Second factor added (app); " in page
    assert "Recovery code used. Was this not you? Tell an administrator at once." in page
    assert words not in words_of(owner.get("/desk/"))


def test_administrators_and_auditors_read_what_happened_to_all_and_others_do_not():
    account(town.LI_NA, password=PASSWORD)
    tries(browser(), "a guess")
    tries(browser(), PASSWORD)
    for code in (town.TANG_YU, town.XU_FANG):
        client = at_desk(code)
        page = words_of(client.get("/account/events/all/?kind=failed"))
        assert "Sign-in failed (password) Account W-017" in page
        assert "Signed in (password)" not in page
        table = client.get("/account/events/all.csv?account=w-017").content.decode()
        assert table.count("\r\n") == 3
        assert "127.0.0.1" not in table
    assert at_desk(town.XU_FANG).get(PEOPLE).status_code == 403
    for code in (town.CHEN_HUI, town.LI_NA):
        assert at_desk(code).get("/account/events/all/").status_code == 403
        assert at_desk(code).get("/account/events/all.csv").status_code == 403
    mine = at_desk(town.LI_NA).get("/account/events/")
    assert "Sign-in failed" in words_of(mine)


def test_long_lists_are_paged_and_cost_the_same_queries(django_assert_max_num_queries):
    mine = account(town.LI_NA)
    rows = [
        SignInEvent(at=town.MONDAY, kind="signed_in", account=mine, keep_until=town.MONDAY)
        for _ in range(120)
    ]
    SignInEvent.objects.bulk_create(rows)
    client = at_desk(town.LI_NA)
    client.get("/account/")  # what every page asks for the first time
    page, seen = "?", 0
    while page:
        with django_assert_max_num_queries(12):
            answer = client.get(f"/account/events/{page}")
        seen += len(answer.context["lines"])
        page = f"?{answer.context['more']}" if answer.context["more"] else ""
    assert seen == 120
    admin = at_desk(town.TANG_YU)
    with django_assert_max_num_queries(16):
        everybody = words_of(admin.get(PEOPLE))
    assert "W-017" in everybody
    assert "Wang Qiang" in words_of(admin.get(f"{PEOPLE}?search=wang"))
    assert "No officer has such a code" in words_of(admin.get(f"{PEOPLE}?search=zzz"))


def test_the_language_is_chosen_at_the_account():
    client = at_desk(town.LI_NA)
    assert client.post("/account/language/", {"language": "zh-hans"}).url == "/account/"
    assert '<html lang="zh-Hans">' in client.get("/account/").content.decode()
    assert client.post("/account/language/", {"language": "fr"}).status_code == 422
    page = at_desk(town.LI_NA).get("/account/")
    assert "李娜" in words_of(page) or "Li Na" in words_of(page)


def test_what_counts_no_more_ends_a_sign_in_that_is_half_done():
    mine = account(town.ZHAO_MIN, password=PASSWORD)
    secret = with_app(mine)
    steps = browser(), browser()
    assert tries(steps[0], PASSWORD, town.ZHAO_MIN).url == "/login/code/"
    set_password(town.ZHAO_MIN, BETTER, by=Actor.system(), now=town.MONDAY)
    assert tries(steps[1], BETTER, town.ZHAO_MIN).url == "/login/code/"
    assert steps[0].post("/login/code/", {"code": code_of(secret)}).url == "/login/"
    assert "not right" in words_of(steps[0].get("/login/"))
    at_desk(town.TANG_YU).post(f"{PEOPLE}{town.ZHAO_MIN}/", {"act": "close"})
    assert steps[1].post("/login/code/", {"code": code_of(secret, later=1)}).url == "/login/"
    for one in steps:
        assert one.get("/desk/").url.startswith("/login/")
    assert "signed_in" not in kinds(town.ZHAO_MIN)


def test_what_is_secret_stands_in_no_table_and_no_log(caplog):
    caplog.set_level("DEBUG")
    account(town.ZHAO_MIN, password=PASSWORD)
    client = browser()
    address = "203.0.113.77"
    tries(client, "canary wrong password", town.ZHAO_MIN, REMOTE_ADDR=address)
    tries(client, PASSWORD, "canary typed as name", REMOTE_ADDR=address)
    tries(client, PASSWORD, town.ZHAO_MIN, REMOTE_ADDR=address)
    secret = client.get("/account/second-factor/app/").context["secret"].replace(" ", "")
    client.post("/account/second-factor/app/", {"code": code_of(secret)})
    codes = re.findall(r"\d{4}-\d{4}-\d{4}", words_of(client.get("/account/second-factor/codes/")))
    key = client.cookies["sessionid"].value
    (_, link) = link_on(at_desk(town.TANG_YU).post(f"{PEOPLE}W-017/", {"act": "invite"}))
    hidden = [
        *("canary wrong password", "canary typed as name", PASSWORD, secret, key, link, address),
        *codes,
        *(code.replace("-", "") for code in codes),
    ]
    assert len(codes) == 10
    assert kept_somewhere(*hidden) == []
    assert [one for one in hidden if one in caplog.text] == []


def test_nobody_changes_what_is_written_down():
    at_desk(town.LI_NA).post("/logout/")
    kept = SignInEvent.objects.filter(kind="signed_out")
    for change in (lambda: kept.update(kind="failed"), kept.delete):
        with pytest.raises(DatabaseError, match="kept as they are"), transaction.atomic():
            change()
    over = SignInEvent.objects.create(at=town.MONDAY, kind="failed", keep_until=town.MONDAY)
    assert forget(over.at + timedelta(days=1)) == 1
    assert kept.count() == 1
