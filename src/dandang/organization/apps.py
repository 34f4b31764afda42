"""The Django app of the organisation."""

from django.apps import AppConfig


class OrganizationConfig(AppConfig):
    """The body, its register of duties, what it has adopted, and the accounts of its people."""

    name = "dandang.organization"
    label = "organization"
    default_auto_field = "django.db.models.BigAutoField"
