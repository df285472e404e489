"""Static files are addressed with a hash of their content, so that a new release is seen at once."""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage


def content_hash(name: str) -> str:
    """Return ten hex digits that change with the file, nothing for a file that is not there."""
    path = finders.find(name)
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:10] if path else ""


lasting_hash = cache(content_hash)


class HashedAddresses(StaticFilesStorage):
    """Serves `/static/x.css?v=<hash>` without a collecting step."""

    def url(self, name: str | None) -> str:
        address = super().url(name)
        version = (content_hash if settings.DEBUG else lasting_hash)(name or "")
        return f"{address}?v={version}" if version else address
