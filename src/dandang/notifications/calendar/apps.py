"""The Django app of the calendar feed."""

from django.apps import AppConfig


class CalendarConfig(AppConfig):
    """The secret addresses under which officers subscribe to their deadlines."""

    name = "dandang.notifications.calendar"
    label = "calendar_feed"
    default_auto_field = "django.db.models.BigAutoField"
