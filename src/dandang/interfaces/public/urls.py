"""The addresses of the pages for everybody."""

from django.urls import path

from dandang.interfaces.public.views import board, home

urlpatterns = [
    path("", home, name="home"),
    path("open/", board, name="board"),
]
