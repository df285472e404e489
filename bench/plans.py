"""Reading drawings: a DXF of a hundred thousand entities and four thousand rooms, drawn here, from file to rooms."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import ezdxf

from bench.figures import Figure, timed
from bench.world import emit, note
from gongjia.domains.drawings.reading import read_plan

ACROSS, DOWN, ENTITIES = 80, 50, 100_000
WIDE, DEEP, THICK, DOOR = 4_000, 6_000, 200, 900
Line = tuple[float, float, float, float]


def walls(x: float, y: float) -> Iterator[Line]:
    """Yield the lines of one room: inner faces, outer faces, jambs of a door in the lower wall."""
    left, right = x + 800, x + 800 + DOOR
    for low, high, bottom, top in ((x, x + WIDE, y, y + DEEP), (x - THICK / 2, x + WIDE + THICK / 2, y - THICK, y + DEEP)):
        yield from ((low, bottom, left, bottom), (right, bottom, high, bottom), (high, bottom, high, top))
        yield from ((high, top, low, top), (low, top, low, bottom))
    yield from ((left, y, left, y - THICK), (right, y, right, y - THICK))


def draw(path: Path) -> int:
    """Write the drawing and return how many entities it holds: walls, swings, labels, and furniture up to the number."""
    document = ezdxf.new("R2010")
    document.header["$INSUNITS"] = 4
    space, count = document.modelspace(), 0
    for at in range(ACROSS * DOWN):
        x, y = (at % ACROSS) * (WIDE + THICK), (at // ACROSS) * (DEEP + 2_000)
        for x0, y0, x1, y1 in walls(x, y):
            space.add_line((x0, y0), (x1, y1), {"layer": "WALL"})
        space.add_arc((x + 800, y), DOOR, 0, 90, dxfattribs={"layer": "DOOR"})
        space.add_text(
            f"{at // ACROSS + 1:02d}{at % ACROSS + 1:02d}", height=300, dxfattribs={"layer": "TEXT", "insert": (x + 900, y + 3_000)}
        )
        space.add_text("办公室", height=300, dxfattribs={"layer": "TEXT", "insert": (x + 900, y + 2_400)})
        count += 15
    while count < ENTITIES:
        space.add_line((count, 0), (count + 500, 500), {"layer": "FURNITURE"})
        count += 1
    document.saveas(path)
    return count


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "3F.dxf"
        count = draw(path)
        note(f"{count:,} entities, {path.stat().st_size / 1e6:.0f} MB")
        with timed() as clock:
            plan = read_plan(path)
    right = sum(abs(room.area_m2 - 24) < 0.001 for room in plan.rooms)
    emit(Figure("plans", f"a DXF of {count:,} entities, {right:,} of {ACROSS * DOWN:,} rooms right", clock.seconds, "s", at_most=10))
    emit(Figure("plans", "rooms found", len(plan.rooms) / clock.seconds, "rooms/s"))


if __name__ == "__main__":
    main()
