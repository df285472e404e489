from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AcquisitionConfig(AppConfig):
    """From the wish to buy to the card: plans, purchase requests, orders, receipts."""

    name = "gongjia.domains.acquisition"
    label = "acquisition"
    verbose_name = _("配置与购置")
