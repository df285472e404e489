from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MaintenanceConfig(AppConfig):
    """Repairs: daily tickets, preventive plans, the yearly pipeline of large repairs, property services."""

    name = "gongjia.domains.maintenance"
    label = "maintenance"
    verbose_name = _("维修管理")
