"""Instant match: what is published is held against the open wishes, what is wished against what is published."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F, Q, QuerySet

from gongjia.core import bulk
from gongjia.core.action import Context
from gongjia.domains.warehouse.choices import ItemState, WishState
from gongjia.domains.warehouse.models import StockItem, Wish, WishMatch
from gongjia.domains.warehouse.windows import body_of, open_for

AT_MOST = 200


def suits(wish: Wish) -> Q:
    """Return which items suit a wish: of its class or of its name, good enough, with life enough left."""
    kind = Q(category_code=wish.category.code) if wish.category else Q(title__icontains=wish.name)
    months = Q(remaining_months__gte=wish.least_months) if wish.least_months else Q()
    return kind & months & Q(grade__gte="a", grade__lte=wish.least_grade)


def suiting(wish: Wish) -> QuerySet[StockItem]:
    """Return the published items that suit a wish and stand open to its unit, the other units' and its own."""
    shown = StockItem.objects.filter(open_for(body_of(wish.unit)), state=ItemState.PUBLISHED)
    return shown.filter(suits(wish)).order_by("grade", "-remaining_months", "pk")


def open_wishes() -> QuerySet[Wish]:
    """Return the wishes that still want something."""
    live = Wish.objects.live().filter(state=WishState.OPEN, met__lt=F("quantity"))
    return live.select_related("category", "unit__parent")


def match_items(context: Context, ids: Sequence[int]) -> int:
    """Note which open wishes the items suit; returns how many matches are new."""
    codes = set(StockItem.objects.filter(pk__in=ids).values_list("category_code", flat=True))
    wishes = open_wishes().filter(Q(category__code__in=codes) | Q(category__isnull=True))
    return _note(context, [(wish, suiting(wish).filter(pk__in=ids)) for wish in wishes])


def match_wishes(context: Context, ids: Sequence[int]) -> int:
    """Note what already stands in the window for new wishes."""
    return _note(context, [(wish, suiting(wish)) for wish in open_wishes().filter(pk__in=ids)])


def _note(context: Context, found: Sequence[tuple[Wish, QuerySet[StockItem]]]) -> int:
    pairs = [(wish.pk, pk) for wish, rows in found for pk in rows.values_list("pk", flat=True)[:AT_MOST]]
    known = set(WishMatch.objects.filter(wish__in={wish for wish, _item in pairs}).values_list("wish", "item"))
    fresh = [pair for pair in pairs if pair not in known]
    bulk.insert(WishMatch, len(fresh), wish_id=[w for w, _i in fresh], item_id=[i for _w, i in fresh], found_at=context.now)
    return len(fresh)
