"""The Django application that keeps what the workers of time know."""

from django.apps import AppConfig


class EscalationConfig(AppConfig):
    """Clocks set aside after an error."""

    name = "dandang.lifecycle.escalation"
    label = "escalation"
    default_auto_field = "django.db.models.BigAutoField"
