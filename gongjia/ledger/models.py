"""Asset holds the current state; Entry is append-only and says how it came about, as of any date, as known at any instant."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongjia.core.fields import FixedDecimalField, MoneyField
from gongjia.core.records import Record, RecordQuerySet
from gongjia.ledger.choices import (
    Acquisition,
    AssetStatus,
    Booking,
    DepreciationMethod,
    Disposal,
    DisposalReason,
    EntryKind,
    ValueType,
)
from gongjia.org.choices import Holding


class Category(Record):
    """An asset class by (system, version, code): the same code means different things in different versions."""

    system = models.CharField(_("分类体系"), max_length=40)
    edition = models.CharField(_("版本年份"), max_length=10)
    code = models.CharField(_("分类代码"), max_length=20)
    name = models.CharField(_("分类名称"), max_length=120)
    parent_code = models.CharField(_("上级代码"), max_length=20, blank=True)
    level = models.PositiveSmallIntegerField(_("级次"), default=1)
    is_asset_class = models.BooleanField(_("可作资产分类"), default=True)
    doubt = models.CharField(_("疑点"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("资产分类")
        constraints = [
            models.UniqueConstraint(fields=["system", "edition", "code"], condition=Q(closed_on__isnull=True), name="category_code_live")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Crosswalk(models.Model):
    """Which class of one edition became which of another, and by whose word."""

    from_category = models.ForeignKey(Category, models.PROTECT, verbose_name=_("原分类"), related_name="became")
    to_category = models.ForeignKey(Category, models.PROTECT, verbose_name=_("新分类"), related_name="came_from")
    verification = models.CharField(_("核实程度"), max_length=12, default="secondary")

    class Meta:
        verbose_name = _("分类对照")
        constraints = [models.UniqueConstraint(fields=["from_category", "to_category"], name="crosswalk_once")]


class AssetQuerySet(RecordQuerySet):
    """Verbs over cards."""

    def on_books(self) -> AssetQuerySet:
        return self.live().filter(on_books=True)

    def idle(self) -> AssetQuerySet:
        return self.live().filter(status=AssetStatus.IDLE)


class Asset(Record):
    """资产卡片: one card of the ledger, in the four blocks that 财政 practice knows: basic, financial, use, disposal."""

    # basic
    number = models.CharField(_("资产编号"), max_length=60)
    name = models.CharField(_("资产名称"), max_length=160)
    category = models.ForeignKey(Category, models.PROTECT, null=True, blank=True, verbose_name=_("资产分类"))
    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name=_("单位"), db_index=False)
    account_subject = models.CharField(_("会计科目"), max_length=12, default="1601")
    acquisition = models.CharField(_("取得方式"), max_length=16, choices=Acquisition, default=Acquisition.PURCHASE)
    acquired_on = models.DateField(_("取得日期"), null=True, blank=True)
    model = models.CharField(_("规格型号"), max_length=120, blank=True)
    brand = models.CharField(_("品牌"), max_length=80, blank=True)
    serial = models.CharField(_("产品序列号"), max_length=120, blank=True)
    measure = models.CharField(_("计量单位"), max_length=12, blank=True)
    quantity = FixedDecimalField(_("数量"), places=2, default=1)
    supplier = models.CharField(_("供应商"), max_length=120, blank=True)
    contract = models.CharField(_("合同编号"), max_length=80, blank=True)
    purchase_form = models.CharField(_("采购组织形式"), max_length=40, blank=True)
    budget_project = models.CharField(_("预算项目编号"), max_length=60, blank=True)
    warranty_until = models.DateField(_("保修截止日期"), null=True, blank=True)
    holding = models.CharField(_("持有形态"), max_length=12, choices=Holding, default=Holding.OWNED)
    # financial
    value_type = models.CharField(_("价值类型"), max_length=12, choices=ValueType, default=ValueType.COST)
    cost = MoneyField(_("原值"), default=0)
    fiscal_cost = MoneyField(_("其中财政拨款"), null=True, blank=True)
    booking = models.CharField(_("财务入账状态"), max_length=10, choices=Booking, default=Booking.BOOKED)
    booked_on = models.DateField(_("财务入账日期"), null=True, blank=True)
    voucher = models.CharField(_("会计凭证号"), max_length=40, blank=True)
    depreciation_method = models.CharField(_("折旧方法"), max_length=10, choices=DepreciationMethod, default=DepreciationMethod.STRAIGHT)
    depreciation_months = models.PositiveIntegerField(_("折旧年限（月）"), null=True, blank=True)
    accumulated = MoneyField(_("累计折旧"), default=0)
    on_books = models.BooleanField(_("列入总额"), default=True)
    # use
    status = models.CharField(_("使用状况"), max_length=12, choices=AssetStatus, default=AssetStatus.IN_USE)
    idle_since = models.DateField(_("闲置起始日期"), null=True, blank=True)
    department = models.CharField(_("使用部门"), max_length=120, blank=True)
    custodian = models.ForeignKey(
        "org.Person", models.PROTECT, null=True, blank=True, verbose_name=_("使用人"), related_name="assets", db_index=False
    )
    manager = models.CharField(_("管理人"), max_length=60, blank=True)
    place = models.ForeignKey(
        "org.Place", models.PROTECT, null=True, blank=True, verbose_name=_("存放地点"), related_name="assets", db_index=False
    )
    place_text = models.CharField(_("存放地点（原文）"), max_length=160, blank=True)
    in_service_on = models.DateField(_("投入使用日期"), null=True, blank=True)
    secret = models.BooleanField(_("涉密资产"), default=False)
    note = models.CharField(_("备注"), max_length=400, blank=True)
    # disposal
    disposal = models.CharField(_("处置形式"), max_length=12, choices=Disposal, blank=True)
    disposal_reason = models.CharField(_("处置理由"), max_length=16, choices=DisposalReason, blank=True)
    disposed_on = models.DateField(_("处置日期"), null=True, blank=True)
    disposal_document = models.CharField(_("批准文号"), max_length=80, blank=True)
    disposal_income = MoneyField(_("处置收入"), null=True, blank=True)

    objects = AssetQuerySet.as_manager()

    class Meta:
        verbose_name = _("资产")
        constraints = [
            models.UniqueConstraint(fields=["number", "unit"], condition=Q(closed_on__isnull=True), name="asset_number_live"),
            models.CheckConstraint(condition=Q(quantity__gte=0), name="asset_quantity_not_negative"),
        ]
        indexes = [
            # Of open cards alone, and with the status: counts and filters of a unit are answered without reading a card.
            models.Index(fields=["unit", "status", "id"], name="asset_unit", condition=Q(closed_on__isnull=True)),
            models.Index(fields=["name", "id"], name="asset_name"),
            models.Index(fields=["cost", "id"], name="asset_cost"),
            models.Index(fields=["acquired_on", "id"], name="asset_acquired"),
            models.Index(fields=["custodian"], name="asset_custodian", condition=Q(custodian__isnull=False)),
            models.Index(fields=["place"], name="asset_place", condition=Q(place__isnull=False)),
            models.Index(fields=["source", "source_key"], name="asset_source", condition=~Q(source_key="")),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    @property
    def net(self) -> object:
        """Return the net value: cost less accumulated depreciation."""
        return self.cost - self.accumulated


class EntryQuerySet(models.QuerySet):
    """Reading only: an entry is appended by services and never changed."""

    def update(self, **kwargs: object) -> int:
        raise TypeError("entries are appended, never changed")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("entries are appended, never deleted")


class Entry(models.Model):
    """One movement of a card: effective on a day, recorded at an instant; a correction is a reversal plus a new entry."""

    asset = models.ForeignKey(Asset, models.PROTECT, verbose_name=_("资产"), related_name="entries", db_index=False)
    kind = models.CharField(_("种类"), max_length=12, choices=EntryKind)
    seq = models.PositiveIntegerField(_("序号"))
    effective_on = models.DateField(_("业务日期"))
    recorded_at = models.DateTimeField(_("登记时间"), default=timezone.now)
    unit_from = models.ForeignKey("org.Unit", models.PROTECT, null=True, verbose_name=_("原单位"), related_name="+", db_index=False)
    unit_to = models.ForeignKey("org.Unit", models.PROTECT, null=True, verbose_name=_("新单位"), related_name="+", db_index=False)
    place_from = models.ForeignKey("org.Place", models.PROTECT, null=True, verbose_name=_("原地点"), related_name="+", db_index=False)
    place_to = models.ForeignKey("org.Place", models.PROTECT, null=True, verbose_name=_("新地点"), related_name="+", db_index=False)
    custodian_from = models.ForeignKey(
        "org.Person", models.PROTECT, null=True, verbose_name=_("原使用人"), related_name="+", db_index=False
    )
    custodian_to = models.ForeignKey("org.Person", models.PROTECT, null=True, verbose_name=_("新使用人"), related_name="+", db_index=False)
    category_from = models.ForeignKey(Category, models.PROTECT, null=True, verbose_name=_("原分类"), related_name="+", db_index=False)
    category_to = models.ForeignKey(Category, models.PROTECT, null=True, verbose_name=_("新分类"), related_name="+", db_index=False)
    status_from = models.CharField(_("原状态"), max_length=12, choices=AssetStatus, blank=True)
    status_to = models.CharField(_("新状态"), max_length=12, choices=AssetStatus, blank=True)
    quantity_delta = FixedDecimalField(_("数量增减"), places=2, default=0)
    cost_delta = MoneyField(_("原值增减"), default=0)
    depreciation_delta = MoneyField(_("折旧增减"), default=0)
    reverses = models.ForeignKey("self", models.PROTECT, null=True, verbose_name=_("冲销"), related_name="reversed_by", db_index=False)
    batch = models.ForeignKey("core.Batch", models.PROTECT, null=True, verbose_name=_("批次"), related_name="+")
    request_key = models.CharField(_("申请"), max_length=60, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("经办人"), related_name="+", db_index=False
    )
    note = models.CharField(_("说明"), max_length=200, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("资产变动")
        constraints = [models.UniqueConstraint(fields=["asset", "seq"], name="entry_seq_once")]
        indexes = [
            # What happened after a day is asked of movements only; a registered card costs nothing here.
            models.Index(fields=["effective_on"], name="entry_moved_on", condition=~Q(kind=EntryKind.REGISTER)),
            models.Index(fields=["asset"], name="entry_revalued", condition=~Q(kind=EntryKind.REGISTER) & ~Q(cost_delta=0)),
        ]
        ordering = [F("id").asc()]
