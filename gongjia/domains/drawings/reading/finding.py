"""Finding the rooms of one sheet: from outlines drawn as rooms, from walls, and from ever weaker signs for labels still without a room."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely

from gongjia.domains.drawings.reading import outlines
from gongjia.domains.drawings.reading.content import Sheet
from gongjia.domains.drawings.reading.labelling import Line, Meaning, meaning
from gongjia.domains.drawings.reading.matching import match
from gongjia.domains.drawings.reading.outlines import Polygons
from gongjia.domains.drawings.reading.plan import Reading, Remark
from gongjia.domains.drawings.reading.roles import Roles
from gongjia.domains.drawings.reading.storeys import title_of
from gongjia.domains.drawings.reading.uses import is_room_name

_OVERLAP = 0.3
_SAME = 0.97
_TABLE_M2 = 2.0
_TOLD = 200  # remarks of one kind: more help nobody


@dataclass(frozen=True)
class Found:
    """A room found: its outline in metres and what its labels say."""

    outline: shapely.Polygon
    meaning: Meaning


@dataclass
class Finder:
    """Looks for the rooms of one sheet at one scale."""

    sheet: Sheet
    roles: Roles
    reading: Reading
    scale: float
    lines: list[Line]
    found: list[Found] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)
    shared: list[tuple[shapely.Polygon, list[Line]]] = field(default_factory=list)
    _indexed: shapely.STRtree | None = None

    def find(self) -> list[Found]:
        """Return the rooms: each source serves the labels that the ones before left over."""
        drawn = self.drawn_rooms()
        left = self.settle(drawn, self.lines, sure=True)
        self.unlabelled_rings(drawn)
        if _wanting(left) or not self.found:
            walls, loose = self.wall_faces(self.roles.walls)
            walls = [_filled(face) for face in walls] if self.roles.guessed_walls else walls
            left = self.settle(walls, left, sure=True)
            self.spaces(walls)
            self.open_ends(loose, bool(_wanting(left) or self.shared))
        weaker: tuple[Callable[[], Polygons], ...] = (self.with_openings, self.other_rings, self.all_lines)
        for source in weaker:
            wanting = _wanting([*left, *(line for _outline, held in self.shared for line in held)])
            if wanting:
                left = self.settle(source(), left, sure=False)
        self.share_out()
        self.remark_left(left)
        return self.found

    def drawn_rooms(self) -> Polygons:
        """Return what lies on room layers: rings, and faces of single lines."""
        rings = self.rings(self.roles.rooms)
        lines = outlines.edges_of(self.sheet, self.roles.rooms, self.scale, sources=set())
        faces, _loose = outlines.room_faces(lines, self.reading, []) if len(lines) > 2 else ([], None)
        return _without_doubles(rings + faces)

    def rings(self, layers: Iterable[str]) -> Polygons:
        """Return the closed rings on these layers that are large enough for a room."""
        wanted, made = set(layers), []
        for ring in self.sheet.rings:
            if ring.layer not in wanted or not outlines.is_closed(ring, self.scale, self.reading.gap_m):
                continue
            polygon, repaired = outlines.polygon_of(ring.points, self.scale)
            if polygon is None or not self.reading.smallest_room_m2 / 2 <= polygon.area <= outlines.LARGEST_M2:
                continue
            made.append(polygon)
            if repaired and ring.layer in self.roles.rooms:
                self.remark("self_crossing", polygon, area=f"{polygon.area:.2f}")
        return made

    def wall_faces(self, layers: set[str]) -> tuple[Polygons, np.ndarray]:
        lines = outlines.edges_of(self.sheet, layers, self.scale)
        return outlines.room_faces(lines, self.reading, outlines.symbols_of(self.sheet, self.roles.openings, self.scale))

    def with_openings(self) -> Polygons:
        """Return the faces of walls with the lines of doors and windows: where walls stop at a long glass front."""
        return self.wall_faces(self.roles.walls | self.roles.openings)[0] if self.roles.openings else []

    def other_rings(self) -> Polygons:
        return _without_doubles(self.rings(self.roles.others))

    def all_lines(self) -> Polygons:
        """Return the faces of every line that is not plainly something else."""
        every = self.roles.walls | self.roles.rooms | self.roles.openings | self.roles.others
        return [] if self.roles.guessed_walls else self.wall_faces(every)[0]

    def settle(self, polygons: Polygons, lines: list[Line], sure: bool) -> list[Line]:
        """Make rooms of the outlines that hold lines, and return the lines that found no home."""
        waiting = lines if sure else [*lines, *(line for _outline, held in self.shared for line in held)]
        taken: set[int] = set()
        shared = []
        for at, held in match(polygons, waiting).items():
            if not _wanting(held) or (not sure and (not _telling(held) or self.overlaps(polygons[at]))):
                continue
            said = meaning(held, polygons[at].area)
            if said.rivals and said.number:
                shared.append((polygons[at], held))
                continue
            self.add(polygons[at], said)
            taken |= set(map(id, held))
        self.shared = [(outline, rest) for outline, held in self.shared if (rest := [x for x in held if id(x) not in taken])]
        if sure:
            self.shared += shared
            taken |= {id(line) for _outline, held in shared for line in held}
        return [line for line in lines if id(line) not in taken]

    def overlaps(self, polygon: shapely.Polygon) -> bool:
        """True where a room that was found already covers a good part of an outline, or lies in it."""
        return any(
            each.intersection(polygon).area > _OVERLAP * min(polygon.area, each.area)
            for each in self._tree().geometries.take(self._tree().query(polygon, predicate="intersects"))
        )

    def _tree(self) -> shapely.STRtree:
        if self._indexed is None or len(self._indexed) != len(self.found):
            self._indexed = shapely.STRtree([each.outline for each in self.found])
        return self._indexed

    def add(self, polygon: shapely.Polygon, said: Meaning) -> None:
        self.found.append(Found(polygon, said))
        if said.rivals:
            self.remark("several_labels", polygon, labels="、".join(said.rivals[:8]))

    def unlabelled_rings(self, drawn: Polygons) -> None:
        """Keep rings of room layers that have no text, but not the outline round all rooms."""
        tree = shapely.STRtree(drawn)
        for at, polygon in enumerate(drawn):
            if self.overlaps(polygon) or any(other != at for other in tree.query(polygon, predicate="contains").tolist()):
                continue
            self.found.append(Found(polygon, Meaning("", "", None)))
            self.remark("unlabelled_room", polygon, area=f"{polygon.area:.2f}")

    def spaces(self, faces: Polygons) -> None:
        """Name the faces of room size that no text claims; in a plan without any labels they are its rooms."""
        roomy = [face for face in faces if face.area >= 1.5 and 2 * face.area / face.length >= 0.8]
        bare = not self.found and not self.shared
        free = [face for face in roomy if not self.overlaps(face) and all(face is not outline for outline, _held in self.shared)]
        for face in free if bare and not _wanting(self.lines) else ():
            self.found.append(Found(face, Meaning("", "", None)))
        for face in free[:_TOLD]:
            self.remark("unlabelled_room" if bare else "unlabelled_space", face, area=f"{face.area:.2f}")

    def open_ends(self, loose: np.ndarray, wanting: bool) -> None:
        """Tell where walls stop without meeting anything, while a label still waits for its room."""
        for x, y in loose[: _TOLD if wanting else 0].tolist():
            self.notes.append(Remark("open_wall", {}, at=(round(x, 3), round(y, 3))))

    def share_out(self) -> None:
        """Make one room of an outline that several numbers share, and say so."""
        for outline, held in self.shared:
            if _wanting(held) and not self.overlaps(outline):
                self.add(outline, meaning(held, outline.area))
            else:
                self.remark_left(held)

    def remark(self, code: str, polygon: shapely.Polygon, **params: str) -> None:
        spot = polygon.representative_point()
        self.notes.append(Remark(code, params, at=(round(spot.x, 3), round(spot.y, 3))))

    def remark_left(self, left: Sequence[Line]) -> None:
        """Name the labels that stand in no closed outline."""
        speaking = [line for line in left if _claims(line)]
        for line in speaking[:_TOLD]:
            self.notes.append(Remark("unmatched_label", {"text": line.said.text}, at=(round(line.at[0], 3), round(line.at[1], 3))))


def _filled(face: shapely.Polygon) -> shapely.Polygon:
    """Return a face without holes of a table's size: where every line counts as a wall, they are furniture."""
    return shapely.Polygon(face.exterior, [hole for hole in face.interiors if shapely.Polygon(hole).area > _TABLE_M2])


def _wanting(lines: Iterable[Line]) -> list[Line]:
    return [line for line in lines if line.said.kind in {"number", "name"}]


def _claims(line: Line) -> bool:
    """True for a text that speaks of a room even where no outline holds it."""
    if line.said.kind == "name":
        return is_room_name(line.said.text) and len(line.said.text) <= 16 and not title_of(line.said.text)
    return line.said.kind == "number" and line.sure and not title_of(line.said.text)


def _telling(lines: Sequence[Line]) -> bool:
    """True where texts say so plainly that they are a room's that weak outlines will do."""
    return any(_claims(line) for line in lines)


def _without_doubles(polygons: Polygons) -> Polygons:
    """Return polygons without those drawn twice, as an outline and its hatch are."""
    kept: Polygons = []
    tree = shapely.STRtree(polygons)
    dropped: set[int] = set()
    for at, polygon in enumerate(polygons):
        if at in dropped:
            continue
        kept.append(polygon)
        for other in tree.query(polygon, predicate="intersects").tolist():
            if other > at and polygon.intersection(polygons[other]).area > _SAME * max(polygon.area, polygons[other].area):
                dropped.add(other)
    return kept
