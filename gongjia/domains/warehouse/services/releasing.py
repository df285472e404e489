"""The end of a hold window: the item stands open by its dates alone; a nightly job only tells those who wished for it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongjia.core.action import context_for
from gongjia.core.jobs import Running, job
from gongjia.core.periods import today
from gongjia.domains.warehouse.choices import ItemState
from gongjia.domains.warehouse.models import StockItem
from gongjia.domains.warehouse.wishing import match_items

BACK = 7
"""Days that are looked back, so that a night without a worker is made up for."""


@job("warehouse.release", _("优先期结束后的需求匹配"))
def match_released(running: Running) -> dict[str, int]:
    """Match wishes with the items that have opened to more units in the last days."""
    day = today()
    since = day - dt.timedelta(days=BACK)
    ended = Q(own_until__gte=since, own_until__lt=day) | Q(level_until__gte=since, level_until__lt=day)
    items = list(StockItem.objects.filter(ended, state=ItemState.PUBLISHED).values_list("pk", flat=True))
    with transaction.atomic():
        found = match_items(context_for(running.actor, "job"), items) if items else 0
    running.progress(len(items), len(items))
    return {"released": len(items), "matches": found}
