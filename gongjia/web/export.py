"""The export job: what a list shows, as XLSX or CSV, streamed from the database into the file."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import models
from django.db.models import ExpressionWrapper, F
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from rustpy_xlsxwriter import write_worksheet

from gongjia.core.fields import FixedDecimalField
from gongjia.core.jobs import Running, job
from gongjia.core.masking import cover, masked
from gongjia.core.periods import SHANGHAI, today
from gongjia.core.problems import Problem, Refused
from gongjia.core.query import filtered
from gongjia.core.resource import Column, Resource, resources
from gongjia.web.asked import read_address
from gongjia.web.wording import label_with_unit

SHEET_ROWS = 1_048_575
STEP = 5_000
TYPES = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv; charset=utf-8"}
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
Convert = Callable[[Any], Any]


def _field(resource: Resource, column: Column) -> Any:
    field: Any = None
    model: Any = resource.model
    for part in column.path.split("__"):
        field = model._meta.pk if part == "pk" else model._meta.get_field(part)
        model = field.related_model or model
    return field


def _read(resource: Resource, column: Column) -> Any:
    """Return what to select: scaled integers raw, for a Decimal a cell would cost more than the rest of the row."""
    if isinstance(_field(resource, column), FixedDecimalField):
        return ExpressionWrapper(F(column.path), output_field=models.BigIntegerField())
    return F(column.path)


def _scaled(places: int, shape: str) -> Convert:
    scale = 10**places
    if shape == "xlsx":
        return lambda value: value / scale
    return lambda value: f"{'-' if value < 0 else ''}{abs(value) // scale}.{abs(value) % scale:0{places}d}" if places else str(value)


def neutral(text: str) -> str:
    """Return a text that no spreadsheet program takes for a formula."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def _converter(resource: Resource, column: Column, shape: str) -> Convert | None:
    """Return how a value of the column is written, or None where it is written as it is."""
    field = _field(resource, column)
    if isinstance(field, FixedDecimalField):
        return _scaled(field.places, shape)
    if column.kind == "choice":
        labels = {code: str(label) for code, label in column.choices}
        return lambda value: labels.get(value, value)
    if column.kind == "bool":
        yes, no = _("是"), _("否")
        return lambda value: yes if value else no
    if column.kind == "instant":
        return lambda value: value.astimezone(SHANGHAI).replace(tzinfo=None)
    if column.kind in ("integer", "date", "decimal"):
        return None
    return (lambda value: neutral(str(value))) if shape == "csv" else str


def records(resource: Resource, user: Any, found: Any, columns: Sequence[Column], shape: str) -> Iterator[list[Any]]:
    """Yield the rows as written for this person, in the order of their keys."""
    hidden = masked(resource, user)
    converters = [cover if column.name in hidden else _converter(resource, column, shape) for column in columns]
    plans = [(index, convert) for index, convert in enumerate(converters) if convert is not None]
    rows = found.order_by("pk").values_list(*(_read(resource, column) for column in columns))
    for row in rows.iterator(chunk_size=STEP):
        cells = list(row)
        for index, convert in plans:
            if cells[index] is not None:
                cells[index] = convert(cells[index])
        yield cells


def headings(columns: Sequence[Column]) -> list[str]:
    """Return the headings with units; a second column of one name is numbered."""
    seen: dict[str, int] = {}
    out = []
    for column in columns:
        label = label_with_unit(column)
        seen[label] = seen.get(label, 0) + 1
        out.append(label if seen[label] == 1 else f"{label} {seen[label]}")
    return out


def reported(running: Running, rows: Iterator[list[Any]], total: int) -> Iterator[list[Any]]:
    """Pass rows through and report every few thousand; a request to stop ends it."""
    done = 0
    while batch := list(islice(rows, STEP)):
        yield from batch
        done += len(batch)
        running.progress(done, total)


def write_xlsx(path: Path, heads: Sequence[str], rows: Iterator[list[Any]]) -> None:
    first = next(rows, None)
    body = [dict.fromkeys(heads)] if first is None else (dict(zip(heads, row, strict=True)) for row in _chain(first, rows))
    write_worksheet(body, str(path), sheet_name="Sheet1", freeze_row=1, bold_headers=True, autofilter=True)


def _chain(first: list[Any], rows: Iterator[list[Any]]) -> Iterator[list[Any]]:
    yield first
    yield from rows


def write_csv(path: Path, heads: Sequence[str], rows: Iterator[list[Any]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(heads)
        writer.writerows(rows)


@job("web.export", gettext_lazy("导出"))
def export(
    running: Running, resource: str, query: str, columns: Sequence[str], shape: str, path: str = "", language: str = "zh-hans"
) -> dict[str, Any]:
    """Write the file that a person asked for, of the rows that this person may see now."""
    declared = resources[resource]
    with override(language), tempfile.TemporaryDirectory() as folder:
        asked = read_address(declared, QueryDict(query))
        found = filtered(declared, running.actor, asked.query(path))
        total = found.values("pk").count()
        if shape == "xlsx" and total > SHEET_ROWS:
            raise Refused([Problem("too_many_rows", _("共 %(n)s 行，一张工作表放不下；请改用 CSV，或先筛选。") % {"n": total})])
        chosen = [declared.by_name[name] for name in columns]
        rows = reported(running, records(declared, running.actor, found, chosen, shape), total)
        file = Path(folder) / f"export.{shape}"
        (write_csv if shape == "csv" else write_xlsx)(file, headings(chosen), rows)
        running.progress(total, total, _("%(n)s 行") % {"n": total})
        running.keep(file, f"{declared.label}-{today().isoformat()}.{shape}", TYPES[shape])
    return {"rows": total}
