"""Addresses of the use of rooms; the forms that take a file stand before the generic ones."""

from django.urls import path, re_path

from gongjia.domains.usage.views import ceiling, certificates, uploading, walking, yearly

app_name = "usage"

urlpatterns = [
    path("usage/ceiling/", ceiling.ceiling, name="ceiling"),
    path("usage/ceiling/paper/", ceiling.ceiling_paper, name="ceiling_paper"),
    path("usage/handback/<int:pk>/do/usage.hand_back/", uploading.hand_back, name="hand_back"),
    path("usage/inspectedroom/<int:pk>/do/usage.raise_issue/", uploading.raise_issue, name="raise_issue"),
    path("usage/issue/<int:pk>/do/usage.mend_issue/", uploading.mend_issue, name="mend_issue"),
    path("usage/overage/new/", uploading.register_overage, name="register_overage"),
    path("usage/inspection/<int:pk>/walk/", walking.walk, name="walk"),
    path("usage/inspectedroom/<int:pk>/pass/", walking.pass_room, name="pass_room"),
    path("usage/certificate/<int:pk>/paper/", certificates.certificate, name="certificate"),
    path("usage/certificate/<int:pk>/agreement/", certificates.agreement, name="agreement"),
    re_path(r"^usage/(?P<kind>publication|filing)/(?P<pk>\d+)/paper/$", yearly.paper, name="yearly_paper"),
    re_path(r"^usage/(?P<kind>publication|filing)/(?P<pk>\d+)/book/$", yearly.book, name="yearly_book"),
    path("verify/<str:number>/<str:mark>/", certificates.verify, name="verify"),
]
