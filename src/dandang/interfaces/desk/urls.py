"""Addresses of the desk."""

from django.urls import path

from dandang.interfaces.desk.acting import act
from dandang.interfaces.desk.views import show_case, show_worklist

app_name = "desk"
urlpatterns = [
    path("", show_worklist, name="worklist"),
    path("<str:reference>/", show_case, name="case"),
    path("<str:reference>/<slug:verb>/", act, name="act"),
]
