"""The Django app of the index of all cases."""

from django.apps import AppConfig


class FindingConfig(AppConfig):
    """What every case is found by, for officers who may read it."""

    name = "dandang.finding"
    label = "finding"
    default_auto_field = "django.db.models.BigAutoField"
