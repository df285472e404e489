"""Addresses of the ledger's own pages."""

from django.urls import path

from gongjia.ledger import views

app_name = "ledger"

urlpatterns = [
    path("ledger/labels/", views.labels, name="labels"),
    path("ledger/asset/<int:pk>/state/", views.state, name="state"),
]
