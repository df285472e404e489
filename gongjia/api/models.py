"""Tokens by which a program acts for a user."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class TokenQuerySet(models.QuerySet):
    """Verbs over tokens."""

    def valid(self) -> TokenQuerySet:
        """Keep the tokens that open the door now."""
        unexpired = Q(expires_at__isnull=True) | Q(expires_at__gt=timezone.now())
        return self.filter(unexpired, revoked_at__isnull=True, user__is_active=True)


class Token(models.Model):
    """A user's token; only its digest is kept, so that a stolen database opens nothing."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("用户"), related_name="tokens")
    label = models.CharField(_("用途说明"), max_length=80)
    digest = models.CharField(_("摘要"), max_length=64, unique=True, editable=False)
    hint = models.CharField(_("开头几位"), max_length=12, editable=False)
    created_at = models.DateTimeField(_("建立时间"), default=timezone.now)
    expires_at = models.DateTimeField(_("失效时间"), null=True, blank=True)
    used_at = models.DateTimeField(_("最近使用"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("接口令牌")

    def __str__(self) -> str:
        return f"{self.label} ({self.hint}…)"
