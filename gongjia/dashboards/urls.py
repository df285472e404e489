"""Addresses of this package."""

from django.urls import path

from gongjia.dashboards import views

app_name = "dashboards"

urlpatterns = [
    path("cockpit/", views.cockpit, name="cockpit"),
]
