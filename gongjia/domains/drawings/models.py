"""Drawings as they came, the versions of each floor that were made of them, and the shapes of the rooms on it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongjia.core.fields import AreaField
from gongjia.core.records import Record
from gongjia.domains.drawings.choices import DrawingState, Linked, PlanState
from gongjia.org.choices import RoomUse


class Drawing(Record):
    """A drawing of a building: the file, how it is to be read, and what was found in it."""

    building = models.ForeignKey("offices.Building", models.PROTECT, verbose_name=_("楼栋"), related_name="drawings")
    name = models.CharField(_("图纸名称"), max_length=160)
    storey = models.CharField(_("楼层"), max_length=20, blank=True, help_text=_("图纸只有一层、图中没有写楼层时填写。"))
    file = models.ForeignKey("core.StoredFile", models.PROTECT, verbose_name=_("图纸文件"), related_name="+")
    state = models.CharField(_("状态"), max_length=8, choices=DrawingState, default=DrawingState.WAITING)
    options = models.JSONField(_("读取方式"), default=dict)
    found = models.JSONField(_("读到的内容"), default=dict)
    problem = models.CharField(_("问题"), max_length=400, blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("上传人"), related_name="+")

    class Meta:
        verbose_name = _("图纸")
        indexes = [models.Index(fields=["building", "id"], name="drawing_building")]

    def __str__(self) -> str:
        return self.name


class FloorPlan(Record):
    """One version of one floor; the current one is replaced by the next that is accepted, and kept."""

    building = models.ForeignKey("offices.Building", models.PROTECT, verbose_name=_("楼栋"), related_name="floor_plans")
    storey = models.CharField(_("楼层"), max_length=20)
    edition = models.PositiveSmallIntegerField(_("版次"), default=1)
    state = models.CharField(_("状态"), max_length=8, choices=PlanState, default=PlanState.DRAFT)
    drawing = models.ForeignKey(Drawing, models.PROTECT, null=True, verbose_name=_("图纸"), related_name="plans")
    valid_from = models.DateField(_("生效日期"), null=True)
    valid_to = models.DateField(_("失效日期"), null=True)
    slab = models.JSONField(_("外轮廓"), default=list)

    class Meta:
        verbose_name = _("楼层平面图")
        constraints = [
            models.UniqueConstraint(
                fields=["building", "storey"], condition=Q(state="current", closed_on__isnull=True), name="floor_plan_current"
            ),
            models.UniqueConstraint(
                fields=["building", "storey", "edition"], condition=Q(closed_on__isnull=True), name="floor_plan_edition"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.building} {self.storey}"


class Shape(Record):
    """A room as drawn: its outline in millimetres (the outer ring, then holes), what its label says, and its room of the ledger."""

    plan = models.ForeignKey(FloorPlan, models.PROTECT, verbose_name=_("楼层平面图"), related_name="shapes")
    mark = models.CharField(_("图中标记"), max_length=36)
    number = models.CharField(_("图上编号"), max_length=40, blank=True)
    name = models.CharField(_("图上名称"), max_length=80, blank=True)
    use = models.CharField(_("图上用途"), max_length=12, choices=RoomUse, blank=True)
    room = models.ForeignKey("offices.Room", models.PROTECT, null=True, blank=True, verbose_name=_("台账房间"), related_name="shapes")
    linked = models.CharField(_("对应方式"), max_length=8, choices=Linked, default=Linked.NONE)
    area = AreaField(_("图纸面积"))
    said_area = AreaField(_("图上标注面积"), null=True, blank=True)
    outline = models.JSONField(_("轮廓"), default=list)
    x = models.IntegerField(_("标注横坐标"), default=0)
    y = models.IntegerField(_("标注纵坐标"), default=0)

    class Meta:
        verbose_name = _("图上房间")
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "room"], condition=Q(closed_on__isnull=True, room__isnull=False), name="shape_room_once"
            ),
        ]

    def __str__(self) -> str:
        return self.number or self.name or self.mark
