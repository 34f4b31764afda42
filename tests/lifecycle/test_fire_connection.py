"""What becomes of clocks when the worker loses its session in the middle of firing them."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection

from dandang.database import Role, connect
from dandang.lifecycle.casework.models import Clock
from dandang.lifecycle.casework.queries import find
from dandang.lifecycle.escalation.models import SetAside
from dandang.lifecycle.perform import perform
from dandang.lifecycle.replay import replay
from dandang.lifecycle.states import State
from dandang.lifecycle.work import fire_due, fire_until
from dandang.terms import Actor
from tests import town
from tests.lifecycle.sending import opened

# What a sequence gave stays given when a transaction fails: the first changes end their session.
_KILLING = """
CREATE SEQUENCE blows;
GRANT USAGE ON SEQUENCE blows TO PUBLIC;
CREATE FUNCTION blow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF nextval('blows') <= {blows} THEN
        PERFORM pg_terminate_backend(pg_backend_pid());
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER blow AFTER UPDATE ON casework_case FOR EACH STATEMENT EXECUTE FUNCTION blow();
"""


def rubbish() -> str:
    town.build()
    return opened("Rubbish", "city_appearance")


def kill_sessions(database: str, blows: int) -> None:
    with connect(Role.OWNER, database) as owner:
        owner.execute(_KILLING.format(blows=blows))


def nothing_is_set_aside() -> None:
    assert not Clock.objects.filter(aside=True).exists()
    assert not SetAside.objects.exists()
    assert replay().differences == ()


def test_one_lost_session_and_the_clock_fires_all_the_same(fresh_database: str) -> None:
    rubbish()
    kill_sessions(fresh_database, blows=1)
    assert fire_due(town.MONDAY + timedelta(hours=6)).fired == 1
    nothing_is_set_aside()


def test_who_loses_every_session_reports_it_and_sets_nothing_aside(fresh_database: str) -> None:
    reference = rubbish()
    kill_sessions(fresh_database, blows=2)
    now = town.MONDAY + timedelta(hours=6)
    with pytest.raises(OperationalError):
        fire_due(now)
    connection.close()
    assert not find(reference).state.calls
    assert fire_due(now).fired == 1
    nothing_is_set_aside()


def test_a_session_lost_while_the_system_ends_a_case_sets_nothing_aside(
    fresh_database: str,
) -> None:
    reference = rubbish()
    cao_lei, now = Actor.officer(town.CAO_LEI), town.MONDAY + timedelta(days=1)
    perform("accept", reference, {}, by=cao_lei, now=now)
    values = {"outcome": "resolved", "text": "It is taken away", "contacted_by": "phone"}
    perform("propose", reference, values, by=cao_lei, now=now)
    window = find(reference).state.clocks["judgement_window"].at
    fire_until(window - timedelta(minutes=1))
    kill_sessions(fresh_database, blows=1)
    with pytest.raises(OperationalError):
        fire_due(window)
    connection.close()
    assert find(reference).state.state is State.PROPOSED
    assert fire_due(window).fired == 1
    assert find(reference).state.state is State.UNANSWERED
    nothing_is_set_aside()
