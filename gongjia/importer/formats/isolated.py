"""Runs in a process of its own: reads one workbook and writes its columns to stdout as a pickle stream.

A damaged or hostile file may make the parser panic, hang or ask for all memory; then only this process dies.
The script imports nothing of the project, so that it starts in a few hundredths of a second.
"""

import gc
import pickle
import re
import resource
import sys
import threading
import zipfile
from typing import Any, BinaryIO
from xml.etree import ElementTree

import python_calamine

CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
VALUE = re.compile(rb"<(?:\w+:)?v[^>]*>([^<]*)<")
OVERLAP = 4096
CHUNK = 1 << 20


def main(path: str, kind: str, cells: int, memory: int, seconds: int) -> None:
    """Write one header dict, then for each sheet a dict followed by its columns."""
    gc.disable()  # a short life full of cells that all stay
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    out = sys.stdout.buffer
    try:
        read(path, kind, cells, out)
    except MemoryError:
        send(out, {"failed": "too_many_cells", "cells": "?"})
    except python_calamine.PasswordError:
        send(out, {"failed": "password"})
    except BaseException as error:
        send(out, refusal(str(error) or type(error).__name__))
    out.flush()


def refusal(detail: str) -> dict[str, Any]:
    """Name a reader's failure by what the user can do about it."""
    if "limit exceeded" in detail:
        return {"failed": "too_many_cells", "cells": "".join(re.findall(r"\((\d+)", detail)) or "?"}
    return {"failed": "broken", "detail": detail[:200]}


def send(out: BinaryIO, thing: object) -> None:
    pickle.dump(thing, out, 5)


def read(path: str, kind: str, cells: int, out: BinaryIO) -> None:
    errors: dict[str, dict[tuple[int, int], str]] = {}
    scanning = threading.Thread(target=lambda: errors.update(error_cells(path) if kind == "xlsx" else {}))
    scanning.start()  # beside the reader, which does not hold the interpreter while it parses
    workbook = python_calamine.CalamineWorkbook.from_path(path)
    metadata = [m for m in workbook.sheets_metadata if m.typ == python_calamine.SheetTypeEnum.WorkSheet]
    send(out, {"sheets": len(metadata)})
    for sheet in metadata:
        hidden = sheet.visible != python_calamine.SheetVisibleEnum.Visible
        try:
            content = workbook.get_sheet_by_name(sheet.name)
        except MemoryError:
            raise
        except Exception as error:
            send(out, {"name": sheet.name, "hidden": hidden, "merged": [], "width": 0, "trouble": str(error)[:200]})
            continue
        cells -= content.total_height * content.total_width
        if cells < 0:
            raise ValueError(f"cell limit exceeded ({content.total_height * content.total_width}")
        scanning.join()
        send_sheet(out, content, hidden, errors.get(sheet.name, {}))


def send_sheet(out: BinaryIO, content: Any, hidden: bool, errors: dict[tuple[int, int], str]) -> None:
    """Send the columns from A1 on; equal texts become one object, which packs and compares faster."""
    columns = [list(column) for column in zip(*content.to_python(skip_empty_area=False), strict=True)]
    for (row, column), word in errors.items():
        if column < len(columns) and row < len(columns[column]):
            columns[column][row] = word
    merged = [(*start, *end) for start, end in content.merged_cell_ranges or []]
    head = {"name": content.name, "hidden": hidden, "merged": merged, "width": len(columns), "trouble": ""}
    send(out, head)
    for cells in columns:
        send(out, shared(cells))


def shared(cells: list[Any]) -> list[Any]:
    """Make equal texts one object, unless nearly all of them differ anyway."""
    if len(set(cells[:2000])) > min(len(cells), 2000) * 0.8:
        return cells
    if set(map(type, cells)) == {str}:
        return list(map(sys.intern, cells))
    same: Any = {}.setdefault
    return [same(value, value) if value.__class__ is str else value for value in cells]


def error_cells(path: str) -> dict[str, dict[tuple[int, int], str]]:
    """Find the cells that hold an error, which the reader gives back as empty."""
    found: dict[str, dict[tuple[int, int], str]] = {}
    try:
        with zipfile.ZipFile(path) as archive:
            for name, part in sheet_parts(archive):
                with archive.open(part) as stream:
                    found[name] = scan(stream)
    except (KeyError, zipfile.BadZipFile, ElementTree.ParseError, OSError, NotImplementedError, ValueError):
        return found
    return found


def sheet_parts(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """Pair each sheet's name with its part of the archive."""
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    workbook = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314
    known = set(archive.namelist())
    pairs = []
    for element in workbook.iter():
        if element.tag.endswith("}sheet"):
            identity = next((value for key, value in element.attrib.items() if key.endswith("}id")), None)
            target = targets.get(identity, "").lstrip("/")
            part = target if target in known else f"xl/{target}"
            if part in known:
                pairs.append((element.get("name", ""), part))
    return pairs


def scan(stream: Any) -> dict[tuple[int, int], str]:
    """Go through a sheet in chunks that overlap, looking only at cells of type error."""
    found: dict[tuple[int, int], str] = {}
    tail = b""
    while chunk := stream.read(CHUNK):
        text = tail + chunk
        at = text.find(b't="e"')
        while at >= 0:
            cell = CELL.match(text, text.rfind(b"<", 0, at))
            value = VALUE.search(text, at, at + OVERLAP)
            if cell:
                place = (int(cell[2]) - 1, column_number(cell[1]))
                found[place] = value[1].decode("ascii", "replace") if value else "#N/A"
            at = text.find(b't="e"', at + 5)
        tail = text[-OVERLAP:]
    return found


def column_number(letters: bytes) -> int:
    number = 0
    for byte in letters:
        number = number * 26 + byte - 64
    return number - 1


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:6]))
