"""Addresses of the search for cases."""

from django.urls import path

from dandang.interfaces.desk.finding.pages import find_cases

app_name = "search"
urlpatterns = [path("", find_cases, name="cases")]
