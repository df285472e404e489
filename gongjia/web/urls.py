"""Addresses of the HTML door; those of the tables come last, for they match any two words."""

from django.urls import path

from gongjia.web.views import desk, documents, forms, jobs, preferences, search, sign_in, tables

app_name = "web"

urlpatterns = [
    path("", desk.desk, name="desk"),
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-in/link/<str:token>/", sign_in.sign_in_link, name="sign_in_link"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("me/password/", sign_in.password, name="password"),
    path("me/theme/", preferences.theme, name="theme"),
    path("me/jobs/", jobs.job_list, name="jobs"),
    path("search/", search.search, name="search"),
    path("scope/", search.choose_scope, name="scope"),
    path("scan/", search.scan, name="scan"),
    path("keys/", search.keys, name="keys"),
    path("jobs/<int:pk>/", jobs.job_page, name="job"),
    path("jobs/<int:pk>/cancel/", jobs.cancel_job, name="cancel_job"),
    path("jobs/<int:pk>/file/", jobs.job_file, name="job_file"),
    path("files/<int:pk>/", jobs.attachment, name="attachment"),
    path("attach/<str:key>/<int:pk>/", documents.attach, name="attach"),
    path("views/<int:pk>/forget/", tables.drop_view, name="forget_view"),
    path("views/<str:key>/save/", tables.keep_view, name="save_view"),
    path("lookup/<str:key>/", tables.lookup, name="lookup"),
    path("directory/<str:key>/", tables.directory, name="directory"),
    path("weigh/<str:key>/", forms.weigh, name="weigh"),
    path("undo/<int:pk>/", forms.undo, name="undo"),
    path("bulk/<str:key>/", forms.bulk, name="bulk"),
    path("<slug:app>/<slug:name>/", tables.list_page, name="list"),
    path("<slug:app>/<slug:name>/new/", forms.new, name="new"),
    path("<slug:app>/<slug:name>/export/", jobs.export_page, name="export"),
    path("<slug:app>/<slug:name>/export/start/", jobs.export_start, name="export_start"),
    path("<slug:app>/<slug:name>/do/<str:key>/", forms.act, name="act"),
    path("<slug:app>/<slug:name>/<int:pk>/", tables.detail_page, name="detail"),
    path("<slug:app>/<slug:name>/<int:pk>/edit/", forms.edit, name="edit"),
    path("<slug:app>/<slug:name>/<int:pk>/do/<str:key>/", forms.act_on, name="act_on"),
]
