from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WarehouseConfig(AppConfig):
    """The public warehouse: what one unit does not need, for others to use before anyone buys."""

    name = "gongjia.domains.warehouse"
    label = "warehouse"
    verbose_name = _("公物仓")
