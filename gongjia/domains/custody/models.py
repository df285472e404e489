"""Who holds what, and on which paper: hand-overs inside a unit, lettings outside it, repairs."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongjia.core.fields import MoneyField
from gongjia.core.records import Record
from gongjia.domains.custody.choices import Condition, HandOverKind, LettingKind


class HandOver(Record):
    """交接单: one paper that says which cards went from whom to whom on a day."""

    number = models.CharField(_("单号"), max_length=60, unique=True)
    kind = models.CharField(_("种类"), max_length=10, choices=HandOverKind)
    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name=_("单位"), related_name="+", db_index=False)
    giver = models.ForeignKey("org.Person", models.PROTECT, null=True, verbose_name=_("交出人"), related_name="+")
    receiver = models.ForeignKey("org.Person", models.PROTECT, null=True, verbose_name=_("接收人"), related_name="+")
    on = models.DateField(_("日期"))
    note = models.CharField(_("说明"), max_length=200, blank=True)
    assets = models.ManyToManyField("ledger.Asset", verbose_name=_("资产卡片"), related_name="hand_overs")

    class Meta:
        verbose_name = _("交接单")
        indexes = [models.Index(fields=["unit", "id"], name="hand_over_unit")]

    def __str__(self) -> str:
        return self.number


class Letting(Record):
    """出租出借: a card that somebody outside uses for a time, for rent or without, and how it came back."""

    number = models.CharField(_("编号"), max_length=60, unique=True)
    asset = models.ForeignKey("ledger.Asset", models.PROTECT, verbose_name=_("资产"), related_name="lettings")
    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name=_("单位"), related_name="+", db_index=False)
    kind = models.CharField(_("种类"), max_length=6, choices=LettingKind)
    party = models.CharField(_("承租（借用）方"), max_length=160)
    purpose = models.CharField(_("用途"), max_length=200, blank=True)
    starts_on = models.DateField(_("起始日期"))
    due_on = models.DateField(_("应归还日期"))
    rent = MoneyField(_("合同租金总额"), default=0)
    contract = models.CharField(_("合同编号"), max_length=80, blank=True)
    document = models.CharField(_("批准文号"), max_length=80, blank=True)
    returned_on = models.DateField(_("实际归还日期"), null=True, blank=True)
    condition = models.CharField(_("归还时状况"), max_length=8, choices=Condition, blank=True)
    request_key = models.CharField(_("申请编号"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("出租出借")
        constraints = [
            models.UniqueConstraint(
                fields=["asset"], condition=Q(returned_on__isnull=True, closed_on__isnull=True), name="letting_open_once"
            ),
            models.CheckConstraint(condition=Q(due_on__gte=models.F("starts_on")), name="letting_dates"),
        ]
        indexes = [
            models.Index(fields=["unit", "id"], name="letting_unit"),
            models.Index(fields=["due_on"], name="letting_due", condition=Q(returned_on__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.number


class Income(Record):
    """出租收入: what was paid for a letting and handed to the treasury, with its paper."""

    letting = models.ForeignKey(Letting, models.PROTECT, verbose_name=_("出租出借"), related_name="incomes")
    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name=_("单位"), related_name="+", db_index=False)
    amount = MoneyField(_("金额"))
    received_on = models.DateField(_("收款日期"))
    remitted_on = models.DateField(_("上缴日期"), null=True, blank=True)
    voucher = models.CharField(_("缴款书号"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("出租收入")
        indexes = [models.Index(fields=["unit", "id"], name="income_unit")]

    def __str__(self) -> str:
        return f"{self.letting} {self.received_on}"


class Repair(Record):
    """维修: what was done to a card, what it cost, and whether it now lasts longer."""

    asset = models.ForeignKey("ledger.Asset", models.PROTECT, verbose_name=_("资产"), related_name="repairs")
    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name=_("单位"), related_name="+", db_index=False)
    fault = models.CharField(_("故障"), max_length=200)
    work = models.CharField(_("维修内容"), max_length=200)
    vendor = models.CharField(_("维修单位"), max_length=120, blank=True)
    done_on = models.DateField(_("完成日期"))
    cost = MoneyField(_("维修费用"))
    capitalised = models.BooleanField(_("计入原值"), default=False)
    months_added = models.PositiveIntegerField(_("延长使用月数"), default=0)
    voucher = models.CharField(_("会计凭证号"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("资产维修")
        indexes = [models.Index(fields=["unit", "id"], name="repair_unit")]

    def __str__(self) -> str:
        return f"{self.asset} {self.done_on}"
