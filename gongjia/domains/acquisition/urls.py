"""Addresses of the papers of acquisition."""

from django.urls import path

from gongjia.domains.acquisition import views

app_name = "acquisition"

urlpatterns = [path("acquisition/receipt/<int:pk>/paper/", views.receipt_paper, name="receipt_paper")]
