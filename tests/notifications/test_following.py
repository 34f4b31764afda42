"""Stories of who is told what: written down once, whatever is read twice or stops in between."""

from datetime import timedelta

import pytest

from dandang.notifications.following import follow_once
from dandang.notifications.models import Cursor, Message, SetAside, Stop
from dandang.notifications.rules import officers
from dandang.notifications.sending import deliver_once
from dandang.organization.actions.training import freeze_time
from tests import town
from tests.notifications.city import HOUR, LIU_MAIL, MRS_LIU, does, follows, opens, told

pytestmark = pytest.mark.usefixtures("city")


@pytest.fixture(autouse=True)
def _mail_is_there(settings):
    settings.EMAIL_HOST = "mail.example"


def test_the_sender_is_told_of_the_receipt_and_the_duty_desk_of_its_case():
    reference = opens(email=LIU_MAIL)
    assert follows() == 2
    assert told() == [
        (f"requester:{reference}", "received", "mail"),
        ("officer:C-001", "to_hold", "inbox"),
        ("officer:C-001", "to_hold", "mail"),
    ]
    row = Message.objects.get(template="received")
    assert (row.params["unit"], row.params["post"]) == ("cityman", "cityman-duty")
    assert row.params["due_at"]


def test_what_is_read_again_from_the_beginning_tells_nobody_twice():
    opens(email=LIU_MAIL)
    follows()
    before = told()
    Cursor.objects.update(idx=-1)
    assert follow_once(now=town.MONDAY + HOUR) == 4
    assert told() == before


def test_no_row_holds_a_word_a_name_or_an_address_of_the_sender():
    opens(email=LIU_MAIL)
    follows()
    kept = str(list(Message.objects.values()))
    for personal in ("Lane 9", "Burst", "刘女士", "139", LIU_MAIL, "cao@"):
        assert personal not in kept


def test_whoever_left_no_contact_is_told_on_the_page_alone():
    opens(phone="", email="")
    follows()
    assert [line for line in told() if line[0].startswith("requester")] == []


def test_an_officer_is_not_told_of_what_the_officer_did():
    reference = opens()
    follows()
    does("accept", reference, town.CAO_LEI, now=town.MONDAY + HOUR)
    does("contacted", reference, town.CAO_LEI, now=town.MONDAY + HOUR, how="phone", text="Hello")
    follows(town.MONDAY + HOUR)
    assert len(told()) == 2


def test_a_question_a_proposal_and_the_answers_go_back_and_forth():
    reference = opens(email=LIU_MAIL)
    now = town.MONDAY + HOUR
    does("accept", reference, town.CAO_LEI, now=now)
    does("ask", reference, town.CAO_LEI, now=now, missing="The door", text="Which door?")
    follows(now)
    does("answer", reference, MRS_LIU, now=now, text="The east door")
    does("propose", reference, town.CAO_LEI, now=now, outcome="resolved", text="Repaired")
    follows(now)
    does("judge", reference, MRS_LIU, now=now, verdict="no")
    follows(now)
    assert [line[1] for line in told(channel="mail")] == [
        "received",
        "to_hold",
        "question",
        "question_answered",
        "proposed",
        "judged_no",
    ]


def test_events_of_an_import_tell_no_sender_of_old_matters():
    opens(email=LIU_MAIL)
    follows(town.MONDAY + timedelta(days=15))
    assert told() == []
    assert Cursor.objects.get().idx == 3


def test_a_sender_who_stopped_a_channel_is_reached_on_none_that_was_stopped():
    reference = opens(email=LIU_MAIL)
    Stop.objects.create(reference=reference, channel="", at=town.MONDAY)
    follows()
    assert [line for line in told() if line[0].startswith("requester")] == []


def test_before_there_is_an_organisation_nothing_is_passed_over(monkeypatch):
    opens()
    from dandang.organization import models  # noqa: PLC0415 with the database

    models.OrganizationVersion.objects.all().delete()
    assert follows() == 0
    assert Cursor.objects.get().idx == 1


def test_an_event_that_cannot_be_dealt_with_is_set_aside_and_the_others_go_on(monkeypatch):
    def broken(_situation):
        raise ValueError("刘女士")

    monkeypatch.setattr(officers, "RULES", {**officers.RULES, "assigned": broken})
    opens(email=LIU_MAIL)
    opens("water_supply", email=LIU_MAIL)
    assert follows() == 4
    assert [row.error for row in SetAside.objects.all()] == ["ValueError"] * 2
    assert [line[1] for line in told()] == ["received", "received"]


def test_an_officer_with_a_conflict_and_a_unit_complained_about_are_told_nothing():
    reference = opens("city_appearance", subject_units=("cityman",))
    follows()
    assert "officer:C-001" not in {line[0] for line in told()}
    assert reference


def test_many_messages_to_an_officer_wait_for_the_digest():
    for _ in range(8):
        opens()
    follows()
    due = list(
        Message.objects.filter(recipient="officer:C-001", channel="mail")
        .order_by("id")
        .values_list("due_at", flat=True)
    )
    assert due[:5] == [town.MONDAY] * 5
    assert {f"{at:%H:%M}" for at in due[5:]} == {"03:30"}


def test_at_night_requesters_wait_until_morning_and_officers_until_work_begins():
    night = town.MONDAY.replace(hour=14)  # 22:00 in Jiangcheng
    opens(email=LIU_MAIL, now=night)
    follows(night)
    due = dict(Message.objects.filter(channel="mail").values_list("template", "due_at"))
    assert due["received"].isoformat() == "2026-10-13T00:00:00+00:00"
    assert due["to_hold"].isoformat() == "2026-10-13T01:00:00+00:00"


def test_while_the_time_stands_still_nobody_outside_is_written_to():
    reference = opens(email=LIU_MAIL)
    freeze_time(town.MONDAY)
    follows()
    assert told() == [("officer:C-001", "to_hold", "inbox")]
    assert deliver_once(now=town.MONDAY).claimed == 0
    Cursor.objects.update(idx=-1)
    freeze_time(None)
    follows()
    assert (f"requester:{reference}", "received", "mail") in told()
    freeze_time(town.MONDAY)
    assert deliver_once(now=town.MONDAY).claimed == 0
