from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


class ApprovalsConfig(AppConfig):
    """Routes, requests and decisions."""

    name = "gongjia.approvals"
    label = "approvals"
    verbose_name = _("审批")

    def ready(self) -> None:
        post_migrate.connect(_ship_routes, sender=self)


def _ship_routes(**_kwargs: object) -> None:
    import_string("gongjia.approvals.shipping.ship")()  # by name: models must be loaded first
