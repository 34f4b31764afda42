"""The Django app of the intake."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Reports that somebody has begun and not sent yet."""

    name = "dandang.lifecycle.intake"
    label = "intake"
    default_auto_field = "django.db.models.BigAutoField"
