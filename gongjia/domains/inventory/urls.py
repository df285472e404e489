"""Addresses of reconciliation and of counting."""

from django.urls import path

from gongjia.domains.inventory.views import counting, reconciling

app_name = "inventory"

urlpatterns = [
    path("inventory/reconciliation/", reconciling.reconciliation, name="reconciliation"),
    path("inventory/reconciliation/differences.csv", reconciling.differences, name="differences"),
    path("inventory/worker.js", counting.worker, name="worker"),
    path("inventory/round/<int:pk>/count/", counting.count, name="count"),
    path("inventory/round/<int:pk>/counts/", counting.counts, name="counts"),
]
