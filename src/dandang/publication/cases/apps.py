"""The Django app of published cases."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Single cases that the public may see, and what they are found by."""

    name = "dandang.publication.cases"
    label = "published_cases"
    default_auto_field = "django.db.models.BigAutoField"
