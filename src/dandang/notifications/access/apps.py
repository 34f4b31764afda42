"""The Django app of one-time codes, links in mails and counted tries."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """One-time codes that are on their way, links that can be opened, who tries too often."""

    name = "dandang.notifications.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"
