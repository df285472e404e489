"""Opening a drawing: what it is by its first bytes, never by its name alone."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from gongjia.domains.drawings.reading.plan import CannotRead, Reading, ReadPlan

READERS = {"dxf": "dxf:read", "dwg": "dwg:read", "ifc": "ifc:read"}


def read_plan(path: str | Path, reading: Reading | None = None, name: str = "") -> ReadPlan:
    """Read a drawing; `name` is the file's own name where the path is not. Raises CannotRead."""
    module, function = READERS[kind_of(Path(path))].split(":")
    reader = getattr(import_module(f"gongjia.domains.drawings.reading.{module}"), function)
    return reader(Path(path), reading or Reading(), name or Path(path).name)


def kind_of(path: Path) -> str:
    """Return dxf, dwg or ifc; raises CannotRead for what is none of them."""
    raise CannotRead("not_a_drawing", name=path.name)
