"""The menu: each layer declares its pages; groups are 台账, 办理, 监督, 决策."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjia.core.registry import Registry

GROUPS: dict[str, Any] = {
    "desk": "",
    "ledgers": _("台账"),
    "handling": _("办理"),
    "oversight": _("监督"),
    "decisions": _("决策"),
    "system": _("系统"),
}


@dataclass(frozen=True)
class NavItem:
    """One entry of the menu; `count(user, unit_path)` says how many wait there."""

    key: str
    label: Any
    url_name: str
    group: str
    permission: str = ""
    order: int = 50
    icon: str = ""
    url_args: tuple[Any, ...] = ()
    count: Callable[[Any, str], int] | None = None
    phone: bool = False


nav: Registry[NavItem] = Registry("menu entry")


def declare_nav(made: NavItem) -> NavItem:
    """Declare a menu entry."""
    return nav.add(made.key, made)


@dataclass(frozen=True)
class DeskCard:
    """One card of the work desk: what waits, by role; `context(user, unit_path)` returns variables or None to hide it."""

    key: str
    title: Any
    template: str
    context: Callable[[Any, str], dict[str, Any] | None]
    order: int = 50


desk_cards: Registry[DeskCard] = Registry("desk card")


def declare_desk_card(made: DeskCard) -> DeskCard:
    """Declare a card of the work desk."""
    return desk_cards.add(made.key, made)


@dataclass(frozen=True)
class Bell:
    """The bell at the top of every page; `count(user)` says how many notices are unread."""

    url_name: str
    label: Any
    count: Callable[[Any], int]
    permission: str = ""


bells: Registry[Bell] = Registry("bell")


def declare_bell(made: Bell) -> Bell:
    """Declare what rings the bell."""
    return bells.add(made.url_name, made)
