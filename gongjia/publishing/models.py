"""Divisions that report, returns as filed, and what units state of their own ledgers."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongjia.core.fields import AreaField
from gongjia.core.records import Record
from gongjia.org.choices import Tier


class Division(Record):
    """行政区划: a level that reports for itself alone, under its full name and its code of twelve digits."""

    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name=_("填报范围"), related_name="+")
    name = models.CharField(_("行政区划全称"), max_length=120)
    level = models.CharField(_("行政区划级别"), max_length=20, choices=Tier)
    code = models.CharField(_("行政区划代码（12位）"), max_length=12)

    class Meta:
        verbose_name = _("行政区划")
        constraints = [models.UniqueConstraint(fields=["code", "level"], condition=Q(closed_on__isnull=True), name="division_code_live")]

    def __str__(self) -> str:
        return self.name


class OfficeReturn(models.Model):
    """办公用房统计报告 as filed: its very bytes and their SHA-256, of one division and year. Never changed."""

    division = models.ForeignKey(Division, models.PROTECT, verbose_name=_("行政区划"), related_name="returns")
    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name=_("填报范围"), related_name="+")
    year = models.PositiveSmallIntegerField(_("年度"))
    version = models.PositiveSmallIntegerField(_("版次"))
    form = models.CharField(_("表式版本"), max_length=20)
    on = models.DateField(_("统计截止日期"))
    file_name = models.CharField(_("文件名"), max_length=160)
    digest = models.CharField("SHA-256", max_length=64)
    content = models.TextField(_("内容"))
    failed = models.PositiveSmallIntegerField(_("未通过的校核"))
    note = models.CharField(_("说明"), max_length=400, blank=True)
    filed_at = models.DateTimeField(_("报送时间"), default=timezone.now)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("经办人"), related_name="+")

    class Meta:
        verbose_name = _("办公用房统计报告")
        constraints = [models.UniqueConstraint(fields=["division", "year", "version"], name="office_return_version_once")]

    def __str__(self) -> str:
        return f"{self.file_name} {self.year} v{self.version}"


class LedgerLine(Record):
    """分台账: what a using unit states of one of its buildings, to be held against the total ledger."""

    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name=_("使用单位"), related_name="+")
    code = models.CharField(_("房屋编号"), max_length=60)
    name = models.CharField(_("房屋名称"), max_length=160)
    floor_area = AreaField(_("建筑面积"), null=True, blank=True)
    usable_area = AreaField(_("使用面积"), null=True, blank=True)
    rooms = models.PositiveIntegerField(_("房间数"), null=True, blank=True)
    certificate = models.CharField(_("权证号"), max_length=80, blank=True)
    stated_on = models.DateField(_("分台账日期"))

    class Meta:
        verbose_name = _("分台账")
        constraints = [models.UniqueConstraint(fields=["unit", "code"], condition=Q(closed_on__isnull=True), name="ledger_line_live")]

    def __str__(self) -> str:
        return self.name
