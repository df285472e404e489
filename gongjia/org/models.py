"""Users and their roles, the dated tree of units, places, people and posts."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongjia.core.fields import AreaField
from gongjia.core.periods import Dated
from gongjia.core.records import Record, RecordQuerySet
from gongjia.org.choices import Holding, Level, Nature, PersonStatus, PlaceKind, RoomUse, Tier, UnitKind


class UnitQuerySet(RecordQuerySet):
    """Verbs over the tree."""

    def in_tree(self, unit: Unit) -> UnitQuerySet:
        return self.filter(path__startswith=unit.path)

    def bodies(self) -> UnitQuerySet:
        return self.filter(kind=UnitKind.BODY)


class Unit(Record):
    """A legal body or an internal department; nature, tier and division are stored, never derived from depth."""

    code = models.CharField(_("单位编码"), max_length=40)
    name = models.CharField(_("单位名称"), max_length=120)
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, verbose_name=_("上级单位"), related_name="children")
    path = models.CharField(_("路径"), max_length=200, db_index=True, editable=False)
    kind = models.CharField(_("类型"), max_length=20, choices=UnitKind, default=UnitKind.BODY)
    nature = models.CharField(_("性质"), max_length=20, choices=Nature, default=Nature.ADMINISTRATIVE)
    tier = models.CharField(_("机关层级"), max_length=20, choices=Tier)
    division = models.CharField(_("行政区划代码"), max_length=12)
    vertical = models.BooleanField(_("垂直管理"), default=False)
    superior_tier = models.CharField(_("垂管上级层级"), max_length=20, choices=Tier, blank=True)
    secret = models.BooleanField(_("涉密单位"), default=False)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("单位")
        constraints = [models.UniqueConstraint(fields=["code"], condition=Q(closed_on__isnull=True), name="unit_code_live")]

    def __str__(self) -> str:
        return self.name


class UnitParentage(Dated):
    """Where a unit stood in the tree, from when to when."""

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("单位"), related_name="parentages")
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, verbose_name=_("上级单位"), related_name="+")

    class Meta:
        verbose_name = _("隶属关系")


class AuthorisedPosts(Dated):
    """编制: how many posts of a level a unit is authorised to have."""

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("单位"), related_name="authorised_posts")
    level = models.CharField(_("职务层次"), max_length=24, choices=Level)
    count = models.PositiveIntegerField(_("编制数"))
    document = models.CharField(_("批准文号"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("编制")


class User(AbstractUser):
    """An account; it may stand for a person, and holds dated roles over subtrees."""

    name = models.CharField(_("姓名"), max_length=60, blank=True)
    person = models.OneToOneField("org.Person", models.PROTECT, null=True, blank=True, verbose_name=_("对应人员"))
    language = models.CharField(_("语言"), max_length=10, default="zh-hans")

    class Meta:
        verbose_name = _("用户")

    def __str__(self) -> str:
        return self.name or self.username


class RoleGrant(models.Model):
    """A role that a user holds over a subtree for a time; the roles themselves are listed in org/roles.yaml."""

    user = models.ForeignKey(User, models.PROTECT, verbose_name=_("用户"), related_name="grants")
    role = models.CharField(_("角色"), max_length=40)
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("单位"))
    valid_from = models.DateField(_("生效日期"))
    valid_to = models.DateField(_("失效日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("授权")


class PlaceQuerySet(RecordQuerySet):
    """Verbs over places."""

    def rooms(self) -> PlaceQuerySet:
        return self.filter(kind=PlaceKind.ROOM)

    def within(self, place: Place) -> PlaceQuerySet:
        return self.filter(path__startswith=place.path)


class Place(Record):
    """A compound, building, floor, room or shelf: owned or not, on the books or not."""

    code = models.CharField(_("编号"), max_length=60)
    name = models.CharField(_("名称"), max_length=160)
    kind = models.CharField(_("种类"), max_length=12, choices=PlaceKind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, verbose_name=_("所在"), related_name="children")
    path = models.CharField(_("路径"), max_length=200, db_index=True, editable=False, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("使用单位"))
    holding = models.CharField(_("取得形态"), max_length=12, choices=Holding, default=Holding.OWNED)
    use = models.CharField(_("用途"), max_length=12, choices=RoomUse, blank=True)
    usable_area = AreaField(_("使用面积"), null=True, blank=True)
    floor_area = AreaField(_("建筑面积"), null=True, blank=True)
    address = models.CharField(_("坐落"), max_length=240, blank=True)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("地点")
        constraints = [
            models.UniqueConstraint(fields=["unit", "source", "code", "kind"], condition=Q(closed_on__isnull=True), name="place_code_live"),
        ]
        indexes = [models.Index(fields=["kind", "unit"], name="place_kind_unit"), models.Index(fields=["code"], name="place_code")]

    def __str__(self) -> str:
        return self.name


class Person(Record):
    """Somebody who holds posts, rooms and assets; known by staff code, never by name."""

    staff_code = models.CharField(_("人员编号"), max_length=40)
    name = models.CharField(_("姓名"), max_length=60)
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("单位"))
    status = models.CharField(_("状态"), max_length=10, choices=PersonStatus, default=PersonStatus.ACTIVE)
    left_on = models.DateField(_("离任日期"), null=True, blank=True)
    email = models.CharField(_("电子邮箱"), max_length=120, blank=True)
    title = models.CharField(_("职务名称"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("人员")
        constraints = [models.UniqueConstraint(fields=["staff_code"], condition=Q(closed_on__isnull=True), name="person_code_live")]
        indexes = [models.Index(fields=["unit", "id"], name="person_unit")]

    def __str__(self) -> str:
        return self.name


class Post(Dated):
    """A post that a person holds in a unit; `level` decides entitlement, `rank` (职级) does not."""

    person = models.ForeignKey(Person, models.PROTECT, verbose_name=_("人员"), related_name="posts")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("任职单位"))
    title = models.CharField(_("职务名称"), max_length=80, blank=True)
    level = models.CharField(_("职务层次"), max_length=24, choices=Level, blank=True)
    rank = models.CharField(_("职级"), max_length=24, blank=True)
    primary = models.BooleanField(_("主要任职"), default=True)

    class Meta:
        verbose_name = _("任职")
        indexes = [models.Index(fields=["person", "valid_from"], name="post_person")]
