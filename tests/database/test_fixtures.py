"""The suite's own database fixtures keep their promises."""

import pytest
from django.db import connection


def role_and_database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_database(), current_setting('fsync')")
        return cursor.fetchone()


@pytest.mark.django_db
def test_a_marked_test_is_the_application_role_in_a_clone():
    assert role_and_database()[0] == "dandang_app"
    assert role_and_database()[1].startswith("test_")


def test_a_fresh_database_is_the_test_s_own(fresh_database):
    assert role_and_database()[:2] == ("dandang_app", fresh_database)


@pytest.mark.django_db
def test_after_a_fresh_database_the_worker_s_clone_is_back():
    assert role_and_database()[1].startswith("test_")
