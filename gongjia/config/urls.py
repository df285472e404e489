"""Where each door stands."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import include, path
from django.views.i18n import set_language

urlpatterns = [path("language/", set_language, name="set_language")]
if find_spec("gongjia.api") and find_spec("gongjia.api.urls"):
    urlpatterns.append(path("api/", include("gongjia.api.urls")))
# Pages of the packages first, the generic tables of the web last: their addresses match any two words.
for name in [app for app in settings.GONGJIA_APPS if app not in ("gongjia.api", "gongjia.web")] + ["gongjia.web"]:
    if find_spec(f"{name}.urls"):
        urlpatterns.append(path("", include(f"{name}.urls")))

handler403 = "gongjia.web.views.errors.forbidden"
handler404 = "gongjia.web.views.errors.not_found"
handler500 = "gongjia.web.views.errors.broken"
