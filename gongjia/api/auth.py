"""Who is calling: a program with a token, or a page with a session and its CSRF token."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer, SessionAuth

from gongjia.api.models import Token
from gongjia.api.services import digest_of

_NOTED_EVERY = dt.timedelta(hours=1)  # one write an hour says enough about when a token was used last


class TokenAuth(HttpBearer):
    """`Authorization: Bearer gjt_…`."""

    def authenticate(self, request: HttpRequest, token: str) -> Any | None:
        found = Token.objects.valid().select_related("user").filter(digest=digest_of(token)).first()
        if found is None:
            return None
        now = timezone.now()
        if found.used_at is None or now - found.used_at > _NOTED_EVERY:
            Token.objects.filter(pk=found.pk).update(used_at=now)
        request.user = found.user
        return found.user


class PageAuth(SessionAuth):
    """The session cookie of a signed-in page; anything but reading needs the CSRF token too."""

    def __call__(self, request: HttpRequest) -> Any | None:
        if "Authorization" in request.headers or not request.user.is_authenticated:
            return None
        return super().__call__(request)
