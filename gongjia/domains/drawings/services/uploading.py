"""A drawing comes in, is read this way or that, and is taken back."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.models import StoredFile
from gongjia.core.problems import Problem
from gongjia.core.undo import restore_records
from gongjia.core.writing import change_rows, create_rows
from gongjia.domains.drawings.choices import PlanState
from gongjia.domains.drawings.models import Drawing, FloorPlan
from gongjia.domains.drawings.resources import DRAWINGS, PLANS
from gongjia.domains.drawings.services.values import DrawingValues, close
from gongjia.domains.offices.resources import BUILDINGS


class UploadDrawing(Input, of=Drawing):
    """A drawing of a building; its file was stored before."""

    building: Annotated[int, Ref("offices.building")] = given()
    name: str = given()
    storey: str = given("")
    digest: str = given(label=_("文件的 SHA-256"))


class ChooseReading(Input, of=Drawing):
    """How a drawing is to be read; what is left out is guessed."""

    id: Annotated[int, Ref("drawings.drawing")] = given(label=_("图纸"))
    scale: Decimal | None = given(None, label=_("每图形单位合多少米"))
    wall_layers: str | None = given(None, label=_("墙线图层"), help=_("图层名用英文逗号分开。"))
    room_layers: str | None = given(None, label=_("房间轮廓图层"), help=_("图层名用英文逗号分开。"))
    label_layers: str | None = given(None, label=_("房间标注图层"), help=_("图层名用英文逗号分开。"))


class WithdrawDrawing(Input, of=Drawing):
    """A drawing that was uploaded by mistake."""

    id: Annotated[int, Ref("drawings.drawing")] = given(label=_("图纸"))


@action("drawings.upload_drawing", label=_("上传图纸"), subject="drawings.drawing", unit="building", undo=restore_records)
def upload_drawings(context: Context, rows: Sequence[UploadDrawing]) -> list[int]:
    """Register stored files as drawings of buildings."""
    keys = files_of(rows)
    owners = BUILDINGS.units_of([row.building for row in rows])
    units = [owners.get(row.building) for row in rows]
    more = {"file_id": [keys[row.digest] for row in rows], "actor_id": context.actor_id}
    return create_rows(context, DRAWINGS, rows, units, **more, **context.provenance())


def files_of(rows: Sequence[Any]) -> dict[str, int]:
    """Return the stored files by their digests."""
    return dict(StoredFile.objects.filter(digest__in={row.digest for row in rows}).values_list("digest", "pk"))


@upload_drawings.check
def files_are_there(context: Context, rows: Sequence[UploadDrawing]) -> list[Problem]:
    """Refuse a digest that names no stored file."""
    known, text = files_of(rows), _now("没有这个文件；请先上传文件。")
    return [Problem("unknown_file", text, "digest", index) for index, row in enumerate(rows) if row.digest not in known]


@action("drawings.choose_reading", label=_("选择读取方式"), subject="drawings.drawing", undo=restore_records)
def choose_readings(context: Context, rows: Sequence[ChooseReading]) -> list[int]:
    """Keep how drawings are to be read the next time."""
    change_rows(context, DRAWINGS, [DrawingValues(id=row.id, options=options_of(row)) for row in rows])
    return [row.id for row in rows]


def options_of(row: ChooseReading) -> dict[str, Any]:
    """Return the choices as they are kept: only those that were made."""
    layers = {name: getattr(row, name) for name in ("wall_layers", "room_layers", "label_layers")}
    made: dict[str, Any] = {name: _listed(text) for name, text in layers.items() if text is not None}
    return {**made, **({"scale": float(row.scale)} if row.scale else {})}


def _listed(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


@choose_readings.check
def scales_are_positive(context: Context, rows: Sequence[ChooseReading]) -> list[Problem]:
    """Refuse a scale of nothing or less."""
    text = _now("比例要大于零：毫米图是 0.001，厘米图是 0.01，米图是 1。")
    return [Problem("bad_scale", text, "scale", index) for index, row in enumerate(rows) if row.scale is not None and row.scale <= 0]


@action("drawings.withdraw_drawing", label=_("撤回图纸"), subject="drawings.drawing", danger=True, undo=restore_records)
def withdraw_drawings(context: Context, rows: Sequence[WithdrawDrawing]) -> list[int]:
    """Close drawings, and the drafts that were read from them; accepted floors stay."""
    ids = [row.id for row in rows]
    drafts = FloorPlan.objects.live().filter(drawing__in=ids, state=PlanState.DRAFT).values_list("pk", flat=True)
    close(context, PLANS, list(drafts), _now("图纸已撤回"))
    close(context, DRAWINGS, ids, _now("图纸已撤回"))
    return ids
