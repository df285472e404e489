"""Budget lines: what a unit may spend in a year under one subject, and every movement that uses it up."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongjia.core.fields import MoneyField
from gongjia.core.records import Record


class BudgetLine(Record):
    """预算指标: one amount of a unit, year, economic subject and project."""

    code = models.CharField(_("指标编号"), max_length=60)
    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name=_("单位"), db_index=False)
    year = models.PositiveSmallIntegerField(_("年度"))
    subject = models.CharField(_("经济分类科目"), max_length=12)
    name = models.CharField(_("指标名称"), max_length=160)
    project = models.CharField(_("项目编号"), max_length=60, blank=True)
    amount = MoneyField(_("预算数"))
    used = MoneyField(_("已使用"), default=0)
    note = models.CharField(_("备注"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("预算指标")
        constraints = [
            models.UniqueConstraint(fields=["unit", "code"], condition=Q(closed_on__isnull=True), name="budget_code_live"),
            models.CheckConstraint(condition=Q(used__gte=0), name="budget_used_not_negative"),
        ]
        indexes = [models.Index(fields=["unit", "year"], name="budget_unit_year")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def unused(self) -> Decimal:
        """Return what has not been used; part of it may be reserved by pending requests."""
        return self.amount - self.used


class BudgetUse(models.Model):
    """One movement of a budget line: what a granted request committed, or what was given back. Appended, never changed."""

    line = models.ForeignKey(BudgetLine, models.PROTECT, verbose_name=_("预算指标"), related_name="uses")
    amount = MoneyField(_("金额"))
    request_key = models.CharField(_("申请"), max_length=60, blank=True)
    reference = models.CharField(_("凭据"), max_length=80, blank=True)
    at = models.DateTimeField(_("时间"), default=timezone.now)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("经办人"), related_name="+")
    note = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("预算使用")
        indexes = [models.Index(fields=["request_key"], name="budget_use_request", condition=~Q(request_key=""))]


def total_used(line_id: int) -> Decimal:
    """Return the sum of the movements of a line: what `used` must equal."""
    return BudgetUse.objects.filter(line=line_id).aggregate(total=Sum("amount"))["total"] or Decimal(0)
