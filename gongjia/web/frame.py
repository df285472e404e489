"""What stands around every page: menu, scope, person, language, theme."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import Any

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongjia.core.access import access
from gongjia.core.nav import GROUPS, NavItem, bells, nav
from gongjia.core.resource import Resource, resources
from gongjia.web.addresses import list_url
from gongjia.web.scope import scope_of
from gongjia.web.shapes import Fold, Link

LONG = 14  # so many entries of a group are seen at a glance
THEMES = ("auto", "light", "dark")


class Frame:
    """Made once a request; its parts are worked out only when a template asks for them."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.theme = self._cookie("theme", THEMES)
        self.density = self._cookie("density", ("roomy", "dense"))
        self.language = get_language() or "zh-hans"
        self._counts: dict[str, int] = {}
        self.html_lang = "en" if self.language == "en" else "zh-Hans"
        self.next_theme = THEMES[(THEMES.index(self.theme) + 1) % 3]

    def _cookie(self, name: str, known: tuple[str, ...]) -> str:
        value = self.request.COOKIES.get(name, "")
        return value if value in known else known[0]

    @cached_property
    def signed_in(self) -> bool:
        return bool(getattr(self.request, "user", None) and self.request.user.is_authenticated)

    @cached_property
    def user(self) -> str:
        """The name of the person, nothing for a stranger."""
        return str(self.request.user) if self.signed_in else ""

    @cached_property
    def user_note(self) -> str:
        return self.request.user.get_username() if self.signed_in else ""

    @cached_property
    def scope_label(self) -> str:
        return scope_of(self.request).label

    @cached_property
    def house(self) -> str:
        """Whose household this is, as the deployer named it."""
        return settings.GONGJIA_HOUSE or _("机关事务管理平台")

    @cached_property
    def menu(self) -> list[dict[str, Any]]:
        """The groups of the left menu that have a page for this person."""
        if not self.signed_in:
            return []
        rights = access(self.request.user)
        entries = [item for item in nav if not item.permission or rights.can(item.permission)]
        declared = {item.key for item in entries}
        tables = [r for r in resources if r.group in GROUPS and r.key not in declared and rights.can(r.view_permission)]
        tables.sort(key=lambda table: table.key.startswith("org."))  # what is owned comes before who owns it
        groups = []
        for key, label in GROUPS.items():
            links = [self._link(item) for item in sorted(entries, key=lambda item: item.order) if item.group == key]
            pages = [link for link in links if link is not None] + [self._table(table) for table in tables if table.group == key]
            if key == "desk":
                pages.insert(0, Link(_("工作台"), reverse("web:desk"), key="desk", on=self.request.path == "/"))
            if pages:
                plain, folds = _folded(pages)
                groups.append({"label": label, "pages": pages, "plain": plain, "folds": folds})
        return groups

    def _link(self, item: NavItem) -> Link | None:
        try:
            url = reverse(item.url_name, args=item.url_args)
        except NoReverseMatch:
            return None
        return Link(item.label, url, key=item.key, on=self._here(url), count=self._count(item), icon=item.icon)

    def _count(self, item: NavItem) -> int | None:
        """How many wait behind an entry, asked once though the menu and the phone's bar both show it."""
        if item.count and item.key not in self._counts:
            self._counts[item.key] = item.count(self.request.user, scope_of(self.request).path)
        return self._counts.get(item.key)

    def _table(self, table: Resource) -> Link:
        url = list_url(table)
        return Link(table.label, url, key=table.key, on=self._here(url), icon=table.icon)

    def _here(self, url: str) -> bool:
        return self.request.path.startswith(url) if url != "/" else self.request.path == "/"

    @cached_property
    def bells(self) -> list[Link]:
        """What rings at the top of the page, with the number of unread notices."""
        if not self.signed_in:
            return []
        rights = access(self.request.user)
        heard = [bell for bell in bells if not bell.permission or rights.can(bell.permission)]
        return [Link(bell.label, reverse(bell.url_name), count=bell.count(self.request.user), icon="bell") for bell in heard]

    @cached_property
    def phone(self) -> list[Link]:
        """The bottom bar of a phone: desk, what is declared for it, scan."""
        if not self.signed_in:
            return []
        rights = access(self.request.user)
        wanted = [item for item in nav if item.phone and (not item.permission or rights.can(item.permission))]
        links = [self._link(item) for item in sorted(wanted, key=lambda item: item.order)[:2]]
        scan = reverse("web:scan")
        return [
            Link(_("工作台"), "/", icon="home", on=self.request.path == "/"),
            *(link for link in links if link is not None),
            Link(_("扫码"), scan, icon="scan", on=self.request.path == scan),
        ]


def _folded(pages: list[Link]) -> tuple[list[Link], list[Fold]]:
    """Fold the entries of a long group by the package that declares them; what a package has one or two of stays plain."""
    by_app: dict[str, list[Link]] = defaultdict(list)
    for page in pages:
        by_app[page.key.split(".")[0]].append(page)
    names = {config.label: config.verbose_name for config in apps.get_app_configs()}
    many = [app for app, own in by_app.items() if len(pages) > LONG and len(own) > 2 and app in names]
    plain = [page for page in pages if page.key.split(".")[0] not in many]
    return plain, [Fold(names[app], by_app[app]) for app in many]


def frame(request: HttpRequest) -> dict[str, Any]:
    """The template context of every page."""
    return {"frame": Frame(request)}
