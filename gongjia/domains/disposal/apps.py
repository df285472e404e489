from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DisposalConfig(AppConfig):
    """The way out: scrapping, sale, auction, donation, exchange, transfer without charge, loss."""

    name = "gongjia.domains.disposal"
    label = "disposal"
    verbose_name = _("处置")
