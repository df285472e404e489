"""What a person changes for themself alone: saved views; and the demo's one-time links."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from gongjia.web.models import SavedView, SignInLink


def save_view(owner: Any, resource: str, name: str, query: str) -> SavedView:
    """Keep a view under its name, replacing the person's former one of that name."""
    return SavedView.objects.update_or_create(owner=owner, resource=resource, name=name.strip()[:40], defaults={"query": query})[0]


def forget_view(owner: Any, pk: int) -> str | None:
    """Delete the person's own view and return its resource, or None when it is not theirs."""
    view = SavedView.objects.filter(owner=owner, pk=pk).first()
    if view is None:
        return None
    view.delete()
    return view.resource


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def issue_link(user: Any) -> str:
    """Return the path of a link that signs `user` in once; refuses outside the demo."""
    if not settings.GONGJIA_DEMO:
        raise PermissionError("one-time sign-in links exist only in the demo")
    token = secrets.token_urlsafe(24)
    SignInLink.objects.create(digest=_digest(token), user=user)
    return reverse("web:sign_in_link", args=[token])


def redeem_link(token: str) -> Any | None:
    """Return the person of an unused link and use it up; None for any other token, and outside the demo."""
    if not settings.GONGJIA_DEMO:
        return None
    unused = SignInLink.objects.filter(digest=_digest(token), used_at__isnull=True)
    link = unused.select_related("user").first()
    taken = unused.update(used_at=timezone.now()) if link else 0
    return link.user if link and taken and link.user.is_active else None
