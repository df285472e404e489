"""Issuing and revoking tokens."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Sequence
from typing import Annotated, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongjia.api.models import Token
from gongjia.core import audit
from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given

PREFIX = "gjt_"
_HINT = len(PREFIX) + 4


def digest_of(secret: str) -> str:
    """Return what is kept of a token; its 256 random bits need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def issue(user: Any, label: str, actor: Any, days: int | None = None) -> tuple[Token, str]:
    """Make a token for `user` and return it with its secret, which is shown this once and kept nowhere."""
    secret = PREFIX + secrets.token_urlsafe(32)
    expires = timezone.now() + dt.timedelta(days=days) if days else None
    with transaction.atomic():
        made = Token.objects.create(user=user, label=label, digest=digest_of(secret), hint=secret[:_HINT], expires_at=expires)
        batch = audit.open_batch("api.issue_token", getattr(actor, "pk", None), "cli", None)
        trail = audit.Trail()
        trail.add("api.token", made.pk, None, None, {"user_id": user.pk, "label": label, "hint": made.hint})
        audit.write(trail, batch, "api.issue_token", getattr(actor, "pk", None))
    return made, secret


class RevokeToken(Input, of=Token):
    """A token that shall open nothing any more."""

    id: Annotated[int, Ref("api.token")] = given(label=_("接口令牌"))


@action("api.revoke_token", label=_("撤销令牌"), subject="api.token", permission="org.manage_users", danger=True)
def revoke_tokens(context: Context, rows: Sequence[RevokeToken]) -> list[int]:
    """Revoke tokens at once and for good."""
    ids = [row.id for row in rows]
    Token.objects.filter(pk__in=ids).update(revoked_at=context.now)
    for pk in ids:
        context.record("api.token", pk, None, {"revoked_at": None}, {"revoked_at": context.now})
    return ids
