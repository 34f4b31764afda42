"""The Django app of the figures."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """What each case contributes, the sums of it, and how far the follower is."""

    name = "dandang.publication.figures"
    label = "figures"
    default_auto_field = "django.db.models.BigAutoField"
