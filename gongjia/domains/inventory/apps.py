from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InventoryConfig(AppConfig):
    """Inventory rounds, surplus and shortage, and the reconciliation of books, cards and things."""

    name = "gongjia.domains.inventory"
    label = "inventory"
    verbose_name = _("盘点")
