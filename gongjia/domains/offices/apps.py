from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OfficesConfig(AppConfig):
    name = "gongjia.domains.offices"
    label = "offices"
    verbose_name = _("办公用房")
