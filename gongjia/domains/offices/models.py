"""What offices add to places: buildings and rooms, dated occupancy, titles and leases."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongjia.core.fields import AreaField, MoneyField
from gongjia.core.periods import Dated
from gongjia.core.records import Record
from gongjia.org.choices import PlaceKind


class Structure(models.TextChoices):
    STEEL = "steel", _("钢结构")
    CONCRETE = "concrete", _("钢筋混凝土结构")
    BRICK_CONCRETE = "brick_concrete", _("砖混结构")
    BRICK_TIMBER = "brick_timber", _("砖木结构")
    SIMPLE = "simple", _("简易房")


class Standing(models.TextChoices):
    ACTIVE = "active", _("在用")
    EXCESS = "excess", _("富余")
    CLOSED = "closed", _("停用")


class Building(models.Model):
    """A building (or a leased-in part of one, or land and structures) as a place; its cards are linked with shares."""

    place = models.OneToOneField("org.Place", models.PROTECT, primary_key=True, verbose_name=_("楼栋"), related_name="building")
    kind = models.CharField(_("不动产种类"), max_length=12, choices=PlaceKind, default=PlaceKind.BUILDING)
    standing = models.CharField(_("使用状况"), max_length=8, choices=Standing, blank=True)
    structure = models.CharField(_("建筑结构"), max_length=16, choices=Structure, blank=True)
    storeys = models.PositiveSmallIntegerField(_("层数"), null=True, blank=True)
    high_rise = models.BooleanField(_("高层"), default=False)
    built_year = models.PositiveSmallIntegerField(_("建成年份"), null=True, blank=True)
    city = models.CharField(_("城市"), max_length=80, blank=True)
    region = models.CharField(_("地区"), max_length=80, blank=True)
    postcode = models.CharField(_("邮政编码"), max_length=20, blank=True)
    district = models.CharField(_("片区编码"), max_length=40, blank=True)
    title_reference = models.CharField(_("不动产单元号"), max_length=60, blank=True)
    latitude = models.DecimalField(_("纬度"), max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("经度"), max_digits=9, decimal_places=6, null=True, blank=True)
    heritage = models.CharField(_("文物保护"), max_length=80, blank=True)
    note = models.CharField(_("备注"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("楼栋")

    def __str__(self) -> str:
        return str(self.place)


class BuildingCard(models.Model):
    """A card of the ledger that stands for a share of a building: several cards a building, several buildings a card."""

    building = models.ForeignKey(Building, models.PROTECT, verbose_name=_("楼栋"), related_name="cards")
    asset = models.ForeignKey("ledger.Asset", models.PROTECT, verbose_name=_("资产"), related_name="buildings")
    share = AreaField(_("占比"), unit="%", default=100)

    class Meta:
        verbose_name = _("楼栋卡片")
        constraints = [models.UniqueConstraint(fields=["building", "asset"], name="building_card_once")]


class Room(models.Model):
    """A room as a place."""

    place = models.OneToOneField("org.Place", models.PROTECT, primary_key=True, verbose_name=_("房间"), related_name="room")
    building = models.ForeignKey(Building, models.PROTECT, verbose_name=_("楼栋"), related_name="rooms")
    floor_name = models.CharField(_("楼层"), max_length=20, blank=True)
    seats = models.PositiveSmallIntegerField(_("工位数"), null=True, blank=True)
    rest_area = AreaField(_("休息室面积"), null=True, blank=True, help_text=_("已含在房间使用面积之内，与办公室一并计入上限。"))
    toilet_area = AreaField(_("卫生间面积"), null=True, blank=True, help_text=_("已含在房间使用面积之内，与办公室一并计入上限。"))
    project = models.ForeignKey("offices.Project", models.PROTECT, null=True, blank=True, verbose_name=_("立项批复"), related_name="rooms")
    note = models.CharField(_("备注"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("房间")
        indexes = [models.Index(fields=["building", "floor_name"], name="room_floor")]

    def __str__(self) -> str:
        return str(self.place)


class Occupancy(Dated):
    """Who uses a room, from when to when; several people in one room share it."""

    room = models.ForeignKey(Room, models.PROTECT, verbose_name=_("房间"), related_name="occupancies")
    person = models.ForeignKey("org.Person", models.PROTECT, verbose_name=_("使用人"), related_name="occupancies")
    document = models.CharField(_("使用凭证号"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("房间使用")
        constraints = [
            models.UniqueConstraint(
                fields=["room", "person"], condition=Q(valid_to__isnull=True, superseded_at__isnull=True), name="occupancy_once"
            )
        ]


class Title(Dated):
    """权属: what the register says of a place."""

    place = models.ForeignKey("org.Place", models.PROTECT, verbose_name=_("不动产"), related_name="titles")
    number = models.CharField(_("权证号"), max_length=80, blank=True)
    holder = models.CharField(_("权利人"), max_length=120)
    registered = models.BooleanField(_("已确权"), default=True)
    certified_area = AreaField(_("证载建筑面积"), null=True, blank=True)
    note = models.CharField(_("备注"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("权属")


class Lease(Record):
    """A lease of space that the public takes in: where, from whom, until when, for how much."""

    number = models.CharField(_("租赁合同编号"), max_length=80)
    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name=_("承租单位"))
    place = models.ForeignKey("org.Place", models.PROTECT, null=True, blank=True, verbose_name=_("租赁房屋"), related_name="leases")
    location = models.CharField(_("坐落编号"), max_length=60, blank=True)
    name = models.CharField(_("房屋名称"), max_length=160, blank=True)
    address = models.CharField(_("坐落"), max_length=240, blank=True)
    city = models.CharField(_("城市"), max_length=80, blank=True)
    region = models.CharField(_("地区"), max_length=80, blank=True)
    postcode = models.CharField(_("邮政编码"), max_length=20, blank=True)
    district = models.CharField(_("片区编码"), max_length=40, blank=True)
    latitude = models.DecimalField(_("纬度"), max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("经度"), max_digits=9, decimal_places=6, null=True, blank=True)
    lessor = models.CharField(_("出租人"), max_length=120, blank=True)
    starts_on = models.DateField(_("租期起"), null=True, blank=True)
    ends_on = models.DateField(_("租期止"), null=True, blank=True)
    usable_area = AreaField(_("使用面积"), null=True, blank=True)
    floor_area = AreaField(_("建筑面积"), null=True, blank=True)
    annual_rent = MoneyField(_("年租金"), null=True, blank=True)
    note = models.CharField(_("备注"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("租赁合同")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "source", "location", "number", "source_key"], condition=Q(closed_on__isnull=True), name="lease_number_live"
            )
        ]
        indexes = [models.Index(fields=["ends_on", "id"], name="lease_ends"), models.Index(fields=["unit", "id"], name="lease_unit")]

    def __str__(self) -> str:
        return self.number


class Project(Record):
    """立项批复: the approval that names premises 技术业务用房; without it and its file they are office space like any other."""

    number = models.CharField(_("立项文号"), max_length=80)
    name = models.CharField(_("项目名称"), max_length=160)
    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name=_("使用单位"))
    issuer = models.CharField(_("批准机关"), max_length=120)
    approved_on = models.DateField(_("批准日期"))
    standard = models.CharField(_("适用的行业标准"), max_length=160, blank=True)
    area = AreaField(_("批准建筑面积"), null=True, blank=True)

    class Meta:
        verbose_name = _("立项批复")
        constraints = [models.UniqueConstraint(fields=["unit", "number"], condition=Q(closed_on__isnull=True), name="project_number_live")]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class SecondRoom(Record):
    """兼职单位另配的一处办公室: granted to a leader by request, for a time, in a room smaller than the standard."""

    person = models.ForeignKey("org.Person", models.PROTECT, verbose_name=_("领导干部"), related_name="second_rooms")
    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name=_("兼职单位"))
    room = models.ForeignKey(Room, models.PROTECT, verbose_name=_("房间"), related_name="+")
    distance = models.CharField(_("两地距离"), max_length=120)
    reason = models.CharField(_("需要经常在此办公的理由"), max_length=400)
    document = models.CharField(_("批准文号"), max_length=120, blank=True)
    valid_from = models.DateField(_("起始日期"))
    valid_to = models.DateField(_("截止日期"), null=True, blank=True)
    request_key = models.CharField(_("申请编号"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("另配办公室")
        constraints = [
            models.UniqueConstraint(fields=["person", "room"], condition=Q(closed_on__isnull=True), name="second_room_live"),
            models.CheckConstraint(condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from")), name="second_room_dates"),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.room}"
