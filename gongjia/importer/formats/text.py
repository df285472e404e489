"""CSV, TSV and the `.xls` that is really tabbed text."""

import csv
import io
import itertools
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from gongjia.importer.errors import Unreadable
from gongjia.importer.formats.encoding import decode
from gongjia.importer.limits import MEGABYTE, Limits
from gongjia.importer.sheets import Sheet, from_rows

DELIMITERS = ",\t;|"
FIELD = 200_000


def read_text(path: Path, limits: Limits) -> tuple[Sheet, str, str]:
    """Return the one sheet, the encoding and the delimiter."""
    size = path.stat().st_size
    if size > limits.text_bytes:
        raise Unreadable("too_big", path.name, size=size // MEGABYTE, limit=limits.text_bytes // MEGABYTE)
    text, encoding = decode(path.read_bytes())
    text = text.lstrip("\ufeff").replace("\0", "")
    delimiter = sniff(text)
    rows = parse(text, delimiter)
    width = max(map(len, rows), default=0)
    if width > limits.columns or width * len(rows) > limits.cells:
        raise Unreadable("too_many_cells", path.name, cells=width * len(rows))
    return from_rows(path.stem, rows), encoding, delimiter


def parse(text: str, delimiter: str) -> list[list[str]]:
    """Split into rows; where a stray quote swallows the file, quotes are taken as plain signs."""
    csv.field_size_limit(FIELD)
    try:
        return list(reader(text, delimiter))
    except csv.Error:
        lines = text.splitlines()
        return list(csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE))


def reader(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=delimiter in ",;")


def sniff(text: str) -> str:
    """Choose the delimiter under which the most of the first lines have the same, largest number of cells."""
    declared = text[:6].lower()
    if declared.startswith("sep=") and len(text) > 4:
        return text[4]
    return max(DELIMITERS, key=lambda delimiter: regularity(text[:100_000], delimiter))


def regularity(text: str, delimiter: str) -> float:
    """Weigh how many rows share the commonest width above one."""
    csv.field_size_limit(FIELD)
    try:
        widths = Counter(len(row) for row in itertools.islice(reader(text, delimiter), 200) if row)
    except csv.Error:
        return 0.0
    width, count = max(widths.items(), key=lambda item: item[1] * (item[0] - 1), default=(1, 0))
    return (width - 1) ** 0.5 * count / (sum(widths.values()) or 1)
