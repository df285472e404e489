"""What a drawing says: rooms by storey, and every doubt as a remark that a person can settle."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

Point = tuple[float, float]


@dataclass(frozen=True)
class ReadRoom:
    """One room: its outline in metres, its area, and what its label says; `use` is a value of org's RoomUse, "" where nothing tells it.

    The area is that of the outline without its holes; in a building model it is the model's own quantity, where it holds one.
    """

    storey: str
    number: str
    name: str
    use: str
    area_m2: float
    vertices: list[Point]
    holes: list[list[Point]] = field(default_factory=list)
    said_area_m2: float | None = None  # the area that the drawing itself writes in the room


@dataclass(frozen=True)
class Layer:
    """One layer: how many entities of each kind it holds, and the role it seems to play: wall, room, label, skip or none ("")."""

    name: str
    counts: dict[str, int]
    role: str = ""


@dataclass(frozen=True)
class ScaleCandidate:
    """One unit that the drawing might be drawn in: metres per unit, and the area that the middle room would then have."""

    unit: str
    scale: float
    median_room_m2: float | None
    declared: bool = False


@dataclass(frozen=True)
class Remark:
    """One doubt or gap: a code for programs, parameters for the words, and where (metres) and on which storey it is."""

    code: str
    params: dict[str, str] = field(default_factory=dict)
    storey: str = ""
    at: Point | None = None


@dataclass(frozen=True)
class Reading:
    """What a person chose instead of the guesses; None leaves the guess, an empty tuple means "no such layer"."""

    wall_layers: tuple[str, ...] | None = None
    room_layers: tuple[str, ...] | None = None
    label_layers: tuple[str, ...] | None = None
    scale: float | None = None  # metres per drawing unit
    gap_m: float = 1.2  # the widest door that is bridged
    merge_m: float = 0.025  # ends nearer than this are one corner
    smallest_room_m2: float = 0.8

    def with_scale(self, scale: float) -> Reading:
        """Return the same choices with the scale settled."""
        return replace(self, scale=scale)


@dataclass(frozen=True)
class ReadPlan:
    """A drawing read: rooms, storeys in their order, layers with guessed roles, the scale used and its rivals, and remarks."""

    rooms: list[ReadRoom]
    storeys: list[str]
    layers: dict[str, Layer] = field(default_factory=dict)
    scale: float = 1.0
    scale_candidates: list[ScaleCandidate] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)
    kind: str = ""  # dxf, dwg or ifc


class CannotRead(Exception):
    """Raised where a file gives no plan at all; `code` and `params` are worded by the layer above."""

    def __init__(self, code: str, **params: str) -> None:
        self.code, self.params = code, params
        super().__init__(f"{code} {params}" if params else code)
