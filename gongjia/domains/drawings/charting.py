"""Compounds on a map of their own: positions from latitude and longitude, no tiles, no boundaries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from math import cos, pi, radians, sqrt

KM_PER_DEGREE = 111.195
WIDTH, HEIGHT, EDGE = 960, 560, 90
BARS = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500)
SMALLEST, LARGEST = 13.0, 34.0
TOUCH = 1.15
LETTER, LINE = 13.0, 18.0  # the room that a letter of a name takes


@dataclass(frozen=True)
class Spot:
    """One compound: where it is, what stands in it, and how much of it is vacant."""

    pk: int
    name: str
    latitude: float
    longitude: float
    buildings: int
    area: Decimal
    vacant: Decimal
    usable: Decimal


@dataclass
class Bubble:
    """One circle: a compound, or several that lie too close to be told apart at this scale."""

    spots: list[Spot]
    x: float = 0
    y: float = 0
    r: float = SMALLEST
    named: bool = True

    @property
    def label(self) -> str:
        return self.spots[0].name if len(self.spots) == 1 else f"{self.spots[0].name} +{len(self.spots) - 1}"

    @property
    def buildings(self) -> int:
        return sum(spot.buildings for spot in self.spots)

    @property
    def area(self) -> Decimal:
        return sum((spot.area for spot in self.spots), Decimal(0))

    @property
    def vacancy(self) -> float:
        """The vacant share of the usable area."""
        usable = sum((spot.usable for spot in self.spots), Decimal(0))
        return float(sum((spot.vacant for spot in self.spots), Decimal(0)) / usable) if usable else 0.0

    @property
    def arc(self) -> str:
        """The dash pattern that draws the vacant share around the circle."""
        whole = 2 * pi * (self.r + 4)
        return f"{whole * min(1.0, self.vacancy):.1f} {whole:.1f}"


@dataclass
class Chart:
    """The whole map."""

    bubbles: list[Bubble] = field(default_factory=list)
    lines: list[tuple[float, float, float, float]] = field(default_factory=list)
    bar_km: float = 1
    bar: float = 0


def chart(spots: Iterable[Spot]) -> Chart:
    """Return compounds on a plane of kilometres, fitted to the frame, with what touches drawn as one."""
    known = sorted(spots, key=lambda spot: -spot.area)
    if not known:
        return Chart()
    places, scale, origin = _places(known)
    largest = max(float(spot.area) for spot in known) or 1.0
    bubbles: list[Bubble] = []
    for spot, (x, y) in zip(known, places, strict=True):
        r = SMALLEST + (LARGEST - SMALLEST) * sqrt(float(spot.area) / largest)
        near = next((each for each in bubbles if sqrt((each.x - x) ** 2 + (each.y - y) ** 2) < (each.r + r) / TOUCH), None)
        if near is not None:
            near.spots.append(spot)
        else:
            bubbles.append(Bubble([spot], round(x, 1), round(y, 1), round(r, 1)))
    _leave_out_names(bubbles)
    bar_km = max((bar for bar in BARS if bar * scale <= WIDTH / 5), default=BARS[0])
    return Chart(bubbles, _grid(scale, origin, bar_km), bar_km, round(bar_km * scale, 1))


def _leave_out_names(bubbles: list[Bubble]) -> None:
    """Leave out the name that would stand on another's: the larger circle keeps its own, the others say theirs when pointed at."""
    kept: list[tuple[float, float, float]] = []
    for bubble in sorted(bubbles, key=lambda each: -each.r):
        half, y = len(bubble.label) * LETTER / 2, bubble.y + bubble.r
        bubble.named = all(abs(bubble.x - x) >= half + other or abs(y - at) >= LINE for x, at, other in kept)
        if bubble.named:
            kept.append((bubble.x, y, half))


def _places(spots: list[Spot]) -> tuple[list[tuple[float, float]], float, tuple[float, float]]:
    """Return where the spots stand in the frame, and how many of its units make a kilometre."""
    north = max(spot.latitude for spot in spots)
    west = min(spot.longitude for spot in spots)
    shrink = cos(radians(sum(spot.latitude for spot in spots) / len(spots)))
    flat = [((spot.longitude - west) * KM_PER_DEGREE * shrink, (north - spot.latitude) * KM_PER_DEGREE) for spot in spots]
    across, down = max(x for x, _y in flat) or 0.1, max(y for _x, y in flat) or 0.1
    scale = min((WIDTH - 2 * EDGE) / across, (HEIGHT - 2 * EDGE) / down)
    left, top = (WIDTH - across * scale) / 2, (HEIGHT - down * scale) / 2
    return [(left + x * scale, top + y * scale) for x, y in flat], scale, (left, top)


def _grid(scale: float, origin: tuple[float, float], step_km: float) -> list[tuple[float, float, float, float]]:
    """Return the lines of a grid one scale bar wide, through the corner where the first compound may lie."""
    step = step_km * scale
    across = [origin[0] % step + step * n for n in range(int(WIDTH / step) + 1)]
    down = [origin[1] % step + step * n for n in range(int(HEIGHT / step) + 1)]
    lines = [(round(x, 1), 0.0, round(x, 1), float(HEIGHT)) for x in across if x < WIDTH]
    return lines + [(0.0, round(y, 1), float(WIDTH), round(y, 1)) for y in down if y < HEIGHT]


def gathered(rows: Iterable[tuple[int, str, float, float, Decimal, Decimal, Decimal]]) -> list[Spot]:
    """Return buildings, given as (compound, name, latitude, longitude, area, vacant, usable), as compounds in their middle."""
    groups: dict[int, list[tuple[int, str, float, float, Decimal, Decimal, Decimal]]] = defaultdict(list)
    for row in rows:
        groups[row[0]].append(row)
    return [
        Spot(
            pk,
            members[0][1],
            sum(row[2] for row in members) / len(members),
            sum(row[3] for row in members) / len(members),
            len(members),
            *(sum((row[place] for row in members), Decimal(0)) for place in (4, 5, 6)),  # type: ignore[arg-type]
        )
        for pk, members in groups.items()
    ]
