"""Favourites and seen notices: what one person keeps for himself, no property of the public."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from gongjia.domains.warehouse.models import Favourite, WishMatch


def toggle(user: Any, item: int) -> bool:
    """Star an item, or take the star away; returns whether it is starred now."""
    gone, _rows = Favourite.objects.filter(user=user, item=item).delete()
    if not gone:
        Favourite.objects.get_or_create(user=user, item_id=item)
    return not gone


def mark_seen(matches: Iterable[int]) -> None:
    """Note that somebody has looked at matches."""
    WishMatch.objects.filter(pk__in=list(matches), seen_at__isnull=True).update(seen_at=timezone.now())
