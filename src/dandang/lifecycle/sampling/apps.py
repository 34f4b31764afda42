"""The Django app of samples."""

from django.apps import AppConfig


class SamplingConfig(AppConfig):
    """Which samples were drawn, what is in them, and what was said of it."""

    name = "dandang.lifecycle.sampling"
    label = "sampling"
    default_auto_field = "django.db.models.BigAutoField"
