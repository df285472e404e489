from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CustodyConfig(AppConfig):
    """Who has what: issue, return, hand-over, transfer, letting and lending, repair."""

    name = "gongjia.domains.custody"
    label = "custody"
    verbose_name = _("领用与流转")
