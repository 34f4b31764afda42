"""The Django app of casework."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """Cases, their requests and their running clocks."""

    name = "dandang.lifecycle.casework"
    label = "casework"
    default_auto_field = "django.db.models.BigAutoField"
