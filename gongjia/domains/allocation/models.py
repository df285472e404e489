"""Plans of rooms: what was reckoned, who would move where, and what people said of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongjia.domains.allocation.choices import MarkKind, PlanState


class RoomPlan(models.Model):
    """One reckoning for the rooms of a unit and all below it, in some buildings or in all."""

    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name=_("范围"), related_name="+")
    made_at = models.DateTimeField(_("测算时间"), default=timezone.now)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("测算人"), related_name="+")
    state = models.CharField(_("状态"), max_length=10, choices=PlanState, default=PlanState.PROPOSED)
    buildings = models.JSONField(_("楼栋"), default=list)
    weights = models.JSONField(_("权重"), default=dict)
    figures = models.JSONField(_("结果"), default=dict)

    class Meta:
        verbose_name = _("用房调配方案")
        indexes = [models.Index(fields=["unit", "-id"], name="room_plan_unit")]

    def __str__(self) -> str:
        return f"{self.unit} {self.made_at:%Y-%m-%d %H:%M}"


class RoomMove(models.Model):
    """One move of one person in a plan: from where, to where, in which phase; `swing` is a room that is only waited in."""

    plan = models.ForeignKey(RoomPlan, models.PROTECT, verbose_name=_("方案"), related_name="moves")
    person = models.ForeignKey("org.Person", models.PROTECT, verbose_name=_("人员"), related_name="+")
    source = models.ForeignKey("offices.Room", models.PROTECT, null=True, verbose_name=_("原房间"), related_name="+")
    target = models.ForeignKey("offices.Room", models.PROTECT, null=True, verbose_name=_("新房间"), related_name="+")
    phase = models.PositiveSmallIntegerField(_("批次"))
    swing = models.BooleanField(_("临时周转"), default=False)
    reasons = models.JSONField(_("理由"), default=list)

    class Meta:
        verbose_name = _("搬迁")
        indexes = [models.Index(fields=["plan", "phase", "id"], name="room_move_phase")]


class RoomMark(models.Model):
    """The word of a person on somebody and a room, which the next reckoning obeys: must sit there, or must not."""

    plan = models.ForeignKey(RoomPlan, models.PROTECT, verbose_name=_("方案"), related_name="marks")
    person = models.ForeignKey("org.Person", models.PROTECT, verbose_name=_("人员"), related_name="+")
    room = models.ForeignKey("offices.Room", models.PROTECT, verbose_name=_("房间"), related_name="+")
    kind = models.CharField(_("标记"), max_length=10, choices=MarkKind)

    class Meta:
        verbose_name = _("固定或禁止")
        constraints = [models.UniqueConstraint(fields=["plan", "person", "room"], name="room_mark_once")]
