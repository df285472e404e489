"""Addresses of approvals."""

from django.urls import path
from django.views.generic import RedirectView

from gongjia.approvals.views import acting, desk, notices, papers, request, routes, rows

app_name = "approvals"

urlpatterns = [
    path("approvals/", RedirectView.as_view(pattern_name="approvals:waiting"), name="home"),
    path("approvals/waiting/", desk.waiting, name="waiting"),
    path("approvals/mine/", desk.mine, name="mine"),
    path("approvals/copies/", desk.copies, name="copies"),
    path("approvals/signed/", desk.signed, name="signed"),
    path("approvals/batch/", desk.batch, name="batch"),
    path("approvals/notices/", notices.notices, name="notices"),
    path("approvals/notices/read/", notices.read_all, name="read_notices"),
    path("approvals/notices/again/", notices.send_again, name="send_again"),
    path("approvals/routes/", routes.routes, name="routes"),
    path("approvals/routes/upload/", routes.upload, name="upload"),
    path("approvals/route/<int:pk>/", routes.route, name="route"),
    path("approvals/route/<int:pk>/retire/", routes.retire, name="retire"),
    path("approvals/request/<int:pk>/", request.request_page, name="request"),
    path("approvals/request/<int:pk>/route/", request.request_route, name="request_route"),
    path("approvals/request/<int:pk>/save/", acting.save, name="save"),
    path("approvals/request/<int:pk>/attach/", acting.attach, name="attach"),
    path("approvals/request/<int:pk>/verb/<slug:verb>/", acting.do, name="do"),
    path("approvals/request/<int:pk>/gate/<str:key>/", acting.answer, name="answer"),
    path("approvals/request/<int:pk>/rows/<int:place>/", rows.row, name="row"),
    path("approvals/request/<int:pk>/rows/<int:place>/drop/", rows.drop, name="drop_row"),
    path("approvals/request/<int:pk>/paper.<slug:shape>", papers.paper, name="paper"),
    path("approvals/version/<int:pk>/file/", request.route_file, name="route_file"),
]
