"""Addresses of the journal; the list and the detail of seals stand where the generic ones would."""

from django.urls import path

from gongjia.journal import views

app_name = "journal"

urlpatterns = [
    path("journal/seal/", views.seals, name="seals"),
    path("journal/seal/start/", views.start_job, name="start"),
    path("journal/seal/verify.py", views.verifier, name="verifier"),
    path("journal/seal/<int:pk>/", views.seal, name="seal"),
    path("journal/seal/<int:pk>/sheet/", views.print_sheet, name="sheet"),
]
