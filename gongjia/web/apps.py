from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    """Declares the jobs of this door and collects the bulk acts of the packages above."""

    name = "gongjia.web"
    label = "web"
    verbose_name = _("网页")

    def ready(self) -> None:
        autodiscover_modules("export", "labels", "finders", "weighers")  # the jobs here, and what packages above offer
