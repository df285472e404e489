"""Import: a workbook of 100,000 asset cards from the file on disk to committed with entries, audit and search index."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench import world
from bench.figures import Figure, timed

from django.conf import settings  # isort: skip
from import_export import resources as peer_resources  # isort: skip
from rustpy_xlsxwriter import write_worksheet  # isort: skip
from tablib import Dataset  # isort: skip

from gongjia.core.action import actions
from gongjia.core.models import AuditEntry
from gongjia.importer.running import run_import
from gongjia.ledger.models import Asset, Entry

ROWS, PEER_ROWS = 100_000, 3_000
NAMES = ("台式计算机", "办公桌", "激光打印机", "文件柜", "便携式计算机", "会议椅", "空调机", "碎纸机")


def rows(count: int) -> Iterator[dict[str, Any]]:
    """Yield cards as a clerk's workbook holds them: fifteen columns, text dates, labels instead of codes."""
    for number in range(count):
        yield {
            "资产编号": f"ZC-2024-{number:06d}",
            "资产名称": NAMES[number % len(NAMES)],
            "分类代码": f"A0201010{number % 5 + 4}",
            "单位编码": f"U{number % 40}",
            "规格型号": f"M-{number % 300}",
            "品牌": ("长风", "云川", "北山")[number % 3],
            "序列号": f"SN{number * 7919 % 10**9:09d}",
            "计量单位": "台",
            "数量": 1,
            "原值": 3000 + number % 5000 + 0.5,
            "取得日期": f"20{10 + number % 15}-0{number % 9 + 1}-1{number % 9}",
            "取得方式": "购置",
            "使用状况": ("在用", "在用", "闲置")[number % 3],
            "使用部门": f"第{number % 30}科",
            "备注": "",
        }


def workbook(folder: Path, count: int) -> Path:
    """Write the workbook and return its path."""
    path = folder / f"cards-{count}.xlsx"
    write_worksheet(rows(count), str(path), sheet_name="资产卡片")
    return path


def prepare(root: Any) -> None:
    """Make the units and classes that the cards name."""
    top = actions["org.register_unit"].run(root, {"code": "U", "name": "云川市", "tier": "municipal", "division": "340900"})
    actions["org.register_unit"].run_many(
        root, [{"code": f"U{n}", "name": f"第{n}局", "parent": top, "tier": "municipal", "division": "340900"} for n in range(40)]
    )
    actions["ledger.register_category"].run_many(
        root, [{"system": "政府采购品目", "edition": "2022", "code": f"A0201010{n}", "name": f"设备{n}"} for n in range(4, 9)]
    )


class PeerAsset(peer_resources.ModelResource):
    """The same model through django-import-export: bulk mode, no audit, no entries, no search index."""

    class Meta:
        model = Asset
        fields = ("number", "name", "unit", "model", "brand", "serial", "measure", "cost", "acquired_on", "department")
        import_id_fields = ("number",)
        use_bulk = True
        batch_size = 1000
        force_init_instance = True


def peer_rate(folder: Path) -> float:
    """Return the rows a second of django-import-export on the first rows of the same workbook."""
    path, unit = workbook(folder, PEER_ROWS), Asset.objects.first().unit_id  # type: ignore[union-attr]
    names = {
        "资产编号": "number",
        "资产名称": "name",
        "单位编码": "unit",
        "规格型号": "model",
        "品牌": "brand",
        "序列号": "serial",
        "计量单位": "measure",
        "原值": "cost",
        "取得日期": "acquired_on",
        "使用部门": "department",
    }
    with timed() as clock:
        data = Dataset().load(path.read_bytes(), format="xlsx")
        data.headers = [names.get(head, head) for head in data.headers]
        made = Dataset(headers=list(names.values()))
        for row in data.dict:
            made.append([{**row, "number": f"P-{row['number']}", "unit": unit}[name] for name in names.values()])
        PeerAsset().import_data(made, dry_run=False, raise_errors=True)
    return PEER_ROWS / clock.seconds


def main() -> None:
    root = world.migrated()
    prepare(root)
    settings.INSTALLED_APPS  # noqa: B018 - the peer reads settings lazily; fail here if they are missing
    with tempfile.TemporaryDirectory() as folder:
        path = workbook(Path(folder), ROWS)
        with timed() as clock:
            report = run_import(path, "ledger.asset", actor=root)
        world.note(f"imported {report.new:,} of {report.rows_read:,} rows in {clock.seconds:.2f} s")
        if report.new != ROWS or Entry.objects.count() != ROWS or AuditEntry.objects.filter(subject="ledger.asset").count() != ROWS:
            sys.exit("the import is not complete")
        rate = ROWS / clock.seconds
        peer = peer_rate(Path(folder))
    what = "100,000 cards, xlsx on disk → committed with entries, audit, search index"
    world.emit(
        Figure(
            "import",
            what,
            rate,
            "rows/s",
            at_least=10_000,
            peer=f"django-import-export without them ({peer:,.0f} rows/s)",
            ratio=rate / peer,
        )
    )


if __name__ == "__main__":
    main()
