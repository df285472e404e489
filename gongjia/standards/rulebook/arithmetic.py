"""The arithmetic of a limit, written out: recomputed from row and quantity whenever a finding is shown."""

from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Any

from gongjia.standards.rulebook.forms import Form


def formula(form: Form, sign: str) -> str:
    """The formula as a handbook prints it, over `sign`: `⌈min(N,100)÷20⌉ + ⌈max(N−100,0)÷30⌉`."""
    parts = form.printed[form.kind]
    if form.kind == "each":
        return f"{parts} × {sign}"
    if form.kind == "points":
        return "; ".join(_lines([(Decimal(str(x)), Decimal(str(y))) for x, y in parts], sign))
    lows = [None, *(part["up_to"] for part in parts[:-1])]
    if form.kind == "bands":
        return "; ".join(
            f"{_between(low, part.get('up_to'), sign)}: {part['each']} × {sign}" for low, part in zip(lows, parts, strict=True)
        )
    shares = [_share(low, part.get("up_to"), sign) for low, part in zip(lows, parts, strict=True)]
    if form.kind == "blocks":
        return " + ".join(f"⌈{share}÷{part['per']}⌉" for share, part in zip(shares, parts, strict=True))
    return " + ".join(f"{part['each']} × {share}" for share, part in zip(shares, parts, strict=True))


def _between(low: Any, high: Any, sign: str) -> str:
    if low is None:
        return f"{sign}≤{high}"
    return f"{sign}>{low}" if high is None else f"{low}<{sign}≤{high}"


def _share(low: Any, high: Any, sign: str) -> str:
    """The part of a quantity that lies between two bounds."""
    inner = sign if high is None else f"min({sign},{high})"
    return inner if low is None else f"max({inner}−{low},0)"


def _lines(points: list[tuple[Decimal, Decimal]], sign: str) -> list[str]:
    """Level, then each line as (c−x)÷d or (x−c)÷d, then level."""
    shown = [f"{sign}≤{plain(points[0][0])}: {plain(points[0][1])}"]
    for (x1, y1), (x2, y2) in pairwise(points):
        width = (x2 - x1) / abs(y2 - y1) if y1 != y2 else Decimal(1)
        line = f"({plain(x1 + y1 * width)}−{sign})" if y2 < y1 else f"({sign}−{plain(x1 - y1 * width)})"
        shown.append(f"{plain(x1)}<{sign}<{plain(x2)}: {line}÷{plain(width)}")
    return [*shown, f"{sign}≥{plain(points[-1][0])}: {plain(points[-1][1])}"]


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
    "each": _each_steps,
    "blocks": _blocks_steps,
    "marginal": _marginal_steps,
    "bands": _bands_steps,
    "points": _points_steps,
}
