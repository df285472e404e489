from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UsageConfig(AppConfig):
    """The rules of use: ceilings, hand-back, certificates, publication, filing, inspections."""

    name = "gongjia.domains.usage"
    label = "usage"
    verbose_name = _("办公用房使用管理")
