"""Label sheets: a QR code that opens the row, its name and its number, on A4 sheets or 60 × 40 mm rolls."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import segno
import typst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjia.core.jobs import Running, job
from gongjia.core.periods import today
from gongjia.core.problems import Problem, Refused
from gongjia.core.resource import Column, Resource, resources
from gongjia.web import wording
from gongjia.web.addresses import row_url, title_path
from gongjia.web.bulk import BulkJob, declare_bulk_job

TEMPLATE = Path(__file__).parent / "sheets" / "labels.typ"
LINES = 3
LIMIT = 2_000
STEP = 500


def font_folder() -> Path:
    """Return the folder of the fonts that PDFs are set in."""
    spec = find_spec("pylopdf_fonts_zh_cn")
    assert spec is not None  # noqa: S101 - a dependency of the project
    assert spec.origin is not None  # noqa: S101
    return Path(spec.origin).parent


def _told(resource: Resource) -> list[Column]:
    """Return the columns that a label tells beside the title: the first shown ones that are words."""
    title = title_path(resource)
    words = [column for column in resource.by_name.values() if column.shown and column.kind in ("text", "choice")]
    return [column for column in words if column.path != title and column.name != "category"][:LINES]


def labels(resource: Resource, user: Any, ids: Sequence[int], origin: str) -> list[dict[str, Any]]:
    """Return what stands on the label of each row that this person may see, in the order asked for."""
    told, title = _told(resource), title_path(resource)
    found: dict[int, dict[str, Any]] = {}
    for start in range(0, len(ids), STEP):
        rows = resource.queryset(user).filter(pk__in=ids[start : start + STEP])
        for row in rows.values("pk", title, *(column.path for column in told)):
            lines = [f"{column.label} {wording.words(row[column.path], column)}" for column in told if row[column.path]]
            found[row["pk"]] = {"title": str(row[title]), "lines": lines, "link": origin + row_url(resource.key, row["pk"])}
    return [found[pk] for pk in ids if pk in found]


def sheet(made: Sequence[dict[str, Any]], layout: str) -> bytes:
    """Return the labels as PDF; the words reach the template as data, never as its source."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(TEMPLATE, folder / "labels.typ")
        for index, label in enumerate(made):
            segno.make(label["link"], error="m").save(str(folder / f"{index}.svg"), border=0, xmldecl=False)
        (folder / "labels.json").write_text(json.dumps({"layout": layout, "labels": list(made)}), encoding="utf-8")
        return typst.compile(str(folder / "labels.typ"), root=name, font_paths=[str(font_folder())])


@job("web.labels", gettext_lazy("标签"))
def print_labels(running: Running, resource: str, ids: Sequence[int], layout: str, origin: str = "") -> dict[str, Any]:
    """Make the label sheet of the marked rows."""
    if len(ids) > LIMIT:
        raise Refused([Problem("too_many", _("一次最多打印 %(n)s 张标签；请分几次选。") % {"n": LIMIT})])
    declared = resources[resource]
    made = labels(declared, running.actor, ids, origin)
    if not made:
        raise Refused([Problem("nothing_visible", _("选中的记录已不在你的权限范围内。"))])
    running.progress(0, len(made))
    with tempfile.NamedTemporaryFile(suffix=".pdf") as target:
        target.write(sheet(made, layout))
        target.flush()
        running.keep(Path(target.name), f"{declared.label}-{_('标签')}-{today().isoformat()}.pdf", "application/pdf")
    running.progress(len(made), len(made), _("%(n)s 张") % {"n": len(made)})
    return {"labels": len(made)}


def declare_labels(resource: str) -> None:
    """Offer label sheets in the selection bar of a list."""
    declare_bulk_job(BulkJob("labels-a4", gettext_lazy("标签（A4）"), resource, "web.labels", params=(("layout", "a4"),)))
    declare_bulk_job(BulkJob("labels-roll", gettext_lazy("标签（60×40 mm）"), resource, "web.labels", params=(("layout", "roll"),)))
