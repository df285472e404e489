"""How long a drawing unit is: the header says it, and what is drawn proves it or not."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from gongjia.domains.drawings.reading.plan import Reading, Remark, ScaleCandidate

UNITS: dict[str, float] = {"mm": 0.001, "cm": 0.01, "m": 1.0, "inch": 0.0254, "foot": 0.3048, "dm": 0.1}
HEADER_UNITS: dict[int, float] = {1: 0.0254, 2: 0.3048, 4: 0.001, 5: 0.01, 6: 1.0, 14: 0.1, 21: 1200 / 3937}
_PRIOR = {"mm": 1.0, "cm": 0.2, "m": 0.6, "inch": -1.5, "foot": -2.0, "dm": -2.5}
_DECLARED, _IMPERIAL, _CLOSE, _AGREED = 2.5, 1.5, 2.0, 0.5


@dataclass
class Evidence:
    """What a drawing shows of its own size, in drawing units; each list may be empty."""

    declared: float | None = None
    imperial: bool = False
    room_areas: Sequence[float] = ()
    said: Sequence[tuple[float, float]] = ()  # (area in the text, m²; area of the outline round it, units²)
    swings: Sequence[float] = ()  # radii of quarter arcs: door leaves
    heights: Sequence[float] = ()  # of labels
    spacing: Sequence[float] = ()  # from each label to the next
    lengths: Sequence[float] = ()  # that dimensions measure
    scales_said: Sequence[float] = ()
    extent: float = 0.0


@dataclass(frozen=True)
class Choice:
    """The scale chosen, its rivals from the likeliest on, and the doubts to ask about."""

    scale: float
    candidates: list[ScaleCandidate]
    notes: list[Remark] = field(default_factory=list)


def _median(values: Sequence[float]) -> float:
    ordered = sorted(values)
    return ordered[len(ordered) // 2]


def _fits(value: float, usual: float, spread: float) -> float:
    """Return the log-likelihood of a size, with a floor so that one odd sign outvotes no others."""
    if value <= 0:
        return 0.0
    return max(-0.5 * (math.log(value / usual) / spread) ** 2, -12.0)


def likelihood(unit: str, evidence: Evidence) -> float:
    """Return how well a unit explains what is drawn: room-sized rooms, door-sized doors, readable texts."""
    scale, score = UNITS[unit], _PRIOR[unit]
    score += _DECLARED if evidence.declared and math.isclose(evidence.declared, scale, rel_tol=0.01) else 0.0
    score += _IMPERIAL if evidence.imperial and unit in {"inch", "foot"} else 0.0
    sizes = (
        (evidence.room_areas, scale**2, 18.0, 1.1, 1.5),
        (evidence.swings, scale, 0.85, 0.22, 1.5),
        (evidence.heights, scale, 0.26, 0.75, 0.6),
        (evidence.spacing, scale, 4.0, 0.7, 1.0),
        (evidence.lengths, scale, 2.6, 1.0, 0.8),
    )
    score += sum(weight * _fits(_median(seen) * by, usual, spread) for seen, by, usual, spread, weight in sizes if seen)
    score += _fits(evidence.extent * scale, 35.0, 1.2) if evidence.extent else 0.0
    score += sum(2.0 for said in evidence.scales_said[:8] if math.isclose(said, scale, rel_tol=0.05))
    agreeing = [abs(text / (area * scale**2) - 1) < 0.08 for text, area in evidence.said if area > 0]
    return score + (20.0 * sum(agreeing) / len(agreeing) if agreeing else 0.0)


def unit_of(scale: float) -> str:
    """Return a scale's unit by name, or as a figure where it has none."""
    return next((unit for unit, known in UNITS.items() if math.isclose(known, scale, rel_tol=0.01)), f"{scale:g} m")


def choose(evidence: Evidence, reading: Reading) -> Choice:
    """Return the likeliest scale, or the one that a person settled; say where the header lies and where two units fit."""
    scores = {unit: likelihood(unit, evidence) for unit in UNITS}
    ranked = sorted(scores, key=lambda unit: -scores[unit])
    areas = evidence.room_areas or [area for _said, area in evidence.said]
    candidates = [
        ScaleCandidate(
            unit, UNITS[unit], round(_median(areas) * UNITS[unit] ** 2, 3) if areas else None,
            bool(evidence.declared and math.isclose(evidence.declared, UNITS[unit], rel_tol=0.01)),
        )
        for unit in ranked
    ]  # fmt: skip
    if reading.scale:
        return Choice(reading.scale, candidates)
    best, second = ranked[0], ranked[1]
    notes = []
    if evidence.declared and not math.isclose(evidence.declared, UNITS[best], rel_tol=0.01):
        notes.append(Remark("unit_lies", {"declared": unit_of(evidence.declared), "used": best}))
    elif scores[best] - scores[second] < (_AGREED if evidence.declared else _CLOSE):
        notes.append(Remark("unit_doubt", {"used": best, "other": second}))
    elif not evidence.declared:
        notes.append(Remark("no_unit", {"used": best}))
    return Choice(UNITS[best], candidates, notes)
