"""Addresses of reconciliation."""

from django.urls import path

from gongjia.domains.inventory import views

app_name = "inventory"

urlpatterns = [
    path("inventory/reconciliation/", views.reconciliation, name="reconciliation"),
    path("inventory/reconciliation/differences.csv", views.differences, name="differences"),
]
