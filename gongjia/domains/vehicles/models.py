"""What vehicles add to asset cards, and the quota that authorises them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjia.core.fields import FixedDecimalField, MoneyField
from gongjia.core.periods import Dated


class Purpose(models.TextChoices):
    """《党政机关公务用车管理办法》第三条: the five categories."""

    CONFIDENTIAL = "confidential", _("机要通信用车")
    EMERGENCY = "emergency", _("应急保障用车")
    ENFORCEMENT = "enforcement", _("执法执勤用车")
    SPECIAL = "special", _("特种专业技术用车")
    OTHER = "other", _("其他公务用车")


class Body(models.TextChoices):
    SEDAN = "sedan", _("轿车")
    SMALL = "small", _("其他小型客车")
    MEDIUM = "medium", _("中型客车")
    LARGE = "large", _("大型客车")
    TRUCK = "truck", _("货车")
    MACHINE = "machine", _("专用车辆")
    OTHER = "other", _("其他")


class Energy(models.TextChoices):
    FUEL = "fuel", _("燃油")
    HYBRID = "hybrid", _("普通混合动力")
    PLUG_IN = "plug_in", _("插电式混合动力")
    ELECTRIC = "electric", _("纯电动")
    FUEL_CELL = "fuel_cell", _("燃料电池")


NEW_ENERGY = (Energy.PLUG_IN, Energy.ELECTRIC, Energy.FUEL_CELL)


class Vehicle(models.Model):
    """A vehicle: its asset card holds unit, cost, dates and state; this holds what only a vehicle has."""

    asset = models.OneToOneField("ledger.Asset", models.PROTECT, primary_key=True, verbose_name=_("资产卡片"), related_name="vehicle")
    plate = models.CharField(_("车牌号"), max_length=20, blank=True, db_index=True)
    purpose = models.CharField(_("用途分类"), max_length=16, choices=Purpose, blank=True)
    body = models.CharField(_("车型"), max_length=12, choices=Body, blank=True)
    vin = models.CharField(_("车辆识别代号"), max_length=40, blank=True)
    engine_number = models.CharField(_("发动机号"), max_length=40, blank=True)
    displacement = FixedDecimalField(_("排气量"), places=1, unit="L", null=True, blank=True)
    seats = models.PositiveSmallIntegerField(_("核定载客"), null=True, blank=True)
    energy = models.CharField(_("动力类型"), max_length=12, choices=Energy, blank=True)
    registered_on = models.DateField(_("注册登记日期"), null=True, blank=True)
    price = MoneyField(_("车价（不含购置税）"), null=True, blank=True)
    special_need = models.BooleanField(_("确因情况特殊"), default=False)
    renews = models.ForeignKey("self", models.PROTECT, null=True, blank=True, verbose_name=_("更新替换的车辆"), related_name="renewed_by")
    year = models.PositiveSmallIntegerField(_("年款"), null=True, blank=True)

    class Meta:
        verbose_name = _("车辆")

    def __str__(self) -> str:
        return f"{self.plate} {self.asset.name}".strip()


class Quota(Dated):
    """编制: how many vehicles of a category a unit is authorised to have; approved and stored, never computed."""

    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name=_("单位"), related_name="vehicle_quotas")
    purpose = models.CharField(_("用途分类"), max_length=16, choices=Purpose)
    count = models.PositiveSmallIntegerField(_("编制数"))
    document = models.CharField(_("批准文号"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("车辆编制")
