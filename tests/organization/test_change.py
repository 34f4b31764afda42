"""Stories of several processes that change the organisation, or read it, at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from threading import Barrier

import pytest
from django.db import OperationalError, connection, transaction

from dandang.ledger.queries import events_of
from dandang.organization.actions.adopt import adopt_policy
from dandang.organization.actions.change import NotInTransaction, lock
from dandang.organization.actions.load import load_organization
from dandang.organization.models import OrganizationVersion, UnitRow
from dandang.organization.queries import body_stream, directory
from dandang.policy import ready_policy
from dandang.terms import Actor
from tests.organization.jiangcheng import files

OPERATOR = Actor.system()
NOW = datetime(2026, 10, 8, 1, tzinfo=UTC)


class Undo(Exception):
    """Rolls a transaction back."""


def load(name="水务局"):
    spoilt = files()
    main = spoilt["organization.toml"].replace("水务局".encode(), name.encode())
    return load_organization({**spoilt, "organization.toml": main}, by=OPERATOR, now=NOW)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Run the acts in threads that start together, each on a connection of its own."""
    start = Barrier(len(acts))

    def run(act):
        start.wait()
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return [*threads.map(run, acts)]


def test_the_organization_can_only_be_locked_in_a_transaction(fresh_database):
    with pytest.raises(NotInTransaction):
        lock()


def test_while_one_process_changes_the_organization_another_waits(fresh_database):
    load()

    def lock_without_patience():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '50ms'")
            lock()

    with transaction.atomic():
        lock()
        with pytest.raises(OperationalError):
            at_once(lock_without_patience)
    at_once(lock_without_patience)


def test_a_first_load_by_two_at_once_happens_once(fresh_database):
    counts = at_once(load, load)
    assert sorted(count.added for count in counts) == [0, 55]
    assert OrganizationVersion.objects.get().number == 1


def test_a_policy_adopted_by_two_at_once_is_adopted_once(fresh_database):
    load()

    def adopt():
        return adopt_policy(ready_policy("cn-county"), by=OPERATOR, now=NOW)

    assert sorted(at_once(adopt, adopt)) == [False, True]
    types = [event.type for event in events_of(body_stream())]
    assert types == ["register_loaded", "policy_adopted"]


def test_a_change_that_was_rolled_back_is_never_taken_for_the_next_one(fresh_database):
    load()
    with suppress(Undo), transaction.atomic():
        load("水利局")
        assert directory().unit("water").name_zh == "水利局"
        raise Undo
    assert directory().unit("water").name_zh == "水务局"
    load("供水局")
    assert directory().version == 2
    assert directory().unit("water").name_zh == "供水局"


def test_another_process_sees_a_change_when_it_is_committed_and_not_before(fresh_database):
    load()
    with transaction.atomic():
        load("水利局")
        (seen,) = at_once(lambda: directory().unit("water").name_zh)
        assert seen == "水务局"
    assert directory().unit("water").name_zh == "水利局"


def test_rows_that_change_while_they_are_read_are_read_again(fresh_database):
    """The first rows read are of the old register, the last ones of the new: neither is kept."""
    load()
    readings = []

    def change_after_the_units(execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        if f'FROM "{UnitRow._meta.db_table}"' in sql and not readings:
            readings.append(sql)
            at_once(lambda: load("水利局"))
        return result

    with connection.execute_wrapper(change_after_the_units):
        assert directory().unit("water").name_zh == "水利局"
    assert directory().version == 2
