"""Addresses of this package."""

from django.urls import path

from gongjia.dashboards import views

app_name = "dashboards"

urlpatterns = [
    path("cockpit/", views.cockpit, name="cockpit"),
    path("one-page/", views.one_page_html, name="one_page"),
    path("one-page/pdf/", views.one_page_pdf, name="one_page_pdf"),
]
