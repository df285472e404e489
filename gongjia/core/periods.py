"""Business dates are dates in Asia/Shanghai; instants are UTC; years end on 31 December."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

SHANGHAI = ZoneInfo("Asia/Shanghai")
NEVER = dt.date(9999, 12, 31)


def today() -> dt.date:
    """Return the business date of now."""
    return timezone.now().astimezone(SHANGHAI).date()


class DatedQuerySet(models.QuerySet):
    """Verbs over rows that hold for a span of days and were known for a span of instants."""

    def current(self, on: dt.date | None = None) -> DatedQuerySet:
        """Keep the rows that hold on `on` (default today) by what is known now."""
        day = on or today()
        return self.known().filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)

    def known(self, at: dt.datetime | None = None) -> DatedQuerySet:
        """Keep the rows that were believed at the instant `at` (default now)."""
        if at is None:
            return self.filter(superseded_at__isnull=True)
        return self.filter(Q(superseded_at__isnull=True) | Q(superseded_at__gt=at), recorded_at__lte=at)


class Dated(models.Model):
    """A bitemporal row: true from `valid_from` until before `valid_to`, believed from `recorded_at` until `superseded_at`."""

    valid_from = models.DateField(_("生效日期"))
    valid_to = models.DateField(_("失效日期"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("登记时间"), default=timezone.now, editable=False)
    superseded_at = models.DateTimeField(_("更正时间"), null=True, blank=True, editable=False)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
