"""What a webhook tells: CloudEvents 1.0, complete, and nothing about any person."""

import dataclasses
import json
from datetime import UTC, datetime, timedelta

from dandang.lifecycle.event_types import EVENT_TYPES
from dandang.notifications.webhook.cloud_events import (
    TOLD,
    WITHHELD,
    Occurrence,
    write_event,
    write_test,
)
from dandang.terms import ActorKind, Due

AT = datetime(2026, 10, 12, 1, 0, tzinfo=UTC)
IT = Occurrence(
    index=41,
    seq=3,
    type="handed_over",
    reference="7K4M-9Q2X",
    occurred_at=AT,
    recorded_at=AT + timedelta(microseconds=7),
    actor=ActorKind.OFFICER,
    post="water-duty",
    fields={"to_post": "housing-duty", "officer": "W-017", "basis": "Mrs Liu said so", "new": 1},
    dues=(
        Due("accept", AT),
        Due("return_window", None),
        Due("total", AT, provisional=True, paused=True),
    ),
)


def test_an_event_is_a_structured_cloud_event():
    assert json.loads(write_event("ledger.localhost/dandang", IT)) == {
        "specversion": "1.0",
        "id": "41",
        "source": "ledger.localhost/dandang",
        "type": "dandang.case.handed_over",
        "subject": "7K4M-9Q2X",
        "time": "2026-10-12T01:00:00.000000Z",
        "datacontenttype": "application/json",
        "data": {
            "seq": 3,
            "recorded_at": "2026-10-12T01:00:00.000007Z",
            "actor": "officer",
            "post": "water-duty",
            "fields": {"to_post": "housing-duty"},
            "clocks": [
                {"name": "accept", "due_at": "2026-10-12T01:00:00.000000Z"},
                {"name": "return_window", "due_at": None},
                {
                    "name": "total",
                    "due_at": "2026-10-12T01:00:00.000000Z",
                    "provisional": True,
                    "paused": True,
                },
            ],
        },
    }


def test_the_bytes_are_the_same_however_often_it_is_written():
    turned = dataclasses.replace(IT, fields=dict(reversed(IT.fields.items())))
    assert write_event("x", IT) == write_event("x", turned)


def test_nobody_acted_for_a_post_is_null():
    nobody = dataclasses.replace(IT, post="", actor=ActorKind.SYSTEM)
    assert json.loads(write_event("x", nobody))["data"]["post"] is None


def test_every_field_of_every_event_is_either_told_or_withheld_and_personal_ones_are_not_told():
    for kind in EVENT_TYPES.values():
        names = {field.name for field in dataclasses.fields(kind)}
        assert names - kind.personal - TOLD - WITHHELD == set(), kind.type_name()
    assert not TOLD & WITHHELD
    assert TOLD.isdisjoint({"title", "text", "name", "phone", "email", "location", "was_pressed"})


def test_a_test_event_says_nothing_else():
    event = json.loads(write_test("x", "ab", AT))
    assert (event["type"], event["id"], event["data"]) == ("dandang.test", "test-ab", {})


def test_nobody_is_told_what_a_requester_thinks_of_a_unit_or_which_of_several_answered():
    fields = {"request": 2, "verdict": "solved", "stars": 1, "collected": "requester"}
    for answer in ("judged", "rated"):
        it = dataclasses.replace(IT, type=answer, fields=fields, dues=())
        told = json.loads(write_event("ledger.localhost/dandang", it))["data"]["fields"]
        assert told == {"verdict": "solved", "collected": "requester"}
    it = dataclasses.replace(IT, type="withdrawn", fields={"request": 2}, dues=())
    told = json.loads(write_event("ledger.localhost/dandang", it))["data"]["fields"]
    assert told == {"request": 2}
