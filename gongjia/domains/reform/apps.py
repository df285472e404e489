from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReformConfig(AppConfig):
    """Merging, splitting, renaming and abolishing units as one balanced, reversible plan."""

    name = "gongjia.domains.reform"
    label = "reform"
    verbose_name = _("机构改革")
