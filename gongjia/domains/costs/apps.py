from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CostsConfig(AppConfig):
    """Budget lines: what a unit may spend in a year, what is reserved and what is spent."""

    name = "gongjia.domains.costs"
    label = "costs"
    verbose_name = _("预算与成本")
