from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DrawingsConfig(AppConfig):
    """Floor plans read from drawings, drawn as pages, and held against ledger, certificate and entitlement."""

    name = "gongjia.domains.drawings"
    label = "drawings"
    verbose_name = _("图纸")
