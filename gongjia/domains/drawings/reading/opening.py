"""Opening a drawing: what it is by its first bytes, never by its name alone."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

from gongjia.domains.drawings.reading.plan import CannotRead, Reading, ReadPlan

READERS = {"dxf": "dxf:read", "dwg": "dwg:read", "ifc": "ifc:read"}
LARGEST_BYTES = 400 << 20

_HEAD = 65_536
_DXF = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*(?:999\r?\n[^\n]*\n\s*)*0\s*\r?\n\s*(?:SECTION|EOF)\b", re.IGNORECASE)
_IFC = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*(?:/\*.*?\*/\s*)*ISO-10303-21\s*;", re.DOTALL)
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "pdf"), (b"\x89PNG", "picture"), (b"\xff\xd8\xff", "picture"), (b"GIF8", "picture"), (b"II*\0", "picture"),
    (b"MM\0*", "picture"),
    (b"BM", "picture"), (b"PK", "zip"), (b"Rar!", "zip"), (b"7z\xbc\xaf", "zip"), (b"\x1f\x8b", "zip"), (b"\xd0\xcf\x11\xe0", "rvt"),
    (b"(DWF V", "dwf"), (b"<?xml", "xml"), (b"<svg", "xml"),
)  # fmt: skip


def read_plan(path: str | Path, reading: Reading | None = None, name: str = "") -> ReadPlan:
    """Read a drawing; `name` is the file's own name where the path is not. Raises CannotRead."""
    path = Path(path)
    module, function = READERS[kind_of(path, name)].split(":")
    reader = getattr(import_module(f"gongjia.domains.drawings.reading.{module}"), function)
    return reader(path, reading or Reading(), name or path.name)


def kind_of(path: Path, name: str = "") -> str:
    """Return dxf, dwg or ifc; raises CannotRead for what is none of them."""
    name = name or path.name
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError as error:
        raise CannotRead("no_file", name=name, detail=error.strerror or str(error)) from error
    if size > LARGEST_BYTES:
        raise CannotRead("too_large", name=name, megabytes=str(size >> 20), limit=str(LARGEST_BYTES >> 20))
    kind = _by_content(head)
    if kind:
        return kind
    if not head.strip():
        raise CannotRead("empty_file", name=name)
    raise CannotRead("not_a_drawing", name=name, what=next((what for magic, what in _OTHERS if head.startswith(magic)), ""))


def _by_content(head: bytes) -> str:
    if head.startswith(b"AutoCAD Binary DXF") or _DXF.match(head):
        return "dxf"
    if re.match(rb"AC(?:10\d\d|1\.\d|2\.\d\d)", head):
        return "dwg"
    if _IFC.match(head):
        return "ifc" if re.search(rb"FILE_SCHEMA\s*\(\s*\(\s*'IFC", head, re.IGNORECASE) else ""
    return "dxf" if re.search(rb"(?m)^\s*0\s*\r?\nSECTION\s*\r?\n\s*2\s*\r?\n(?:HEADER|ENTITIES|CLASSES|TABLES|BLOCKS)\b", head) else ""
