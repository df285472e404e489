"""The mark of a certificate: what its QR code carries, so that a stranger can tell an altered paper from a true one.

An HMAC under the installation's secret key over everything that the certificate says: it cannot be guessed from the number, and
whoever changes a row afterwards cannot make it anew.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

from django.conf import settings

from gongjia.domains.usage.models import Certificate
from gongjia.domains.usage.rules import certified

SALT = b"gongjia.usage.certificate"
BYTES = 18


def text_of(made: Certificate) -> str:
    """Return what a certificate says, read from its rows as they are now."""
    rooms = [f"{line.code} {line.usable_area if line.usable_area is not None else ''}" for line in made.lines.all()]
    return certified(made.number, made.unit.name, rooms, made.usable_area, made.valid_from, made.valid_to)


def mark_of(text: str, key: str | bytes | None = None) -> str:
    """Return the mark of a text: 24 letters that fit an address."""
    secret = settings.SECRET_KEY if key is None else key
    secret = secret.encode() if isinstance(secret, str) else secret
    derived = hashlib.sha256(SALT + secret).digest()
    made = hmac.new(derived, text.encode(), hashlib.sha256).digest()[:BYTES]
    return base64.urlsafe_b64encode(made).decode()


def holds(made: Certificate, mark: str) -> bool:
    """Say whether a mark belongs to what the certificate says now, under the present key or one that came before it."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(hmac.compare_digest(mark_of(text_of(made), key).encode(), mark.encode()) for key in keys)
