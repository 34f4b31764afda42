"""The Django app of webhooks."""

from django.apps import AppConfig


class WebhookConfig(AppConfig):
    """Subscriptions of other systems, and what is still to be delivered to them."""

    name = "dandang.notifications.webhook"
    label = "webhook"
    default_auto_field = "django.db.models.BigAutoField"
