"""The work desk: cards declared by every layer, and the pages at hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjia.core.nav import desk_cards
from gongjia.core.periods import today
from gongjia.web.frame import Frame
from gongjia.web.scope import scope_of
from gongjia.web.views.entry import signed_in


@dataclass(frozen=True)
class Card:
    """One card, ready to be put on the desk."""

    key: str
    title: Any
    html: SafeString


@require_GET
@signed_in
def desk(request: HttpRequest) -> HttpResponse:
    """Show what waits, then where to go."""
    path = scope_of(request).path
    cards = []
    for card in sorted(desk_cards, key=lambda card: card.order):
        context = card.context(request.user, path)
        if context is not None:
            html = render_to_string(card.template, {"card": card, **context}, request=request)
            cards.append(Card(card.key.replace(".", "-"), card.title, mark_safe(html)))  # noqa: S308 - a rendered template
    groups = [group for group in Frame(request).menu if group["label"]]
    page = {
        "title": _("工作台"),
        "says": _("%(name)s，今天是 %(day)s。") % {"name": str(request.user), "day": today().isoformat()},
        "cards": cards,
        "groups": groups,
    }
    return render(request, "web/desk.html", {"page": page, "title": _("工作台")})
