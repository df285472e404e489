from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountingConfig(AppConfig):
    """Monthly depreciation, states as of any day, and the annual asset report."""

    name = "gongjia.domains.accounting"
    label = "accounting"
    verbose_name = _("资产核算")
