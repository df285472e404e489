from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules, import_string
from django.utils.translation import gettext_lazy as _

DECLARATIONS = ("resources", "services", "facts", "checks", "indicators", "terms", "panels", "gates", "followers", "menu", "desk")


class CoreConfig(AppConfig):
    """Finds every declaration of every installed package once all models are loaded."""

    name = "gongjia.core"
    label = "core"
    verbose_name = _("内核")

    def ready(self) -> None:
        for module in DECLARATIONS:
            autodiscover_modules(module)
        post_migrate.connect(_ensure_search_tables, sender=self)


def _ensure_search_tables(**_kwargs: object) -> None:
    import_string("gongjia.core.search.ensure_tables")()  # by name: models must be loaded first
