"""The template environment: addresses, static files, both languages; each app may add its own words."""

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.template.backends.jinja2 import Jinja2
from django.templatetags.static import static
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext, ngettext, npgettext, pgettext
from jinja2 import Environment, StrictUndefined


class Templates(Jinja2):
    """Finds `templates/<app>/x.html` inside each of this project's apps, never in others' packages."""

    @cached_property
    def template_dirs(self) -> tuple[Path, ...]:
        folders = (Path(config.path) / "templates" for config in apps.get_app_configs() if config.name.startswith("gongjia."))
        return (*map(Path, self.dirs), *(folder for folder in folders if folder.is_dir()))


def address(name: str, /, *args: Any, **kwargs: Any) -> str:
    """Return the path of a named view."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def environment(**options: Any) -> Environment:
    """Make the environment; an app's `jinja.py` may define `extend(environment)` to add filters and globals."""
    options["undefined"] = StrictUndefined  # a misspelt name fails in a test, not silently on a page
    made = Environment(trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.i18n", "jinja2.ext.do"], **options)  # noqa: S701 - the backend sets autoescape
    made.install_gettext_callables(gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext)  # type: ignore[attr-defined]
    made.globals.update(url=address, static=static, get_language=get_language, settings=settings)
    for name in settings.GONGJIA_APPS:
        if find_spec(f"{name}.jinja"):
            import_module(f"{name}.jinja").extend(made)
    return made
