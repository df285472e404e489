"""Addresses of the books' own pages."""

from django.urls import path

from gongjia.domains.accounting.views import annual, asof, depreciation

app_name = "accounting"

urlpatterns = [
    path("accounting/depreciation/", depreciation.month_page, name="month"),
    path("accounting/depreciation/post/", depreciation.post, name="post"),
    path("accounting/depreciation/book/", depreciation.month_book, name="month_book"),
    path("accounting/depreciation/cards/", depreciation.charged, name="charged"),
    path("accounting/as-of/", asof.as_of, name="as_of"),
    path("accounting/as-of/book/", asof.as_of_book, name="as_of_book"),
    path("accounting/annual/", annual.annual, name="annual"),
    path("accounting/annual/file/", annual.file_report, name="file_report"),
    path("accounting/annual/rows/", annual.annual_rows, name="annual_rows"),
    path("accounting/annual/<int:pk>/book/", annual.annual_book, name="annual_book"),
    path("accounting/annual/<int:pk>/paper/", annual.annual_paper, name="annual_paper"),
    path("accounting/annual/<int:pk>/recompute/", annual.recompute, name="recompute"),
]
