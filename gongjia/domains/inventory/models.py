"""盘点: a round over a unit, a place or a class; one line a card, and one for each thing that no card knows."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongjia.core.fields import FixedDecimalField, MoneyField
from gongjia.core.records import Record
from gongjia.domains.custody.choices import Condition
from gongjia.domains.inventory.choices import Cause, Found, RoundState, Settled


class Round(Record):
    """盘点任务: which cards are to be seen until when."""

    number = models.CharField(_("任务编号"), max_length=60, unique=True)
    title = models.CharField(_("任务名称"), max_length=160)
    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name=_("单位"), related_name="+", db_index=False)
    place = models.ForeignKey("org.Place", models.PROTECT, null=True, blank=True, verbose_name=_("只盘这个地点"), related_name="+")
    category = models.CharField(_("只盘这类资产"), max_length=20, blank=True)
    opened_on = models.DateField(_("开始日期"))
    due_on = models.DateField(_("截止日期"))
    state = models.CharField(_("状态"), max_length=10, choices=RoundState, default=RoundState.OPEN)
    counted_on = models.DateField(_("停止清点日期"), null=True, blank=True)
    ended_on = models.DateField(_("办结日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("盘点任务")
        indexes = [models.Index(fields=["unit", "id"], name="round_unit")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class CountLine(models.Model):
    """One card to be seen, or one thing that was found without a card."""

    round = models.ForeignKey(Round, models.PROTECT, verbose_name=_("盘点任务"), related_name="lines", db_index=False)
    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name=_("单位"), related_name="+", db_index=False)
    asset = models.ForeignKey("ledger.Asset", models.PROTECT, null=True, verbose_name=_("资产"), related_name="counts")
    name = models.CharField(_("资产名称"), max_length=160)
    category = models.ForeignKey("ledger.Category", models.PROTECT, null=True, verbose_name=_("资产分类"), related_name="+", db_index=False)
    quantity = FixedDecimalField(_("账面数量"), places=2, default=0)
    counted_quantity = FixedDecimalField(_("实盘数量"), places=2, null=True)
    cost = MoneyField(_("账面原值"), default=0)
    value = MoneyField(_("盘盈计价"), null=True)
    book_place = models.ForeignKey("org.Place", models.PROTECT, null=True, verbose_name=_("账面地点"), related_name="+", db_index=False)
    book_custodian = models.ForeignKey(
        "org.Person", models.PROTECT, null=True, verbose_name=_("账面使用人"), related_name="+", db_index=False
    )
    found = models.CharField(_("盘点结果"), max_length=10, choices=Found, default=Found.PENDING)
    place = models.ForeignKey("org.Place", models.PROTECT, null=True, verbose_name=_("实际地点"), related_name="+", db_index=False)
    condition = models.CharField(_("实物状况"), max_length=8, choices=Condition, blank=True)
    counter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("盘点人"), related_name="+", db_index=False
    )
    counted_at = models.DateTimeField(_("盘点时间"), null=True)
    client_key = models.CharField(_("终端记录号"), max_length=60, blank=True)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    cause = models.CharField(_("差异原因"), max_length=16, choices=Cause, blank=True)
    explanation = models.CharField(_("差异说明"), max_length=400, blank=True)
    settled = models.CharField(_("处理"), max_length=12, choices=Settled, blank=True, default="")
    request_key = models.CharField(_("申请编号"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("盘点明细")
        constraints = [
            models.UniqueConstraint(fields=["round", "asset"], condition=Q(asset__isnull=False), name="count_asset_once"),
            models.UniqueConstraint(fields=["round", "client_key"], condition=~Q(client_key=""), name="count_key_once"),
        ]
        indexes = [
            models.Index(fields=["round", "found"], name="count_found"),
            models.Index(fields=["unit", "id"], name="count_unit"),
        ]

    def __str__(self) -> str:
        return self.name


class Balance(Record):
    """财务账: what the accounts say of a unit and subject at the end of a day, as a total or card by card."""

    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name=_("单位"), related_name="+", db_index=False)
    on = models.DateField(_("截止日期"))
    subject = models.CharField(_("科目"), max_length=12)
    detail = models.CharField(_("明细"), max_length=60, blank=True)
    name = models.CharField(_("科目名称"), max_length=120, blank=True)
    amount = MoneyField(_("期末余额"))

    class Meta:
        verbose_name = _("财务余额")
        constraints = [
            models.UniqueConstraint(fields=["unit", "on", "subject", "detail"], condition=Q(closed_on__isnull=True), name="balance_once")
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.detail} {self.on}"
