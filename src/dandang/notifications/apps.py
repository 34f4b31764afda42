"""The Django app of notifications."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Messages to requesters and officers, how far the follower is, and which channels are down."""

    name = "dandang.notifications"
    label = "notifications"
    default_auto_field = "django.db.models.BigAutoField"
