"""Addresses of the desk."""

from django.urls import path

from dandang.interfaces.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.show_worklist, name="worklist"),
    path("<str:reference>/", views.show_case, name="case"),
    path("<str:reference>/<slug:verb>/", views.act, name="act"),
]
