"""The arithmetic of a limit, written out: recomputed from row and quantity whenever a finding is shown."""

from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Any

from gongjia.standards.rulebook.forms import Form


def steps(form: Form, x: Decimal) -> str:
    """The arithmetic of a formula at x, in signs that need no language: `⌈100÷20⌉ + ⌈30÷30⌉ = 7`."""
    return _STEPS[form.kind](form, x) if form.kind in _STEPS else str(form.printed)


def plain(number: Decimal) -> str:
    """A number without needless zeros or an exponent."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _result(form: Form, x: Decimal, shown: str, exact: Decimal | None) -> str:
    limit = form.limit(x)
    rounded = "" if exact is None or exact == limit else f"{plain(exact)} → "
    return f"{shown} = {rounded}{plain(limit)}"


def _each_steps(form: Form, x: Decimal) -> str:
    rate = Decimal(str(form.printed["each"]))
    return _result(form, x, f"{plain(x)} × {plain(rate)}", x * rate)


def _parts_of(parts: list[Mapping[str, Any]], x: Decimal) -> list[tuple[Decimal, Mapping[str, Any]]]:
    """How much of x falls into each part."""
    low, found = Decimal(0), []
    for part in parts:
        high = Decimal(str(part["up_to"])) if "up_to" in part else None
        inside = max(Decimal(0), (x if high is None else min(x, high)) - low)
        found.append((inside, part))
        low = high if high is not None else low
    return [(inside, part) for inside, part in found if inside] or found[:1]


def _blocks_steps(form: Form, x: Decimal) -> str:
    shown = " + ".join(f"⌈{plain(inside)}÷{part['per']}⌉" for inside, part in _parts_of(form.printed["blocks"], x))
    return _result(form, x, shown, None)


def _marginal_steps(form: Form, x: Decimal) -> str:
    parts = _parts_of(form.printed["marginal"], x)
    shown = " + ".join(f"{plain(inside)} × {part['each']}" for inside, part in parts)
    return _result(form, x, shown, sum((inside * Decimal(str(part["each"])) for inside, part in parts), Decimal(0)))


def _bands_steps(form: Form, x: Decimal) -> str:
    band = next(part for part in form.printed["bands"] if "up_to" not in part or x <= Decimal(str(part["up_to"])))
    rate = Decimal(str(band["each"]))
    return _result(form, x, f"{plain(x)} × {plain(rate)}", x * rate)


def _points_steps(form: Form, x: Decimal) -> str:
    points = [(Decimal(str(px)), Decimal(str(py))) for px, py in form.printed["points"]]
    for (x1, y1), (x2, y2) in pairwise(points):
        if x1 < x < x2:
            sign, rise = ("−", y1 - y2) if y2 < y1 else ("+", y2 - y1)
            shown = f"{plain(y1)} {sign} {plain(rise)} × ({plain(x)} − {plain(x1)}) ÷ {plain(x2 - x1)}"
            return _result(form, x, shown, None)
    return plain(form.limit(x))


_STEPS = {
    "each": _each_steps, "blocks": _blocks_steps, "marginal": _marginal_steps, "bands": _bands_steps,
    "points": _points_steps,
}
