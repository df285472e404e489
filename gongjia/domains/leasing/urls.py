"""Addresses of leasing's own pages."""

from django.urls import path

from gongjia.domains.leasing import views

app_name = "leasing"

urlpatterns = [
    path("leasing/expiring/", views.expiring, name="expiring"),
    path("leasing/expiring/book/", views.expiring_book, name="expiring_book"),
    path("leasing/expiring/<int:pk>/", views.spaces, name="spaces"),
    path("leasing/gaps/", views.gaps, name="gaps"),
    path("leasing/gaps/book/", views.gaps_book, name="gaps_book"),
]
