"""The addresses of the requester's pages."""

from django.urls import path

from dandang.interfaces.resident.following import act, follow, leave, look_up
from dandang.interfaces.resident.messages import choose_messages
from dandang.interfaces.resident.reporting import report

urlpatterns = [
    path("new/", report, name="report"),
    path("c/", look_up, name="look-up"),
    path("c/leave/", leave, name="leave"),
    path("c/<str:reference>/", follow, name="follow"),
    path("c/<str:reference>/messages/", choose_messages, name="messages"),
    path("c/<str:reference>/<slug:verb>/", act, name="act"),
]
