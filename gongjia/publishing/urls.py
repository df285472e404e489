"""Addresses of returns and reconciliations."""

from django.urls import path

from gongjia.publishing import views

app_name = "publishing"

urlpatterns = [
    path("publishing/office-return/", views.office_return, name="office_return"),
    path("publishing/office-return/file/", views.file_return, name="file_return"),
    path("publishing/office-return/book/", views.book, name="book"),
    path("publishing/office-return/rows/", views.rows, name="rows"),
    path("publishing/office-return/<int:pk>/recompute/", views.recompute, name="recompute"),
    path("publishing/ledgers/", views.ledgers, name="ledgers"),
    path("publishing/ledgers/book/", views.ledgers_book, name="ledgers_book"),
]
