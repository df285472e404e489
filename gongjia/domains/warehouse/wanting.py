"""The other side of the stock: wishes and what met them, deals and what they saved, searches before buying, plans of matching."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongjia.core.fields import MoneyField
from gongjia.core.records import Record
from gongjia.domains.warehouse.choices import DealKind, Grade, PairState, PlanState, PriceSource, Urgency, WishState


class Wish(Record):
    """What a unit wants; wishes of one bundle are wanted together or not at all."""

    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name=_("需求单位"))
    name = models.CharField(_("需要什么"), max_length=120)
    category = models.ForeignKey("ledger.Category", models.PROTECT, null=True, blank=True, verbose_name=_("资产分类"), related_name="+")
    quantity = models.PositiveIntegerField(_("数量"), default=1)
    bundle = models.CharField(_("成套需求"), max_length=60, blank=True, help_text=_("填同一个名称的几项要么一起满足，要么都不要。"))
    least_grade = models.CharField(_("最低成色"), max_length=1, choices=Grade, default=Grade.FAIR)
    least_months = models.PositiveSmallIntegerField(_("至少还能用（月）"), default=0)
    urgency = models.CharField(_("紧急程度"), max_length=1, choices=Urgency, default=Urgency.USUAL)
    needed_by = models.DateField(_("最晚何时要"), null=True, blank=True)
    place = models.ForeignKey("org.Place", models.PROTECT, null=True, blank=True, verbose_name=_("用在哪里"), related_name="+")
    purpose = models.CharField(_("用途"), max_length=200, blank=True)
    state = models.CharField(_("状态"), max_length=8, choices=WishState, default=WishState.OPEN)
    met = models.PositiveIntegerField(_("已满足数量"), default=0)
    made_on = models.DateField(_("提出日期"))
    maker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("提出人"), related_name="+")

    class Meta:
        verbose_name = _("需求")
        indexes = [models.Index(fields=["state", "category"], name="wish_open"), models.Index(fields=["unit", "id"], name="wish_unit")]

    def __str__(self) -> str:
        return self.name


class WishMatch(models.Model):
    """A published item that suits a wish: found in the moment of publication, shown on the desk until it was seen."""

    wish = models.ForeignKey(Wish, models.PROTECT, verbose_name=_("需求"), related_name="matches")
    item = models.ForeignKey("warehouse.StockItem", models.PROTECT, verbose_name=_("资产"), related_name="wish_matches")
    found_at = models.DateTimeField(_("匹配时间"), default=timezone.now)
    seen_at = models.DateTimeField(_("查看时间"), null=True)

    class Meta:
        verbose_name = _("需求匹配")
        constraints = [models.UniqueConstraint(fields=["wish", "item"], name="wish_match_once")]


class Favourite(models.Model):
    """An item that one person keeps an eye on."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("用户"), related_name="+")
    item = models.ForeignKey("warehouse.StockItem", models.CASCADE, verbose_name=_("资产"), related_name="favourites")

    class Meta:
        verbose_name = _("收藏")
        constraints = [models.UniqueConstraint(fields=["user", "item"], name="favourite_once")]


class Deal(models.Model):
    """What one reallocation or loan saved, with every figure that it was reckoned from; appended, never changed."""

    number = models.CharField(_("凭证编号"), max_length=40, unique=True)
    kind = models.CharField(_("种类"), max_length=12, choices=DealKind)
    item = models.ForeignKey("warehouse.StockItem", models.PROTECT, verbose_name=_("资产"), related_name="deals")
    giver = models.ForeignKey("org.Unit", models.PROTECT, verbose_name=_("提供单位"), related_name="+")
    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name=_("使用单位"), related_name="+")
    on = models.DateField(_("日期"))
    price_source = models.CharField(_("参照价来源"), max_length=10, choices=PriceSource)
    price = MoneyField(_("参照价"))
    saving = MoneyField(_("节约金额"))
    inputs = models.JSONField(_("计算依据"), default=dict)
    request_key = models.CharField(_("申请"), max_length=60, blank=True)
    recorded_at = models.DateTimeField(_("登记时间"), default=timezone.now)

    class Meta:
        verbose_name = _("共享凭证")
        indexes = [models.Index(fields=["unit", "on"], name="deal_unit")]

    def __str__(self) -> str:
        return self.number


class StockCheck(models.Model):
    """查仓记录: what a purchase found in the warehouse, took and refused, written when the purchase was carried out."""

    request_key = models.CharField(_("申请"), max_length=60, unique=True)
    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name=_("单位"), related_name="+")
    on = models.DateField(_("日期"))
    wanted = models.PositiveIntegerField(_("需要数量"))
    found = models.PositiveIntegerField(_("找到数量"))
    taken = models.PositiveIntegerField(_("取用数量"))
    refused = models.PositiveIntegerField(_("放弃数量"))

    class Meta:
        verbose_name = _("查仓记录")
        indexes = [models.Index(fields=["unit", "on"], name="stock_check_unit")]


class MatchPlan(models.Model):
    """One run of the matching: its figures beside first come, and how far it can be from the best."""

    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name=_("范围"), related_name="+")
    made_at = models.DateTimeField(_("建立时间"), default=timezone.now)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("建立人"), related_name="+")
    state = models.CharField(_("状态"), max_length=10, choices=PlanState, default=PlanState.PROPOSED)
    figures = models.JSONField(_("结果"), default=dict)

    class Meta:
        verbose_name = _("撮合方案")


class MatchPair(models.Model):
    """An item proposed for a wish in a plan, or the word of a person that it must or must not be."""

    plan = models.ForeignKey(MatchPlan, models.PROTECT, verbose_name=_("方案"), related_name="pairs")
    wish = models.ForeignKey(Wish, models.PROTECT, verbose_name=_("需求"), related_name="+")
    item = models.ForeignKey("warehouse.StockItem", models.PROTECT, verbose_name=_("资产"), related_name="+")
    state = models.CharField(_("状态"), max_length=10, choices=PairState, default=PairState.PROPOSED)
    worth = models.IntegerField(_("得分"), default=0)

    class Meta:
        verbose_name = _("撮合对")
        constraints = [models.UniqueConstraint(fields=["plan", "wish", "item"], name="match_pair_once")]
