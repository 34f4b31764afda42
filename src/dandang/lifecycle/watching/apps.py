"""The Django app of the watch."""

from django.apps import AppConfig


class WatchingConfig(AppConfig):
    """What is looked for over all cases, when next, and what was already reported."""

    name = "dandang.lifecycle.watching"
    label = "watching"
    default_auto_field = "django.db.models.BigAutoField"
