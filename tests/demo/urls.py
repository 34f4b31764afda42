"""The addresses of a demonstration, which are there only where one was started."""

from django.urls import include, path

from dandang.config.urls import urlpatterns as everywhere

urlpatterns = [*everywhere, path("demo/", include("dandang.demo.urls"))]
