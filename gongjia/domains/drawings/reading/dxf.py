"""Reading DXF: whatever its version, encoding or damage, as content."""

from __future__ import annotations

import gc
import io
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import ezdxf
from ezdxf import recover
from ezdxf.lldxf.const import DXFError

from gongjia.domains.drawings.reading.assembling import assemble
from gongjia.domains.drawings.reading.content import Content, Sheet
from gongjia.domains.drawings.reading.encoding import CODE_PAGE, UTF8_SINCE, VERSION, encoding_of
from gongjia.domains.drawings.reading.entities import Walker
from gongjia.domains.drawings.reading.plan import CannotRead, Reading, ReadPlan
from gongjia.domains.drawings.reading.scale import HEADER_UNITS

_BROKEN = (DXFError, ValueError, KeyError, IndexError, TypeError, AttributeError, OSError, EOFError, ArithmeticError, RecursionError)
_HEADER = 1 << 18
BINARY = b"AutoCAD Binary DXF"


def read(path: Path, reading: Reading, name: str) -> ReadPlan:
    """Read a DXF file."""
    return assemble(content_of(load(path), "dxf"), reading, name)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Spare the collector a million objects that all stay."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def load(path: Path) -> Any:
    """Return the document, in recover mode where the file is damaged; raises CannotRead."""
    data = path.read_bytes()
    with _uncollected():
        document = _parsed(path, data)
    if b"$INSUNITS" not in data[:_HEADER]:
        document.header["$INSUNITS"] = 0  # the parser puts metres where the file says nothing
    return document


def _parsed(path: Path, data: bytes) -> Any:
    encoding = None if data.startswith(BINARY) else encoding_of(data)
    try:
        return ezdxf.readfile(path, encoding=encoding, errors="surrogateescape")
    except Exception:  # whatever the parser trips over, recover mode may not
        return _recovered(_retold(data, encoding) if encoding else data, path)


def _retold(data: bytes, encoding: str) -> bytes:
    """Recover mode trusts the header alone, so the header is made to say what the bytes are."""
    if encoding != "gb18030":
        return data.decode(encoding, "replace").encode("utf-8")
    version = VERSION.search(data)
    if version and int(version[1]) >= UTF8_SINCE:
        return data.decode(encoding, "replace").encode("utf-8")
    told, count = CODE_PAGE.subn(rb"\1ANSI_936", data, count=1)
    return told if count else b"  0\nSECTION\n  2\nHEADER\n  9\n$DWGCODEPAGE\n  3\nANSI_936\n  0\nENDSEC\n" + data


def _recovered(data: bytes, path: Path) -> Any:
    try:
        document, _audit = recover.read(io.BytesIO(data), errors="surrogateescape")
    except Exception as error:
        raise CannotRead("broken", name=path.name, detail=_first_line(error)) from error
    return document


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:160]


def content_of(document: Any, kind: str) -> Content:
    """Return a document's model space and layouts; where they are empty, each of its own blocks is a sheet."""
    header, content = document.header, Content(kind, [])
    content.declared = HEADER_UNITS.get(header.get("$INSUNITS", 0))
    content.imperial = header.get("$MEASUREMENT", 1) == 0
    content.hidden = {layer.dxf.name for layer in document.layers if layer.is_off() or layer.is_frozen()}
    walker = Walker(document, content)
    model = walker.walk(document.modelspace(), Sheet(""))
    papers = [walker.walk(document.layout(title), Sheet(title)) for title in document.layout_names_in_taborder() if title != "Model"]
    model.regions += [region for paper in papers for region in paper.regions]
    content.sheets = [model, *(paper for paper in papers if paper.pieces)]
    if not any(sheet.pieces for sheet in content.sheets):
        content.sheets = list(_block_sheets(document, walker))
    return content


def _block_sheets(document: Any, walker: Walker) -> Iterator[Sheet]:
    for layout in document.blocks:
        if layout.block is not None and not layout.is_any_layout and not layout.name.startswith("*"):
            with suppress(*_BROKEN):
                for entity in layout:
                    walker.content.counts[entity.dxf.get("layer", "0")][entity.dxftype()] += 1
                sheet = walker.block(layout.name, 0)
                if sheet is not None and sheet.pieces:
                    yield sheet
