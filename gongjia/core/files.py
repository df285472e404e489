"""Files by their content, under GONGJIA_HOME/files; the same bytes are kept once."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings

from gongjia.core.models import Attachment, StoredFile


def root() -> Path:
    """Return the folder of stored files."""
    return Path(settings.GONGJIA_HOME) / "files"


def path_of(stored: StoredFile) -> Path:
    """Return where the bytes of a stored file lie."""
    return root() / stored.digest[:2] / stored.digest


def store_chunks(chunks: Iterable[bytes], name: str, content_type: str = "application/octet-stream") -> StoredFile:
    """Write the chunks to disk, synced before the row exists, and return the row."""
    root().mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with tempfile.NamedTemporaryFile(dir=root(), delete=False) as target:
        for chunk in chunks:
            digest.update(chunk)
            size += len(chunk)
            target.write(chunk)
        target.flush()
        os.fsync(target.fileno())
    return _adopt(Path(target.name), digest.hexdigest(), size, name, content_type)


def store_path(path: Path, name: str, content_type: str = "application/octet-stream") -> StoredFile:
    """Store a copy of a file on disk."""
    with path.open("rb") as source:
        return store_chunks(iter(lambda: source.read(1 << 20), b""), name, content_type)


def _adopt(temporary: Path, digest: str, size: int, name: str, content_type: str) -> StoredFile:
    final = root() / digest[:2] / digest
    final.parent.mkdir(exist_ok=True)
    temporary.replace(final)
    defaults = {"name": name[-200:], "content_type": content_type, "size": size}
    return StoredFile.objects.get_or_create(digest=digest, defaults=defaults)[0]


def attach(subject: str, subject_id: int, stored: StoredFile, title: str, actor: Any) -> Attachment:
    """Hang a stored file on a record."""
    return Attachment.objects.create(subject=subject, subject_id=subject_id, file=stored, title=title, actor=actor)
