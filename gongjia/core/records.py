"""What every kept record has: nothing is deleted, codes are unique among live rows, versions count upwards."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class RecordQuerySet(models.QuerySet):
    """Verbs over records that are closed instead of deleted."""

    def live(self) -> RecordQuerySet:
        return self.filter(closed_on__isnull=True)

    def delete(self) -> Any:
        """Refuse: records are closed with date and reason."""
        raise TypeError("records are closed, never deleted")


class Record(models.Model):
    """A row that people own: closed with date and reason, versioned, traceable to the source that brought it."""

    closed_on = models.DateField(_("注销日期"), null=True, blank=True, editable=False)
    close_reason = models.CharField(_("注销原因"), max_length=200, blank=True, editable=False)
    version = models.PositiveIntegerField(_("版本"), default=1, editable=False)
    source = models.CharField(_("来源"), max_length=60, blank=True, editable=False)
    source_key = models.CharField(_("来源编号"), max_length=200, blank=True, editable=False)
    created_at = models.DateTimeField(_("建立时间"), default=timezone.now, editable=False)

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True
