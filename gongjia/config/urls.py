"""Where each door stands."""

from importlib.util import find_spec

from django.urls import include, path
from django.views.i18n import set_language

urlpatterns = [path("language/", set_language, name="set_language")]
if find_spec("gongjia.api") and find_spec("gongjia.api.urls"):
    urlpatterns.append(path("api/", include("gongjia.api.urls")))
if find_spec("gongjia.web") and find_spec("gongjia.web.urls"):
    urlpatterns.append(path("", include("gongjia.web.urls")))
