from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LeasingConfig(AppConfig):
    """Taking space in and letting it out: provision in its order, the renewal gate, ways of disposal, gaps of title."""

    name = "gongjia.domains.leasing"
    label = "leasing"
    verbose_name = _("租赁与处置利用")
