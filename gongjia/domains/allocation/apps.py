from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AllocationConfig(AppConfig):
    """Re-allocating rooms by a plan with a bound."""

    name = "gongjia.domains.allocation"
    label = "allocation"
    verbose_name = _("办公用房调配")
