"""What may be read of tokens: by those who manage users, and never the token itself."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gongjia.api.models import Token
from gongjia.core.resource import Column, Resource, resource

TOKENS = resource(
    Resource(
        key="api.token",
        model=Token,
        label=pgettext_lazy("名录", "接口令牌"),
        title="label",
        view_permission="org.manage_users",
        lookup=(),
        live="revoked_at",
        actions=("api.revoke_token",),
        group="system",
        icon="key",
        empty=_("还没有程序持有令牌。用 gongjia user token 发一个。"),
        columns=(
            Column("label", link="api.token"),
            Column("user", path="user__username"),
            Column("hint"),
            Column("created_at", sort=True),
            Column("expires_at"),
            Column("used_at"),
        ),
    )
)
