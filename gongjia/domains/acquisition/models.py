"""配置计划 → 采购订单 → 验收: what is wanted, what was granted, what came and became cards."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongjia.core.fields import FixedDecimalField, MoneyField
from gongjia.core.records import Record
from gongjia.domains.acquisition.choices import Inspection, OrderState, PlanState


class PlanLine(Record):
    """配置计划: what a unit wants to get in a year, before it may be bought."""

    code = models.CharField(_("计划编号"), max_length=60)
    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name=_("单位"), related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField(_("年度"))
    category = models.ForeignKey("ledger.Category", models.PROTECT, verbose_name=_("资产分类"), related_name="+", db_index=False)
    name = models.CharField(_("资产名称"), max_length=160)
    quantity = FixedDecimalField(_("数量"), places=2)
    unit_price = MoneyField(_("预计单价"))
    reason = models.CharField(_("配置理由"), max_length=400, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=PlanState, default=PlanState.DRAFT)

    class Meta:
        verbose_name = _("配置计划")
        constraints = [models.UniqueConstraint(fields=["unit", "code"], condition=Q(closed_on__isnull=True), name="plan_code_live")]
        indexes = [models.Index(fields=["unit", "year"], name="plan_unit_year")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class OrderLine(Record):
    """采购订单行: what a granted request lets a unit buy."""

    number = models.CharField(_("订单编号"), max_length=60, unique=True)
    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name=_("单位"), related_name="+", db_index=False)
    category = models.ForeignKey("ledger.Category", models.PROTECT, verbose_name=_("资产分类"), related_name="+", db_index=False)
    name = models.CharField(_("资产名称"), max_length=160)
    model = models.CharField(_("规格型号"), max_length=120, blank=True)
    quantity = FixedDecimalField(_("数量"), places=2)
    unit_price = MoneyField(_("单价"))
    received = FixedDecimalField(_("已验收数量"), places=2, default=0)
    state = models.CharField(_("状态"), max_length=10, choices=OrderState, default=OrderState.ORDERED)
    plan = models.ForeignKey(PlanLine, models.PROTECT, null=True, verbose_name=_("配置计划"), related_name="orders")
    place = models.ForeignKey("org.Place", models.PROTECT, null=True, verbose_name=_("拟存放地点"), related_name="+", db_index=False)
    custodian = models.ForeignKey("org.Person", models.PROTECT, null=True, verbose_name=_("拟使用人"), related_name="+", db_index=False)
    use = models.CharField(_("用途"), max_length=400, blank=True)
    ordered_on = models.DateField(_("批准日期"))
    request_key = models.CharField(_("申请编号"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("采购订单")
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="order_quantity_positive"),
            models.CheckConstraint(condition=Q(received__lte=F("quantity")), name="order_received_within"),
        ]
        indexes = [
            models.Index(fields=["unit", "id"], name="order_unit"),
            models.Index(fields=["request_key"], name="order_request", condition=~Q(request_key="")),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    @property
    def outstanding(self) -> Decimal:
        """Return how many are still to come."""
        return self.quantity - self.received


class Receipt(Record):
    """验收单: what came on a day against an order line, who found it good, and the cards that it became."""

    number = models.CharField(_("验收单号"), max_length=60, unique=True)
    order = models.ForeignKey(OrderLine, models.PROTECT, verbose_name=_("采购订单"), related_name="receipts")
    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name=_("单位"), related_name="+", db_index=False)
    quantity = FixedDecimalField(_("验收数量"), places=2)
    unit_price = MoneyField(_("实际单价"))
    received_on = models.DateField(_("验收日期"))
    supplier = models.CharField(_("供应商"), max_length=120, blank=True)
    contract = models.CharField(_("合同编号"), max_length=80, blank=True)
    invoice = models.CharField(_("发票号码"), max_length=60, blank=True)
    inspection = models.CharField(_("验收结论"), max_length=10, choices=Inspection, default=Inspection.PASSED)
    inspector = models.CharField(_("验收人"), max_length=60)
    note = models.CharField(_("验收说明"), max_length=400, blank=True)
    assets = models.ManyToManyField("ledger.Asset", verbose_name=_("资产卡片"), related_name="receipts")

    class Meta:
        verbose_name = _("验收单")
        indexes = [models.Index(fields=["unit", "id"], name="receipt_unit")]

    def __str__(self) -> str:
        return self.number
