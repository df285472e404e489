"""Addresses of the import wizard."""

from django.urls import path

from gongjia.importer import views

app_name = "importer"

urlpatterns = [
    path("imports/", views.imports, name="imports"),
    path("imports/<int:pk>/", views.session_page, name="session"),
    path("imports/<int:pk>/look/", views.look, name="look"),
    path("imports/<int:pk>/decide/", views.decide, name="decide"),
    path("imports/<int:pk>/mend/", views.mend, name="mend"),
    path("imports/<int:pk>/marked/", views.marked, name="marked"),
    path("imports/<int:pk>/<slug:verb>/", views.act, name="act"),
]
