"""What was posted when, in which version; which months are closed; the work of assets written down by work; reports as filed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongjia.core.fields import FixedDecimalField, MoneyField
from gongjia.domains.accounting.choices import PostingKind


class Posting(models.Model):
    """记账: one version of one month of one unit. It holds the difference to the versions before it and is never changed."""

    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name=_("单位"), related_name="+")
    month = models.DateField(_("月份"))
    version = models.PositiveSmallIntegerField(_("版次"))
    kind = models.CharField(_("性质"), max_length=8, choices=PostingKind, default=PostingKind.POST)
    cards = models.PositiveIntegerField(_("计提卡片"))
    amount = MoneyField(_("本次金额"))
    total = MoneyField(_("本月累计金额"))
    terms = models.JSONField(_("取自规范的年限"), default=list)
    batch = models.ForeignKey("core.Batch", models.PROTECT, verbose_name=_("批次"), related_name="+")
    posted_at = models.DateTimeField(_("记账时间"), default=timezone.now)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("经办人"), related_name="+")

    class Meta:
        verbose_name = _("折旧记账")
        constraints = [models.UniqueConstraint(fields=["unit", "month", "version"], name="posting_version_once")]
        indexes = [models.Index(fields=["month"], name="posting_month")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.unit} v{self.version}"


class PostingLine(models.Model):
    """One line of a posting: class and account subject, this version's difference and what stands after it."""

    posting = models.ForeignKey(Posting, models.PROTECT, verbose_name=_("折旧记账"), related_name="lines")
    category = models.ForeignKey("ledger.Category", models.PROTECT, null=True, verbose_name=_("资产分类"), related_name="+")
    account_subject = models.CharField(_("会计科目"), max_length=12)
    cards = models.PositiveIntegerField(_("计提卡片"))
    amount = MoneyField(_("本次金额"))
    total = MoneyField(_("本月累计金额"))

    class Meta:
        verbose_name = _("折旧记账明细")


class Closing(models.Model):
    """结账: a month of a unit and of the units below it takes no posting any more, nor do the months before it."""

    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name=_("单位"), related_name="+")
    month = models.DateField(_("结账月份"))
    closed_at = models.DateTimeField(_("结账时间"), default=timezone.now)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("经办人"), related_name="+")
    reopened_at = models.DateTimeField(_("反结账时间"), null=True, blank=True)
    reason = models.CharField(_("反结账原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("结账")
        constraints = [models.UniqueConstraint(fields=["unit", "month"], condition=Q(reopened_at__isnull=True), name="closing_once")]


class WorkPlan(models.Model):
    """预计总工作量: what an asset that is written down by work is expected to do in all."""

    asset = models.OneToOneField("ledger.Asset", models.PROTECT, primary_key=True, verbose_name=_("资产"), related_name="work_plan")
    planned = FixedDecimalField(_("预计总工作量"), places=2)
    before = FixedDecimalField(_("启用前已完成工作量"), places=2, default=0)
    measure = models.CharField(_("工作量单位"), max_length=12)

    class Meta:
        verbose_name = _("工作量计划")


class WorkDone(models.Model):
    """本月工作量: what such an asset did in a month; a later row of the same month takes its place."""

    plan = models.ForeignKey(WorkPlan, models.PROTECT, verbose_name=_("工作量计划"), related_name="done")
    month = models.DateField(_("月份"))
    done = FixedDecimalField(_("本月工作量"), places=2)
    recorded_at = models.DateTimeField(_("登记时间"), default=timezone.now)
    superseded_at = models.DateTimeField(_("更正时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("本月工作量")
        constraints = [models.UniqueConstraint(fields=["plan", "month"], condition=Q(superseded_at__isnull=True), name="work_done_once")]


class FiledReport(models.Model):
    """资产年报 as filed: its very bytes and their SHA-256, of one unit and year, as known at an instant. Never changed."""

    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name=_("单位"), related_name="+")
    year = models.PositiveSmallIntegerField(_("年度"))
    version = models.PositiveSmallIntegerField(_("版次"))
    known_at = models.DateTimeField(_("截至何时已知"))
    digest = models.CharField("SHA-256", max_length=64)
    content = models.TextField(_("内容"))
    cards = models.PositiveIntegerField(_("期末卡片"))
    cost = MoneyField(_("期末原值"))
    net = MoneyField(_("期末净值"))
    note = models.CharField(_("填报说明"), max_length=1000, blank=True)
    filed_at = models.DateTimeField(_("报送时间"), default=timezone.now)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("经办人"), related_name="+")

    class Meta:
        verbose_name = _("资产年报")
        constraints = [models.UniqueConstraint(fields=["unit", "year", "version"], name="filed_report_version_once")]

    def __str__(self) -> str:
        return f"{self.unit} {self.year} v{self.version}"
