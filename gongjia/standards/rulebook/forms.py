"""Limits that depend on a quantity, as straight lines by piece, so that Python and SQL compute the very same integers.

Every form becomes segments `x_from < x <= x_to` with `limit = (num * x + offset) // den`, all integers: x and the
limit are scaled by their decimal places. LIMIT_SQL is that expression for a table of segments.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor, lcm
from typing import Any

LIMIT_SQL = "(l.num * x + l.lift) // l.den"
UNBOUNDED = 2**53
ROUNDINGS = ("down", "up", "half_up")


class BadForm(ValueError):
    """A cell that is neither a number nor a known form."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One straight piece, valid for x_from < x <= x_to."""

    x_from: int
    x_to: int
    num: int
    lift: int
    den: int

    def limit(self, x: int) -> int:
        return (self.num * x + self.lift) // self.den


@dataclass(frozen=True, slots=True)
class Form:
    """What a cell of a table says: a number, a formula over `of`, or words without a number."""

    kind: str
    places: int = 0
    of: str = ""
    x_places: int = 0
    rounding: str = ""
    rounding_stated: bool = True
    segments: tuple[Segment, ...] = ()
    words: str = ""
    printed: Any = None

    @property
    def has_number(self) -> bool:
        return bool(self.segments)

    def segment(self, x: int) -> Segment:
        """The piece that holds at the scaled x."""
        return next(piece for piece in self.segments if piece.x_from < x <= piece.x_to)

    def limit(self, x: Decimal | int = 0) -> Decimal:
        """The exact limit at x, in units, with the form's decimal places."""
        if not self.has_number:
            raise BadForm(self.words)
        scaled = scale(x, self.x_places)
        return Decimal(self.segment(scaled).limit(scaled)).scaleb(-self.places)


def scale(number: Decimal | int | str, places: int) -> int:
    """The number as an integer of that many decimal places; refuses one that has more."""
    try:
        scaled = Decimal(number).scaleb(places)
    except InvalidOperation as error:
        raise BadForm(f"{number!r}") from error
    if scaled != scaled.to_integral_value():
        raise BadForm(f"{number}: > {places}")
    return int(scaled)


def read_form(cell: Any, places: int, x_places: Callable[[str], int]) -> Form:
    """The form that a YAML cell states; x_places tells the decimal places of a quantity by its name."""
    if isinstance(cell, str | int) and not isinstance(cell, bool):
        fixed = Segment(-1, UNBOUNDED, 0, scale(cell, places), 1)
        return Form("number", places, segments=(fixed,), printed=str(cell))
    if not isinstance(cell, Mapping):
        raise BadForm(f"{cell!r}")
    kinds = [kind for kind in (*PIECES, "text", "elsewhere") if kind in cell]
    if len(kinds) != 1:
        raise BadForm(f"{dict(cell)!r}")
    kind = kinds[0]
    if unknown := set(cell) - {kind, "of", "round"}:
        raise BadForm(", ".join(sorted(map(str, unknown))))
    if kind in ("text", "elsewhere"):
        return Form(kind, places, words=str(cell[kind]), printed=dict(cell))
    return _formula(kind, cell, places, x_places)


def _formula(kind: str, cell: Mapping[str, Any], places: int, x_places: Callable[[str], int]) -> Form:
    of, rounding = str(cell.get("of", "")), str(cell.get("round", "down"))
    if not of or rounding not in ROUNDINGS:
        raise BadForm(f"of: {of}, round: {rounding}")
    x = x_places(of)
    scales = _Scales(10**places, 10**x, "up" if kind == "blocks" else rounding)
    stated = "round" in cell or kind == "blocks"
    return Form(kind, places, of, x, scales.rounding, stated, tuple(PIECES[kind](cell[kind], scales)), "", dict(cell))


@dataclass(frozen=True, slots=True)
class _Scales:
    """How far numbers are moved to become integers, and which way a remainder falls."""

    limit: int
    x: int
    rounding: str

    def line(self, low: Fraction | None, high: Fraction | None, slope: Fraction, lift: Fraction) -> Segment:
        """The segment of limit = slope * x + lift between two bounds; None is no bound."""
        slope, lift = slope * self.limit / self.x, lift * self.limit
        den = lcm(slope.denominator, lift.denominator)
        nudge = {"down": 0, "up": den - 1, "half_up": den // 2}[self.rounding]
        x_from = -1 if low is None else int(low * self.x)
        x_to = UNBOUNDED if high is None else int(high * self.x)
        return Segment(x_from, x_to, int(slope * den), int(lift * den) + nudge, den)


def fraction(number: Any) -> Fraction:
    """An exact number from its written form; a bare float is refused, its digits are not what was written."""
    if isinstance(number, bool | float) or number is None:
        raise BadForm(f"{number!r}")
    try:
        return Fraction(Decimal(str(number)))
    except InvalidOperation as error:
        raise BadForm(f"{number!r}") from error


def _each(rate: Any, scales: _Scales) -> list[Segment]:
    return [scales.line(None, None, fraction(rate), Fraction(0))]


def _parts(parts: Sequence[Mapping[str, Any]], name: str) -> list[tuple[Fraction | None, Fraction | None, Fraction]]:
    """(low, high, number) of each part; only the last is without an upper bound."""
    low: Fraction | None = None
    found = []
    for position, part in enumerate(parts):
        last = position == len(parts) - 1
        if set(part) != ({name} if last else {"up_to", name}):
            raise BadForm(f"{dict(part)!r}")
        high = None if last else fraction(part["up_to"])
        if high is not None and high <= (low or 0):
            raise BadForm(f"up_to: {high}")
        found.append((low, high, fraction(part[name])))
        low = high
    return found


def _blocks(parts: Sequence[Mapping[str, Any]], scales: _Scales) -> list[Segment]:
    """One for every `per`, a part of one counts as one, and each part starts to count anew."""
    if scales.limit != 1:
        raise BadForm("blocks")
    pieces, base = [], 0
    for low, high, per in _parts(parts, "per"):
        start = low or Fraction(0)
        pieces.append(scales.line(low, high, 1 / per, base - start / per))
        base += ceil((high - start) / per) if high is not None else 0
    return pieces


def _marginal(parts: Sequence[Mapping[str, Any]], scales: _Scales) -> list[Segment]:
    """A rate for each part of the quantity, as a tax scale."""
    pieces, base = [], Fraction(0)
    for low, high, rate in _parts(parts, "each"):
        start = low or Fraction(0)
        pieces.append(scales.line(low, high, rate, base - start * rate))
        base += (high - start) * rate if high is not None else 0
    return pieces


def _bands(parts: Sequence[Mapping[str, Any]], scales: _Scales) -> list[Segment]:
    """One rate for the whole quantity, chosen by its size."""
    return [scales.line(low, high, rate, Fraction(0)) for low, high, rate in _parts(parts, "each")]


def _points(points: Sequence[Sequence[Any]], scales: _Scales) -> list[Segment]:
    """Straight between the points, level before the first and after the last."""
    exact = [(fraction(x), fraction(y)) for x, y in points]
    pieces = [scales.line(None, exact[0][0], Fraction(0), exact[0][1])]
    for (x1, y1), (x2, y2) in pairwise(exact):
        slope = (y2 - y1) / (x2 - x1)
        pieces.append(scales.line(x1, x2, slope, y1 - slope * x1))
    return [*pieces, scales.line(exact[-1][0], None, Fraction(0), exact[-1][1])]


PIECES: Mapping[str, Callable[[Any, _Scales], list[Segment]]] = {
    "each": _each,
    "blocks": _blocks,
    "marginal": _marginal,
    "bands": _bands,
    "points": _points,
}


def whole(number: Fraction, rounding: str) -> int:
    """The fraction as a whole number, the way a form rounds."""
    return {"down": floor, "up": ceil, "half_up": lambda n: floor(n + Fraction(1, 2))}[rounding](number)
