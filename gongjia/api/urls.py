"""Addresses of the JSON door."""

from django.urls import URLPattern, path

from gongjia.api.door import build

urlpatterns: list[URLPattern] = [path("", build().urls)]
