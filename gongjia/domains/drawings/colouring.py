"""Six ways to colour a floor; every colour has its word, its count and its area beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjia.domains.drawings.choices import Linked
from gongjia.domains.drawings.floor import Cell
from gongjia.org.choices import RoomUse
from gongjia.web.wording import number

UNITS_SHOWN = 8
BANDS = (6, 9, 12, 18)
"""Where the colours of m² a person change; classes of the picture, no limits."""


@dataclass(frozen=True, slots=True)
class Paint:
    """How one room is painted: class, word of the legend, text in the room, and whether it is hatched."""

    css: str
    label: str
    text: str = ""
    hatched: bool = False


@dataclass
class LegendLine:
    """One colour of the legend."""

    css: str
    label: str
    hatched: bool
    count: int = 0
    area: Decimal = Decimal(0)


def _area(cell: Cell) -> str:
    return f"{number(cell.area, 1)} m²"


def _outside(cell: Cell) -> Paint | None:
    """Return the paint of a room that is in no ledger, or in one that this person does not see."""
    if cell.hidden:
        return Paint("other", _("不在你的范围"), "")
    if cell.shape.linked == Linked.COMMON:
        return Paint("common", _("公共部位"), "")
    return None if cell.room else Paint("loose", _("台账中没有"), _area(cell), hatched=True)


def by_use(cells: Sequence[Cell]) -> list[Paint]:
    """Colour by what rooms are for."""
    names = dict(RoomUse.choices)
    return [_outside(cell) or Paint(f"use-{cell.use or 'none'}", str(names.get(cell.use, _("没有用途"))), _area(cell)) for cell in cells]


def by_unit(cells: Sequence[Cell]) -> list[Paint]:
    """Colour by whose rooms they are, the largest units each in their own colour."""
    areas: Counter[str] = Counter()
    for cell in cells:
        if cell.room:
            areas[cell.room.place.unit.name] += int(cell.area * 100)
    place = {name: index for index, (name, _sum) in enumerate(areas.most_common(UNITS_SHOWN))}
    return [_outside(cell) or _of_unit(cell.room.place.unit.name, place) for cell in cells]  # type: ignore[union-attr]


def _of_unit(name: str, place: dict[str, int]) -> Paint:
    return Paint(f"tint-{place[name]}", name, name) if name in place else Paint("use-other", _("其他单位"), name)


def by_finding(cells: Sequence[Cell]) -> list[Paint]:
    """Colour by the worst standing finding."""
    words = {
        "breach": Paint("breach", _("超标"), _("超标")),
        "doubt": Paint("doubt", _("疑点"), _("疑点")),
        "cannot_decide": Paint("undecided", _("无法判定"), _("无法判定"), hatched=True),
        "excused": Paint("excused", _("例外"), _("例外")),
        "": Paint("order", _("没有发现问题"), ""),
    }
    return [_outside(cell) or words[cell.finding] for cell in cells]


def by_vacancy(cells: Sequence[Cell]) -> list[Paint]:
    """Colour by whether an office is used."""
    return [_outside(cell) or _vacancy(cell) for cell in cells]


def _vacancy(cell: Cell) -> Paint:
    if cell.use != RoomUse.OFFICE:
        return Paint("other", _("不是办公室"), "")
    if not cell.people:
        return Paint("vacant", _("空置"), _("空置"), hatched=True)
    return Paint("order", _("在用"), _("%(n)s 人") % {"n": cell.people})


def by_person(cells: Sequence[Cell]) -> list[Paint]:
    """Colour by the area that falls to each person."""
    return [_outside(cell) or _each(cell) for cell in cells]


def _each(cell: Cell) -> Paint:
    if not cell.people or cell.use != RoomUse.OFFICE:
        return Paint("other", _("没有使用人"), "")
    each = cell.area / cell.people
    step = sum(each >= band for band in BANDS)
    label = (
        _("不足 %(n)s m²") % {"n": BANDS[0]}
        if step == 0
        else _("%(n)s m² 以上") % {"n": BANDS[-1]}
        if step == len(BANDS)
        else _("%(low)s–%(high)s m²") % {"low": BANDS[step - 1], "high": BANDS[step]}
    )
    return Paint(f"step-{step}", label, f"{number(each, 1)} m²")


def by_energy(cells: Sequence[Cell]) -> list[Paint]:
    """Say that no meter is known: there is no figure to colour by."""
    return [Paint("other", _("没有计量数据"), "") for _cell in cells]


@dataclass(frozen=True)
class Scheme:
    """One way to colour; `says` is what the legend adds."""

    label: Any
    paint: Callable[[Sequence[Cell]], list[Paint]]
    says: Any = ""


SCHEMES: dict[str, Scheme] = {
    "use": Scheme(gettext_lazy("用途"), by_use),
    "unit": Scheme(gettext_lazy("单位"), by_unit),
    "finding": Scheme(gettext_lazy("核查"), by_finding, gettext_lazy("每间取最重的一条，例外另列。")),
    "vacancy": Scheme(gettext_lazy("空置"), by_vacancy, gettext_lazy("空置指用途为办公室而现在没有登记使用人的房间。")),
    "person": Scheme(gettext_lazy("人均面积"), by_person, gettext_lazy("档位只为看图，不是标准。")),
    "energy": Scheme(gettext_lazy("能耗"), by_energy, gettext_lazy("还没有房间的计量数据，不能按 kWh/m² 着色；接入以前不显示任何数字。")),
}


def legend(cells: Sequence[Cell], paints: Sequence[Paint]) -> list[LegendLine]:
    """Return the colours in use with how many rooms and how much area each has, the largest first."""
    lines: dict[str, LegendLine] = {}
    for cell, paint in zip(cells, paints, strict=True):
        line = lines.setdefault(paint.label, LegendLine(paint.css, paint.label, paint.hatched))
        line.count, line.area = line.count + 1, line.area + cell.area
    return sorted(lines.values(), key=lambda line: (line.css in ("other", "common"), -line.area))
