"""The closed lists of the organisation: nature, tier, level; codes are stable, labels are what the documents print."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class UnitKind(models.TextChoices):
    BODY = "body", _("法人单位")
    DEPARTMENT = "department", _("内设机构")


class Nature(models.TextChoices):
    ADMINISTRATIVE = "administrative", _("行政单位")
    CIVIL_SERVICE_LIKE = "civil_service_like", _("参公事业单位")
    INSTITUTION = "institution", _("事业单位")
    ENTERPRISE = "enterprise", _("企业")


class Tier(models.TextChoices):
    CENTRAL = "central", _("中央")
    PROVINCIAL = "provincial", _("省级")
    MUNICIPAL = "municipal", _("市级")
    COUNTY = "county", _("县级")
    TOWNSHIP = "township", _("乡级")


class Level(models.TextChoices):
    """The neutral level of a leading post (领导职务层次); what a room or a desk may be follows it and the tier, never the rank."""

    MINISTERIAL_CHIEF = "ministerial_chief", _("省部级正职")
    MINISTERIAL_DEPUTY = "ministerial_deputy", _("省部级副职")
    BUREAU_CHIEF = "bureau_chief", _("厅局级正职")
    BUREAU_DEPUTY = "bureau_deputy", _("厅局级副职")
    DIVISION_CHIEF = "division_chief", _("县处级正职")
    DIVISION_DEPUTY = "division_deputy", _("县处级副职")
    SECTION_CHIEF = "section_chief", _("乡科级正职")
    SECTION_DEPUTY = "section_deputy", _("乡科级副职")
    STAFF = "staff", _("科员及以下")


class PersonStatus(models.TextChoices):
    ACTIVE = "active", _("在职")
    LEFT = "left", _("调离")
    RETIRED = "retired", _("退休")


class PlaceKind(models.TextChoices):
    COMPOUND = "compound", _("院落")
    BUILDING = "building", _("楼栋")
    FLOOR = "floor", _("楼层")
    ROOM = "room", _("房间")
    SHELF = "shelf", _("库位")
    LAND = "land", _("土地")
    STRUCTURE = "structure", _("构筑物")


class RoomUse(models.TextChoices):
    """What a room is for, by the classes of the building standard."""

    OFFICE = "office", _("办公室")
    SERVICE = "service", _("服务用房")
    EQUIPMENT = "equipment", _("设备用房")
    ANCILLARY = "ancillary", _("附属用房")
    TECHNICAL = "technical", _("技术业务用房")
    OTHER = "other", _("其他用房")


class Holding(models.TextChoices):
    OWNED = "owned", _("自有")
    LEASED_IN = "leased_in", _("租入")
    BORROWED = "borrowed", _("借入")
    ENTRUSTED = "entrusted", _("代管")
