"""Addresses that exist only in a demonstration."""

from django.urls import path

from dandang.demo import views

app_name = "demo"
urlpatterns = [
    path("as/<slug:role>/", views.become, name="become"),
    path("advance/", views.next_day, name="advance"),
]
