"""The Django app of call-backs."""

from django.apps import AppConfig


class CallBackConfig(AppConfig):
    """Whom officers have to call, about what, and what came of it."""

    name = "dandang.notifications.call_back"
    label = "call_back"
    default_auto_field = "django.db.models.BigAutoField"
