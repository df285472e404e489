from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VehiclesConfig(AppConfig):
    name = "gongjia.domains.vehicles"
    label = "vehicles"
    verbose_name = _("公务用车")
