from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    """The return of office space, and the ledgers of units held against the total ledger."""

    name = "gongjia.publishing"
    label = "publishing"
    verbose_name = _("统计报告与核对")
