"""What this door keeps for people: their saved views, and one-time sign-in links of the demo."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SavedView(models.Model):
    """Filters, order and columns of one list under a name, for the person who saved them."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("所有者"), related_name="+")
    resource = models.CharField(_("列表"), max_length=60)
    name = models.CharField(_("名称"), max_length=40)
    query = models.TextField(_("条件"), blank=True)

    class Meta:
        verbose_name = _("视图")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["owner", "resource", "name"], name="saved_view_once")]


class SignInLink(models.Model):
    """A link that signs one person in once; only the digest of its token is kept."""

    digest = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("用户"), related_name="+")
    created_at = models.DateTimeField(_("建立时间"), default=timezone.now)
    used_at = models.DateTimeField(_("使用时间"), null=True)

    class Meta:
        verbose_name = _("登录链接")
