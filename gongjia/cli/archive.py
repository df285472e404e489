"""The backup file: a tar of a manifest, the database and the stored files; a damaged one is refused before anything is touched."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, connections
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjia.cli.ending import CannotDo

MANIFEST, DATABASE, FILES = "manifest.json", "database", "files"


def pack(file: Path) -> dict[str, Any]:
    """Write the archive beside its final name first, so that half a backup never looks like one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=file.parent) as folder:
        dump, draft = Path(folder) / DATABASE, Path(folder) / "draft"
        dump_database(dump)  # first: a file stored later is merely not referred to yet
        kept = list(stored_files())
        manifest = {
            "engine": connection.vendor,
            "at": timezone.now().isoformat(timespec="seconds"),
            "database": digest_of(dump),
            "files": len(kept),
        }
        (Path(folder) / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
        with tarfile.open(draft, "w") as tar:
            tar.add(Path(folder) / MANIFEST, MANIFEST)
            tar.add(dump, DATABASE)
            for path in kept:
                tar.add(path, f"{FILES}/{path.parent.name}/{path.name}")
        draft.chmod(0o600)
        draft.replace(file)
    return manifest


def stored_files() -> Iterator[Path]:
    root = Path(settings.GONGJIA_HOME) / "files"
    return (path for path in sorted(root.glob("??/*")) if path.is_file())


def digest_of(path: Path) -> str:
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def dump_database(target: Path) -> None:
    """Copy the database as of one instant, while others write."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with sqlite3.connect(target) as copy:
            connection.connection.backup(copy)
        copy.close()
        return
    _postgres(["pg_dump", "--format=custom", "--no-owner", "--file", str(target)])


def _postgres(command: list[str]) -> None:
    """Run one of PostgreSQL's own programs on the configured database; the password travels in the environment."""
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    given = {name: str(value) for name, key in names.items() if (value := connection.settings_dict[key])}
    try:
        done = subprocess.run(command, env={**os.environ, **given}, capture_output=True, text=True)
    except FileNotFoundError:
        raise CannotDo(_("这台机器上没有 %(program)s；请安装 PostgreSQL 的客户端程序。") % {"program": command[0]}) from None
    if done.returncode:
        raise CannotDo(f"{command[0]}: {done.stderr.strip()}")


def read_manifest(file: Path) -> dict[str, Any]:
    """Return what a backup says of itself; raise CannotDo for a file that is none, is damaged, or is of another database."""
    try:
        with tarfile.open(file) as tar:
            manifest = json.loads(tar.extractfile(MANIFEST).read())  # type: ignore[union-attr]
            digest = _digest(tar, DATABASE)
            broken = [name for name in tar.getnames() if name.startswith(f"{FILES}/") and not _whole(tar, name)]
    except (tarfile.TarError, KeyError, ValueError, AttributeError, EOFError, OSError):
        raise CannotDo(_("“%(file)s”不是完好的备份。") % {"file": file}) from None
    if digest != manifest["database"] or broken:
        raise CannotDo(_("“%(file)s”已损坏：%(what)s 与备份时不同。") % {"file": file, "what": (broken or [DATABASE])[0]})
    if manifest["engine"] != connection.vendor:
        text = _("备份来自 %(engine)s，这里用的是 %(here)s。")
        raise CannotDo(text % {"engine": manifest["engine"], "here": connection.vendor})
    return manifest


def _digest(tar: tarfile.TarFile, name: str) -> str:
    stream: Any = tar.extractfile(name)
    return hashlib.file_digest(stream, "sha256").hexdigest()


def _whole(tar: tarfile.TarFile, name: str) -> bool:
    """Say whether a stored file is what its name, the digest of its content, promises."""
    return _digest(tar, name) == name.rsplit("/", 1)[-1]


def unpack(file: Path) -> None:
    """Put database and files in place."""
    home = Path(settings.GONGJIA_HOME)
    with tempfile.TemporaryDirectory(dir=home) as folder, tarfile.open(file) as tar:
        for member in tar.getmembers():
            part, _slash, name = member.name.rpartition("/")
            if part.startswith(FILES):
                _copy(tar, member, home / FILES / name[:2] / name)
        _copy(tar, tar.getmember(DATABASE), Path(folder) / DATABASE)
        load_database(Path(folder) / DATABASE)


def _copy(tar: tarfile.TarFile, member: tarfile.TarInfo, target: Path) -> None:
    """Write one member where this program wants it, whatever path its name asks for."""
    source = tar.extractfile(member)
    if source is not None:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as out:
            shutil.copyfileobj(source, out)


def load_database(source: Path) -> None:
    """Replace the database's content by the dump's."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with sqlite3.connect(source) as kept:
            kept.backup(connection.connection)
        kept.close()
        connections.close_all()
        return
    name = str(connection.settings_dict["NAME"])
    _postgres(["pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", "--dbname", name, str(source)])
