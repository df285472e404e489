"""One entry, two returns: the same items written by the column template of 机关事务 or of 财政."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from rustpy_xlsxwriter import write_worksheet

from gongjia.core.jobs import Running, job
from gongjia.core.periods import today
from gongjia.domains.warehouse.models import Loan, StockItem
from gongjia.domains.warehouse.resources import ITEMS
from gongjia.web.bulk import BulkJob, declare_bulk_job
from gongjia.web.export import TYPES, neutral

FOLDER = Path(__file__).parent / "returns"
STEP = 2_000


@lru_cache(maxsize=4)
def template(key: str) -> dict[str, Any]:
    """Return a column template: title, its remark, and the columns as [heading, what it reads]."""
    return yaml.load((FOLDER / f"{key}.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def cell(item: StockItem, loan: Loan | None, name: str) -> Any:
    """Return what a column reads of an item; a choice as its word, nothing as an empty cell."""
    if name.startswith("loan."):
        name, value = name.removeprefix("loan."), loan
    else:
        value = item
    for part in name.split(".")[:-1]:
        value = getattr(value, part, None)
    last = name.rsplit(".", 1)[-1]
    words = getattr(value, f"get_{last}_display", None)
    found = words() if words else getattr(value, last, None)
    return "" if found is None else neutral(found) if isinstance(found, str) else found


def lines(items: Sequence[StockItem], key: str) -> Iterator[dict[str, Any]]:
    """Yield the items as rows of a template, in Chinese whatever the reader's language."""
    loans = {loan.item_id: loan for loan in Loan.objects.filter(item__in=items, returned_on__isnull=True).select_related("unit")}
    with override("zh-hans"):
        for item in items:
            row = {heading: cell(item, loans.get(item.pk), name) for heading, name in template(key)["columns"]}
            yield {heading: str(value) if not isinstance(value, (int, str)) else value for heading, value in row.items()}


@job("warehouse.return", _("公物仓报送表"))
def write_return(running: Running, resource: str, ids: Sequence[int], template_key: str, origin: str = "") -> dict[str, Any]:
    """Write the marked items by a template, as the job's file."""
    rows: list[dict[str, Any]] = []
    for start in range(0, len(ids), STEP):
        found = ITEMS.queryset(running.actor).filter(pk__in=ids[start : start + STEP])
        full = found.select_related("asset__unit", "asset__category", "asset__place", "building").order_by("pk")
        rows += lines(list(full), template_key)
        running.progress(len(rows), len(ids))
    known = template(template_key)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "return.xlsx"
        body = rows or [dict.fromkeys(heading for heading, _name in known["columns"])]
        write_worksheet(body, str(file), sheet_name=known["sheet"], freeze_row=1, bold_headers=True)
        running.keep(file, f"{known['title']}-{today().isoformat()}.xlsx", TYPES["xlsx"])
    return {"rows": len(rows)}


for key, label in (("affairs", _("报送表：机关事务公物仓（列待核）")), ("finance", _("报送表：财政调剂共享（列待核）"))):
    declare_bulk_job(BulkJob(f"return_{key}", label, ITEMS.key, "warehouse.return", params=(("template_key", key),)))
