"""Addresses of the search for cases."""

from django.urls import path

from dandang.interfaces.desk.finding.pages import find_cases
from dandang.interfaces.desk.finding.people import find_person

app_name = "search"
urlpatterns = [
    path("", find_cases, name="cases"),
    path("person/", find_person, name="person"),
]
