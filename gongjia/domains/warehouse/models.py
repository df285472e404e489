"""The stock: items that extend asset cards, how they came and went, loans, the occasions that must give back."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongjia.core.fields import MoneyField
from gongjia.core.records import Record
from gongjia.domains.warehouse.choices import (
    Damage,
    Grade,
    ItemState,
    OccasionKind,
    PassageKind,
    Source,
    Storage,
    Terms,
)
from gongjia.domains.warehouse.wanting import Deal, Favourite, MatchPair, MatchPlan, StockCheck, Wish, WishMatch

__all__ = [
    "Deal",
    "Favourite",
    "Loan",
    "MatchPair",
    "MatchPlan",
    "Occasion",
    "OccasionCard",
    "Passage",
    "StockCheck",
    "StockItem",
    "Wish",
    "WishMatch",
]


class Occasion(Record):
    """A temporary body, meeting or census: what was bought or lent for it comes back when it ends."""

    code = models.CharField(_("编号"), max_length=40)
    name = models.CharField(_("名称"), max_length=120)
    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name=_("承办单位"))
    kind = models.CharField(_("种类"), max_length=10, choices=OccasionKind)
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"))
    document = models.CharField(_("批准文号"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("临时机构或活动")
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=Q(closed_on__isnull=True), name="occasion_code_live"),
            models.CheckConstraint(condition=Q(ends_on__gte=models.F("starts_on")), name="occasion_dates"),
        ]

    def __str__(self) -> str:
        return self.name


class OccasionCard(models.Model):
    """A card bought for an occasion, which must come to the warehouse when the occasion is over."""

    occasion = models.ForeignKey(Occasion, models.PROTECT, verbose_name=_("临时机构或活动"), related_name="cards")
    asset = models.OneToOneField("ledger.Asset", models.PROTECT, verbose_name=_("资产"), related_name="occasion_card")

    class Meta:
        verbose_name = _("为活动购置的资产")


class StockItem(models.Model):
    """An asset in or near the warehouse: its card holds unit, place and value; this holds what only the warehouse knows.

    What the shop window filters by (title, class, dates, building) is written when the item is published, so that a search
    over the whole stock reads one table.
    """

    asset = models.OneToOneField("ledger.Asset", models.PROTECT, primary_key=True, verbose_name=_("资产卡片"), related_name="stock_item")
    state = models.CharField(_("状态"), max_length=12, choices=ItemState, default=ItemState.REGISTERED)
    cause = models.CharField(_("入仓原因"), max_length=16, choices=Source, default=Source.IDLE)
    storage = models.CharField(_("存放方式"), max_length=10, choices=Storage, default=Storage.VIRTUAL)
    occasion = models.ForeignKey(Occasion, models.PROTECT, null=True, blank=True, verbose_name=_("临时机构或活动"), related_name="items")
    registered_on = models.DateField(_("登记日期"))
    stored_on = models.DateField(_("入仓日期"), null=True, blank=True)
    left_on = models.DateField(_("出仓日期"), null=True, blank=True)
    # appraisal
    grade = models.CharField(_("成色"), max_length=1, choices=Grade, blank=True)
    remaining_months = models.PositiveSmallIntegerField(_("预计还可用（月）"), null=True, blank=True)
    appraised_value = MoneyField(_("估价"), null=True, blank=True)
    repair_cost = MoneyField(_("修复费用"), null=True, blank=True)
    appraised_on = models.DateField(_("鉴定日期"), null=True, blank=True)
    appraiser = models.CharField(_("鉴定人"), max_length=60, blank=True)
    defect = models.CharField(_("缺陷与说明"), max_length=200, blank=True)
    # publication
    title = models.CharField(_("发布名称"), max_length=160, blank=True)
    category_code = models.CharField(_("分类代码"), max_length=20, blank=True)
    acquired_on = models.DateField(_("取得日期"), null=True, blank=True)
    terms = models.CharField(_("共享方式"), max_length=6, choices=Terms, default=Terms.BOTH)
    emergency = models.BooleanField(_("应急物资"), default=False)
    published_at = models.DateTimeField(_("发布时间"), null=True, blank=True)
    own_until = models.DateField(_("本单位优先至"), null=True, blank=True)
    level_until = models.DateField(_("同级优先至"), null=True, blank=True)
    body_path = models.CharField(_("本单位范围"), max_length=200, blank=True)
    level_path = models.CharField(_("同级范围"), max_length=200, blank=True)
    building = models.ForeignKey("org.Place", models.PROTECT, null=True, blank=True, verbose_name=_("所在楼栋"), related_name="+")
    compound = models.ForeignKey("org.Place", models.PROTECT, null=True, blank=True, verbose_name=_("所在院落"), related_name="+")

    class Meta:
        verbose_name = _("在仓资产")
        indexes = [
            models.Index(fields=["state", "published_at", "asset"], name="item_newest"),
            models.Index(fields=["state", "category_code", "published_at"], name="item_class"),
            models.Index(fields=["state", "compound", "published_at"], name="item_compound"),
            models.Index(fields=["state", "building", "published_at"], name="item_building"),
            models.Index(fields=["state", "grade", "-remaining_months", "asset"], name="item_grade"),
            models.Index(fields=["state", "-remaining_months", "asset"], name="item_left"),
            models.Index(fields=["state", "level_until"], name="item_held"),
        ]

    def __str__(self) -> str:
        return self.title or self.asset.name


class Passage(models.Model):
    """出入仓台账: one time that an item came in or went out; appended, never changed."""

    item = models.ForeignKey(StockItem, models.PROTECT, verbose_name=_("资产"), related_name="passages")
    kind = models.CharField(_("种类"), max_length=12, choices=PassageKind)
    on = models.DateField(_("日期"))
    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name=_("原单位"), related_name="+")
    other = models.ForeignKey("org.Unit", models.PROTECT, null=True, verbose_name=_("对方单位"), related_name="+")
    cost = MoneyField(_("原值"), default=0)
    days = models.PositiveIntegerField(_("在仓天数"), null=True)
    request_key = models.CharField(_("申请"), max_length=60, blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("经办人"), related_name="+")
    recorded_at = models.DateTimeField(_("登记时间"), default=timezone.now)

    class Meta:
        verbose_name = _("出入仓记录")
        indexes = [models.Index(fields=["unit", "on"], name="passage_unit"), models.Index(fields=["kind", "on"], name="passage_kind")]


class Loan(models.Model):
    """An item lent to another unit until a day, and how it came back."""

    item = models.ForeignKey(StockItem, models.PROTECT, verbose_name=_("资产"), related_name="loans")
    owner = models.ForeignKey("org.Unit", models.PROTECT, verbose_name=_("出借单位"), related_name="+")
    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name=_("借用单位"), related_name="+")
    occasion = models.ForeignKey(Occasion, models.PROTECT, null=True, blank=True, verbose_name=_("临时机构或活动"), related_name="loans")
    purpose = models.CharField(_("用途"), max_length=200)
    contact = models.CharField(_("联系人"), max_length=80, blank=True)
    lent_on = models.DateField(_("借出日期"))
    due_on = models.DateField(_("应还日期"))
    grade_out = models.CharField(_("借出时成色"), max_length=1, choices=Grade, blank=True)
    place_before = models.ForeignKey("org.Place", models.PROTECT, null=True, verbose_name=_("借出前地点"), related_name="+")
    returned_on = models.DateField(_("归还日期"), null=True, blank=True)
    grade_in = models.CharField(_("归还时成色"), max_length=1, choices=Grade, blank=True)
    damage = models.CharField(_("验收结论"), max_length=8, choices=Damage, blank=True)
    damage_note = models.CharField(_("损坏说明"), max_length=200, blank=True)
    repair_cost = MoneyField(_("修复费用"), null=True, blank=True)
    compensation = MoneyField(_("赔偿金额"), null=True, blank=True)
    inspector = models.CharField(_("验收人"), max_length=60, blank=True)
    request_key = models.CharField(_("申请"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("借用")
        constraints = [
            models.UniqueConstraint(fields=["item"], condition=Q(returned_on__isnull=True), name="loan_open_once"),
            models.CheckConstraint(condition=Q(due_on__gte=models.F("lent_on")), name="loan_dates"),
        ]
        indexes = [models.Index(fields=["due_on"], name="loan_due", condition=Q(returned_on__isnull=True))]

    def __str__(self) -> str:
        return str(self.item)
