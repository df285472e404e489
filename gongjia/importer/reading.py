"""The one door of the reading layer: a file becomes a workbook, or one clear error."""

from pathlib import Path

from gongjia.importer.errors import Unreadable
from gongjia.importer.formats.binary import read_binary
from gongjia.importer.formats.markup import read_page, read_xml_workbook
from gongjia.importer.formats.signature import signature
from gongjia.importer.formats.text import read_text
from gongjia.importer.limits import LIMITS, MEGABYTE, Limits
from gongjia.importer.sheets import Workbook


def read(path: Path | str, name: str = "", limits: Limits = LIMITS) -> Workbook:
    """Return the workbook of a file, whatever its extension says; raise `Unreadable` naming reason and remedy."""
    path = Path(path)
    try:
        workbook = read_named(path, limits)
    except Unreadable as error:
        error.file = name or path.name
        raise
    workbook.name = name or path.name
    if workbook.format in ("csv", "tsv"):
        workbook.sheets[0].name = Path(workbook.name).stem
    return workbook


def read_named(path: Path, limits: Limits) -> Workbook:
    check_size(path, limits)
    kind = signature(path, limits)
    if kind == "text":
        sheet, encoding, delimiter = read_text(path, limits)
        return Workbook(path.name, "tsv" if delimiter == "\t" else "csv", [sheet], encoding, delimiter)
    if kind == "html":
        sheets, encoding = read_page(path, limits)
        return Workbook(path.name, kind, sheets, encoding)
    if kind == "xml":
        return Workbook(path.name, kind, read_xml_workbook(path, limits))
    return Workbook(path.name, kind, read_binary(path, kind, limits))


def check_size(path: Path, limits: Limits) -> None:
    """Refuse a missing, an empty and a too large file before it is opened."""
    if not path.is_file():
        raise Unreadable("missing", path.name)
    size = path.stat().st_size
    if not size:
        raise Unreadable("empty_file", path.name)
    if size > limits.file_bytes:
        raise Unreadable("too_big", path.name, size=size // MEGABYTE, limit=limits.file_bytes // MEGABYTE)
