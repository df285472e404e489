"""Addresses of the papers of custody."""

from django.urls import path

from gongjia.domains.custody import views

app_name = "custody"

urlpatterns = [path("custody/handover/<int:pk>/paper/", views.hand_over_paper, name="hand_over_paper")]
