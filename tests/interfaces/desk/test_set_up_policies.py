"""Tang Yu proposes a policy, He Ping puts it into force: never one of them alone."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dandang.ledger.queries import events_of
from dandang.lifecycle.casework import trial_queries
from dandang.organization.actions.adopt import adopt_policy
from dandang.organization.actions.policies import decide_policy, propose_policy
from dandang.organization.models import Invitation
from dandang.organization.proposals import Verdict
from dandang.organization.queries import body_stream, current_policy
from dandang.policy import parse_policy, ready_policy
from dandang.terms import Actor, Code, Refusal
from tests import town
from tests.interfaces.desk.office import account, assigned, at_desk, noise
from tests.interfaces.stories import browser, city, later, words_of

OLD = 'quiet = "5 working days"'
WHY = "Decided by the council on 9 October"


def other(days: int = 4) -> str:
    """Return the policy of the city with a shorter silence and another version."""
    text = town.policy().text.replace(OLD, f'quiet = "{days} working days"', 1)
    return text.replace(
        f"version = {town.policy().version}", f"version = {town.policy().version + 1}"
    )


@pytest.fixture
def tang_yu(db):
    city()
    return at_desk(town.TANG_YU)


@pytest.fixture
def he_ping(tang_yu):
    return at_desk(town.HE_PING)


def proposed(client) -> str:
    answer = client.post("/setup/policy/new/", {"text": other(), "why": WHY})
    assert answer.status_code == 302
    return answer.headers["Location"]


def types() -> list[str]:
    return [event.type for event in events_of(body_stream())]


def test_two_administrators_put_a_policy_into_force(tang_yu, he_ping):
    before = types()
    page = proposed(tang_yu)
    assert current_policy().hash == town.policy().hash
    shown = words_of(he_ping.get(page))
    assert WHY in shown
    assert "quiet 5 working days 4 working days" in shown
    answer = he_ping.post(page, {"act": "accept"}, follow=True)
    assert "put into force" in words_of(answer)
    assert current_policy().version == town.policy().version + 1
    assert types()[len(before) :] == [
        "policy_proposed",
        "policy_proposal_decided",
        "policy_adopted",
    ]
    listed = words_of(tang_yu.get("/setup/policy/"))
    assert "Tang Yu" in listed
    assert "He Ping" in listed
    number = he_ping.get("/setup/policy/").context["versions"][0][0]
    text = he_ping.get(f"/setup/policy/versions/{number}/").content.decode()
    assert parse_policy(text, "").hash == current_policy().hash


def test_nobody_puts_their_own_proposal_into_force_and_nothing_is_written(tang_yu):
    page = proposed(tang_yu)
    before = types()
    assert "Put it into force" not in words_of(tang_yu.get(page))
    for act in ("accept", "reject"):
        answer = tang_yu.post(page, {"act": act, "reply": "Yes"})
        assert answer.status_code == 409
    again = at_desk(town.TANG_YU)
    assert again.post(page, {"act": "accept"}).status_code == 409
    assert types() == before
    assert current_policy().hash == town.policy().hash


def test_an_administrator_whom_the_other_one_has_just_let_in_is_no_second_one(tang_yu):
    page = proposed(tang_yu)
    account(town.HE_PING)
    there = f"/account/people/{town.HE_PING}/"
    link = re.search(r"#([A-Z2-7]{32})", tang_yu.post(there, {"act": "invite"}).content.decode())
    typed = {"secret": link[1], "password": "seven otters read the river map"}
    assert browser().post("/account/invitation/", typed).url == "/login/"
    he_ping = at_desk(town.HE_PING)
    answer = he_ping.post(page, {"act": "accept"})
    assert answer.status_code == 409
    assert "gave the other a way to sign in" in words_of(answer)
    he_ping.post(f"/account/people/{town.LI_NA}/", {"act": "invite"})
    he_ping.post(f"/account/people/{town.LI_NA}/", {"act": "ask-reset"})
    assert tang_yu.post(f"/account/people/{town.LI_NA}/", {"act": "grant-reset"}).status_code == 409
    Invitation.objects.update(used_at=timezone.now() - timedelta(hours=73))
    assert he_ping.post(page, {"act": "accept"}).status_code == 302


def test_a_rejection_needs_a_reason_and_a_proposal_is_decided_once(tang_yu, he_ping):
    page = proposed(tang_yu)
    assert he_ping.post(page, {"act": "reject"}).status_code == 409
    assert he_ping.post(page, {"act": "burn"}).status_code == 422
    assert (
        he_ping.post(page, {"act": "reject", "reply": "The council has not met"}).status_code == 302
    )
    assert he_ping.post(page, {"act": "accept"}).status_code == 409
    shown = words_of(tang_yu.get(page))
    assert "The council has not met" in shown
    assert "rejected" in shown
    assert current_policy().hash == town.policy().hash


def test_a_proposal_is_withdrawn_by_who_made_it_alone(tang_yu, he_ping):
    page = proposed(tang_yu)
    assert he_ping.post(page, {"act": "withdraw"}).status_code == 409
    assert tang_yu.post(page, {"act": "withdraw"}).status_code == 302
    assert types()[-1] == "policy_proposal_decided"
    proposed(tang_yu)


def test_one_proposal_waits_at_a_time_and_none_of_what_is_in_force(tang_yu, he_ping):
    refused = tang_yu.post("/setup/policy/new/", {"text": town.policy().text, "why": WHY})
    assert refused.status_code == 409
    assert "in force already" in words_of(refused)
    proposed(tang_yu)
    assert he_ping.post("/setup/policy/new/", {"text": other(3), "why": WHY}).status_code == 409
    assert types().count("policy_proposed") == 1


def test_every_problem_of_a_file_is_shown_and_nothing_is_proposed(tang_yu):
    broken = (
        other().replace('case_class = "', 'case_class = "no_', 1).replace("[limits]", "[limit]")
    )
    file = SimpleUploadedFile("ours.toml", broken.encode())
    answer = tang_yu.post("/setup/policy/new/", {"file": file, "why": WHY})
    assert answer.status_code == 422
    assert len(answer.context["problems"]) > 1
    not_text = SimpleUploadedFile("ours.toml", b"\xff\xfe\x00")
    answer = tang_yu.post("/setup/policy/new/", {"file": not_text, "why": WHY})
    assert answer.status_code == 422
    both = {"ready": "generic-311", "text": other(), "why": WHY}
    assert "one policy" in words_of(tang_yu.post("/setup/policy/new/", both))
    assert tang_yu.post("/setup/policy/new/", {"ready": "generic-311"}).status_code == 422
    assert "policy_proposed" not in types()


def test_what_was_compared_with_another_policy_is_looked_at_again(tang_yu, he_ping):
    page = proposed(tang_yu)
    beside = he_ping.get(page).context["old"].hash
    adopt_policy(parse_policy(other(3), "by the operator"), by=Actor.system(), now=town.MONDAY)
    answer = he_ping.post(page, {"act": "accept", "beside": beside})
    assert answer.status_code == 409
    assert current_policy().hash == parse_policy(other(3), "x").hash
    assert he_ping.post(page, {"act": "accept", "beside": current_policy().hash}).status_code == 302
    assert current_policy().hash == parse_policy(other(), "x").hash


def test_the_cases_of_the_last_month_show_what_it_would_have_meant(tang_yu, he_ping, monkeypatch):
    assigned()
    noise()
    later(days=20)
    text = other().replace('total = "5 working days"', 'total = "1 working day"')
    tang_yu.post("/setup/policy/new/", {"text": text, "why": WHY})
    address = _open_one(he_ping)
    with CaptureQueriesContext(connection) as few:
        shown = words_of(he_ping.get(address))
    assert "2 cases came in" in shown
    for _ in range(5):
        noise()
    with CaptureQueriesContext(connection) as many:
        he_ping.get(address)
    assert len(many) == len(few)
    monkeypatch.setattr(trial_queries, "MOST", 1)
    sampled = words_of(he_ping.get(address))
    assert "2 cases came in. One of 2 was looked at, evenly over the time: 1 cases." in sampled


def _open_one(client) -> str:
    ((one, *_),) = client.get("/setup/policy/").context["proposals"]
    return f"/setup/policy/{one.number}/"


def test_only_administrators_propose_and_decide(tang_yu):
    chen_hui, policy = Actor.officer(town.CHEN_HUI), parse_policy(other(), "")
    for by in (chen_hui, Actor.system()):
        with pytest.raises(Refusal) as refused:
            propose_policy(policy, WHY, by=by, now=town.MONDAY)
        assert refused.value.code is Code.NOT_PERMITTED
    number = propose_policy(policy, WHY, by=Actor.officer(town.TANG_YU), now=town.MONDAY)
    with pytest.raises(Refusal) as refused:
        decide_policy(number, Verdict.ACCEPTED, "", by=chen_hui, now=town.MONDAY)
    assert refused.value.code is Code.NOT_PERMITTED
    with pytest.raises(Refusal) as refused:
        decide_policy(0, Verdict.ACCEPTED, "", by=Actor.officer(town.HE_PING), now=town.MONDAY)
    assert refused.value.code is Code.NOT_FOUND


def test_a_ready_policy_can_be_proposed(tang_yu):
    answer = tang_yu.post("/setup/policy/new/", {"ready": "generic-311", "why": WHY})
    shown = words_of(tang_yu.get(answer.headers["Location"]))
    assert ready_policy("generic-311").hash in shown
    assert "would be unknown" in shown
