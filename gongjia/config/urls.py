"""Where each door stands."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import include, path
from django.views.i18n import set_language

urlpatterns = [
    path("language/", set_language, name="set_language"),
    path("api/", include("gongjia.api.urls")),
]
# Pages of the packages first, the generic tables of the web last: their addresses match any two words.
DOORS = ("gongjia.api", "gongjia.web")
PAGES = [name for name in settings.GONGJIA_APPS if name not in DOORS and find_spec(f"{name}.urls")]
urlpatterns += [path("", include(f"{name}.urls")) for name in [*PAGES, "gongjia.web"]]

handler403 = "gongjia.web.views.errors.forbidden"
handler404 = "gongjia.config.errors.not_found"
handler500 = "gongjia.config.errors.broken"
