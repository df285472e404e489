"""Addresses of the room plans."""

from django.urls import path

from gongjia.domains.allocation import views

app_name = "allocation"

urlpatterns = [
    path("allocation/", views.plan, name="plan"),
    path("allocation/run/", views.run, name="run"),
    path("allocation/<int:pk>/mark/", views.mark, name="mark"),
    path("allocation/<int:pk>/accept/", views.accept, name="accept"),
]
