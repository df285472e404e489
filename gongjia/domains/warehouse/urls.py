"""Addresses of the warehouse's own pages."""

from django.urls import path

from gongjia.domains.warehouse import figures_views, planning_views, views

app_name = "warehouse"

urlpatterns = [
    path("warehouse/window/", views.window, name="window"),
    path("warehouse/window/<int:pk>/", views.offer, name="offer"),
    path("warehouse/window/<int:pk>/star/", views.star, name="star"),
    path("warehouse/photo/<int:pk>/", views.photo, name="photo"),
    path("warehouse/scan/", views.scan, name="scan"),
    path("warehouse/wishes/", views.wishes, name="wishes"),
    path("warehouse/figures/", figures_views.figures, name="figures"),
    path("warehouse/certificate/<int:pk>/", figures_views.certificate, name="certificate"),
    path("warehouse/matching/", planning_views.matching, name="matching"),
    path("warehouse/matching/run/", planning_views.run, name="run_match"),
    path("warehouse/matching/<int:pk>/mark/", planning_views.mark, name="mark_pair"),
    path("warehouse/matching/<int:pk>/accept/", planning_views.accept, name="accept_plan"),
]
