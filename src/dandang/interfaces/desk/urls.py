"""Addresses of the desk."""

from django.urls import path
from django.views.generic import RedirectView

from dandang.interfaces.desk.acting import act
from dandang.interfaces.desk.calendar import manage_addresses, send_calendar
from dandang.interfaces.desk.call_backs import record_call_back, show_call_backs
from dandang.interfaces.desk.counts import show_counts
from dandang.interfaces.desk.directory import show_directory
from dandang.interfaces.desk.documents.pages import (
    send_case_document,
    send_handover,
    show_case_document,
    show_handover,
)
from dandang.interfaces.desk.forms import WITH_FILES
from dandang.interfaces.desk.kept_typing import go_on
from dandang.interfaces.desk.messages import read_messages, show_messages
from dandang.interfaces.desk.opening import open_set
from dandang.interfaces.desk.overviews.calls import show_calls
from dandang.interfaces.desk.overviews.escalations import send_escalations, show_escalations
from dandang.interfaces.desk.overviews.long_standing import show_long_standing
from dandang.interfaces.desk.overviews.my_clocks import show_clocks
from dandang.interfaces.desk.overviews.to_publish import show_to_publish
from dandang.interfaces.desk.searching import search_precedents
from dandang.interfaces.desk.settings import change_settings, change_views
from dandang.interfaces.desk.taking_in.identity import check_identity
from dandang.interfaces.desk.taking_in.pages import new_request
from dandang.interfaces.desk.views import send_file, show_case, show_moved_on
from dandang.interfaces.desk.worklist.pages import send_file as send_worklist
from dandang.interfaces.desk.worklist.pages import send_json, show_worklist
from dandang.interfaces.desk.worklist.sending import act_on_chosen, show_result
from dandang.interfaces.shared.uploads import takes_files

app_name = "desk"
urlpatterns = [
    path("", show_worklist, name="worklist"),
    path("worklist.json", send_json, name="worklist-json"),
    path("worklist.csv", send_worklist, name="worklist-file"),
    path("posts/<str:post>/handover/", show_handover, name="handover"),
    path("posts/<str:post>/handover.docx", send_handover, name="handover-file"),
    path("call-backs/", show_call_backs, name="call-backs"),
    path("call-backs/<int:number>/", record_call_back, name="call-back"),
    path("calendar/", manage_addresses, name="calendar"),
    path("calendar/<str:secret>.ics", send_calendar, name="calendar-feed"),
    path("calls/", show_calls, name="calls"),
    path("clocks/", show_clocks, name="clocks"),
    path("directory/", show_directory, name="directory"),
    path("escalations/", show_escalations, name="escalations"),
    path("escalations.csv", send_escalations, name="escalations-file"),
    path("long-standing/", show_long_standing, name="long-standing"),
    path(
        "to-decide/", RedirectView.as_view(pattern_name="supervision:decisions"), name="to-decide"
    ),
    path("to-publish/", show_to_publish, name="to-publish"),
    path("messages/", show_messages, name="messages"),
    path("messages/read/", read_messages, name="messages-read"),
    path("open/", open_set, name="open"),
    path("new/", new_request, name="new"),
    path("bulk/", act_on_chosen, name="bulk"),
    path("bulk/<str:token>/", show_result, name="bulk-result"),
    path("counts/", show_counts, name="counts"),
    path("go-on/", go_on, name="go-on"),
    path("settings/", change_settings, name="settings"),
    path("views/", change_views, name="views"),
    path("precedents/", search_precedents, name="precedents"),
    path("<str:reference>/", show_case, name="case"),
    path("<str:reference>/files/<str:key>/", send_file, name="file"),
    path("<str:reference>/moved-on/", show_moved_on, name="moved-on"),
    path("<str:reference>/identity/", check_identity, name="identity"),
    path(
        "<str:reference>/<slug:verb>/",
        takes_files(act, lambda named: named["verb"] in WITH_FILES),
        name="act",
    ),
    path("<str:reference>/documents/<slug:kind>/", show_case_document, name="case-document"),
    path(
        "<str:reference>/documents/<slug:kind>.docx", send_case_document, name="case-document-file"
    ),
]
