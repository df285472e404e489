from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LedgerConfig(AppConfig):
    name = "gongjia.ledger"
    label = "ledger"
    verbose_name = _("资产台账")
