"""The Django app of the publication."""

from django.apps import AppConfig


class PublicationConfig(AppConfig):
    """What the public may see, kept by followers of the ledger and rebuilt from it at any time."""

    name = "dandang.publication"
    label = "publication"
    default_auto_field = "django.db.models.BigAutoField"
