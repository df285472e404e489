"""Kinds and states of hand-overs, lettings and repairs."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class HandOverKind(models.TextChoices):
    ISSUE = "issue", _("领用")
    RETURN = "return", _("退库")
    HAND_OVER = "hand_over", _("移交")


class LettingKind(models.TextChoices):
    LEASE = "lease", _("出租")
    LEND = "lend", _("出借")


class Condition(models.TextChoices):
    GOOD = "good", _("完好")
    WORN = "worn", _("有磨损，可用")
    DAMAGED = "damaged", _("损坏")
    LOST = "lost", _("丢失")
