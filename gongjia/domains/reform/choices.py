"""What may happen to units, and the states of a plan."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Verb(models.TextChoices):
    MERGE = "merge", _("并入")
    SPLIT = "split", _("划出")
    RENAME = "rename", _("更名")
    ABOLISH = "abolish", _("撤销")


class PlanState(models.TextChoices):
    DRAFT = "draft", _("编制中")
    CARRIED_OUT = "carried_out", _("已执行，待签署")
    SIGNED = "signed", _("已签署")
    REVERSED = "reversed", _("已撤回")
