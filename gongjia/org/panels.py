"""What the organisation shows on detail pages: a person's posts, a unit's authorised posts and the units below it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjia.core.panel import Panel, declare_panel
from gongjia.org.models import AuthorisedPosts, Post
from gongjia.org.resources import UNITS


def posts(user: Any, key: str, person: Any) -> dict[str, Any] | None:
    """The posts that a person holds and has held, newest first."""
    rows = list(Post.objects.known().filter(person=person.pk).select_related("unit").order_by("-valid_from", "-pk")[:30])
    now = set(Post.objects.current().filter(person=person.pk).values_list("pk", flat=True))
    return {"posts": [(row, row.pk in now) for row in rows], "count": len(now) or None}


def below(user: Any, key: str, unit: Any) -> dict[str, Any] | None:
    """The units directly below, and the authorised posts that hold today."""
    children = list(UNITS.queryset(user).filter(parent=unit.pk).order_by("path")[:200])
    authorised = list(AuthorisedPosts.objects.current().filter(unit=unit.pk).order_by("pk"))
    total = sum(row.count for row in authorised)
    return {"children": children, "authorised": authorised, "total": total, "count": None} if children or authorised else None


declare_panel(Panel("org.posts", _("任职"), "org.person", "org/panel_posts.html", posts, order=20))
declare_panel(Panel("org.below", _("编制与下级单位"), "org.unit", "org/panel_below.html", below, order=20))
