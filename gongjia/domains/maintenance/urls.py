"""Addresses of the pages of repairs."""

from django.urls import path

from gongjia.domains.maintenance.views import choosing, reporting, working

app_name = "maintenance"

urlpatterns = [
    path("maintenance/report/", reporting.report, name="report"),
    path("maintenance/photo/<int:pk>/", reporting.photo, name="photo"),
    path("maintenance/mine/", working.mine, name="mine"),
    path("maintenance/board/", working.board, name="board"),
    path("maintenance/ticket/<int:pk>/<slug:verb>/step/", working.step, name="step"),
    path("maintenance/choose/", choosing.choose, name="choose"),
    path("maintenance/choose/run/", choosing.run, name="run"),
    path("maintenance/choose/<int:pk>/mark/", choosing.mark, name="mark"),
    path("maintenance/choose/<int:pk>/accept/", choosing.accept, name="accept"),
    path("maintenance/property/", choosing.property_services, name="property"),
]
