"""Addresses of the desk."""

from django.urls import path

from dandang.interfaces.desk.acting import act
from dandang.interfaces.desk.calendar import manage_addresses, send_calendar
from dandang.interfaces.desk.documents.pages import (
    send_case_document,
    send_handover,
    show_case_document,
    show_handover,
)
from dandang.interfaces.desk.searching import search_precedents
from dandang.interfaces.desk.views import show_case, show_worklist

app_name = "desk"
urlpatterns = [
    path("", show_worklist, name="worklist"),
    path("posts/<str:post>/handover/", show_handover, name="handover"),
    path("posts/<str:post>/handover.docx", send_handover, name="handover-file"),
    path("calendar/", manage_addresses, name="calendar"),
    path("calendar/<str:secret>.ics", send_calendar, name="calendar-feed"),
    path("precedents/", search_precedents, name="precedents"),
    path("<str:reference>/", show_case, name="case"),
    path("<str:reference>/<slug:verb>/", act, name="act"),
    path("<str:reference>/documents/<slug:kind>/", show_case_document, name="case-document"),
    path(
        "<str:reference>/documents/<slug:kind>.docx", send_case_document, name="case-document-file"
    ),
]
