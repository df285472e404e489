"""From content to plan: roles of layers, scale, rooms, storeys, and the remarks a person should see."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from gongjia.domains.drawings.reading import measuring, storeys
from gongjia.domains.drawings.reading.content import Content, Sheet
from gongjia.domains.drawings.reading.finding import Finder, Found
from gongjia.domains.drawings.reading.labelling import lines_of
from gongjia.domains.drawings.reading.plan import CannotRead, Point, Reading, ReadPlan, ReadRoom, Remark
from gongjia.domains.drawings.reading.roles import Roles, decide
from gongjia.domains.drawings.reading.scale import Choice, choose
from gongjia.domains.drawings.reading.storeys import Title
from gongjia.domains.drawings.reading.texts import plain
from gongjia.domains.drawings.reading.uses import use_of

_DIFFERS = 0.03
_DIGITS = 4  # a tenth of a millimetre


def assemble(content: Content, reading: Reading, name: str) -> ReadPlan:
    """Return the plan that a drawing's content shows; raises CannotRead where there is nothing drawn at all."""
    if not any(sheet.pieces for sheet in content.sheets):
        raise CannotRead("empty", name=name, unread=_counted(content.unread))
    roles, layers, notes = decide(content, reading)
    choice = choose(measuring.evidence(content, roles), reading)
    rooms, found_notes = read_sheets(content, roles, reading, choice.scale, name)
    if not rooms and not reading.scale:
        rooms, found_notes, choice = _second_try(content, roles, reading, name, choice, found_notes)
    notes = [*choice.notes, *notes, *_of_content(content, roles, bool(rooms)), *found_notes, *_of_rooms(rooms)]
    ordered = sorted(rooms, key=_place)
    names = list(dict.fromkeys(room.storey for room in ordered))
    return ReadPlan(ordered, names, layers, choice.scale, choice.candidates, notes, content.kind)


def _place(room: ReadRoom) -> tuple[Any, ...]:
    return storeys.level_of(room.storey), natural(room.storey), natural(room.number or "~"), natural(room.name)


def _second_try(
    content: Content, roles: Roles, reading: Reading, name: str, choice: Choice, notes: list[Remark]
) -> tuple[list[ReadRoom], list[Remark], Choice]:
    """Try the next likely unit where the likeliest shows no room at all."""
    other = choice.candidates[1]
    rooms, other_notes = read_sheets(content, roles, reading, other.scale, name)
    if not rooms:
        return [], notes, choice
    return (
        rooms,
        other_notes,
        Choice(other.scale, choice.candidates, [Remark("unit_doubt", {"used": other.unit, "other": choice.candidates[0].unit})]),
    )


def read_sheets(content: Content, roles: Roles, reading: Reading, scale: float, name: str) -> tuple[list[ReadRoom], list[Remark]]:
    """Return the rooms of the model space; of the layouts only where the model space shows none."""
    rooms: list[ReadRoom] = []
    notes: list[Remark] = []
    for sheet in content.sheets:
        if rooms and sheet.name and content.sheets[0].pieces and not content.sheets[0].name:
            break
        found, more = read_sheet(sheet, roles, reading, scale, name)
        rooms += found
        notes += more if found or not notes else []
    return rooms, notes


def read_sheet(sheet: Sheet, roles: Roles, reading: Reading, scale: float, name: str) -> tuple[list[ReadRoom], list[Remark]]:
    """Return the rooms of one sheet with their storeys, and its remarks."""
    titles = _titles(sheet, scale)
    plans = max(1, len({title.storey for title in titles}))
    finder = Finder(sheet, roles, reading, scale, lines_of(sheet.labels, roles, scale, plans))
    found = _hollowed(finder.find())
    homes, notes = _storeys_of(found, titles, sheet, scale, name)
    rooms = [_room(each, storey) for each, storey in zip(found, homes, strict=True)]
    return rooms, [*notes, *_placed(finder.notes, found, homes)]


def _hollowed(found: list[Found]) -> list[Found]:
    """Take rooms out of the rooms that they stand in."""
    tree = shapely.STRtree([each.outline for each in found])
    done = []
    for at, each in enumerate(found):
        inside = [found[i].outline for i in tree.query(each.outline, predicate="contains").tolist() if i != at]
        smaller = [other for other in inside if other.area < 0.95 * each.outline.area]
        cut = each.outline.difference(shapely.union_all(smaller)) if smaller else each.outline
        parts = [part for part in shapely.get_parts(cut) if part.geom_type == "Polygon"]
        done.append(replace(each, outline=max(parts, key=lambda part: part.area)) if parts else each)
    return done


def _titles(sheet: Sheet, scale: float) -> list[Title]:
    found = []
    for label in sheet.labels:
        for line in label.text.split("\n"):
            words = plain(line)
            storey = storeys.title_of(words) if len(words) <= 60 else ""
            if storey:
                at = (label.middle[0] * scale, label.middle[1] * scale)
                found.append(Title(storey, at, len(words) > len(storey) + 1))
    return found


def _storeys_of(found: Sequence[Found], titles: list[Title], sheet: Sheet, scale: float, name: str) -> tuple[list[str], list[Remark]]:
    """Return each room's storey: by titles, by named regions, by the sheet's name, by the file's name."""
    polygons = [each.outline for each in found]
    if not polygons:
        return [], []
    tree = shapely.STRtree(polygons)
    titles = [title for title in titles if title.sure or not len(tree.query(shapely.Point(title.at), predicate="within"))]
    if titles:
        return storeys.by_title(polygons, titles), []
    homes = [_region_of(polygon, sheet, scale) for polygon in polygons]
    stem = Path(name).stem
    rest = storeys.storey_in(sheet.name) or sheet.name or storeys.storey_in(stem) or stem
    if all(homes) or sheet.name or storeys.storey_in(stem):
        return [home or rest for home in homes], []
    return [home or own for home, own in zip(homes, _side_by_side(found, rest), strict=True)], [Remark("no_storey", {"used": rest})]


def _region_of(polygon: shapely.Polygon, sheet: Sheet, scale: float) -> str:
    spot = polygon.representative_point()
    inside = [
        (np.prod(np.subtract(region.high, region.low)), region.name)
        for region in sheet.regions
        if region.low[0] * scale <= spot.x <= region.high[0] * scale and region.low[1] * scale <= spot.y <= region.high[1] * scale
    ]
    name = min(inside)[1] if inside else ""
    return storeys.storey_in(name) or name


def _side_by_side(found: Sequence[Found], rest: str) -> list[str]:
    """Number the plans of a sheet from left to right where the same room number stands in several of them."""
    groups = storeys.clusters([each.outline for each in found])
    numbers: dict[str, set[int]] = defaultdict(set)
    for each, group in zip(found, groups, strict=True):
        numbers[each.meaning.number].add(group)
    if not any(len(where) > 1 for number, where in numbers.items() if number):
        return [rest] * len(found)
    left: dict[int, float] = {}
    for each, group in zip(found, groups, strict=True):
        left[group] = min(each.outline.bounds[0], left.get(group, each.outline.bounds[0]))
    order = {group: place for place, group in enumerate(sorted(left, key=lambda group: left[group]), start=1)}
    return [f"{rest} ({order[group]})" for group in groups]


def _room(each: Found, storey: str) -> ReadRoom:
    said, area = each.meaning, each.outline.area
    return ReadRoom(
        storey, said.number, said.name, use_of(said.name), round(area, 4), ring_of(each.outline.exterior),
        [ring_of(hole) for hole in each.outline.interiors], round(said.area, 4) if said.area is not None else None,
    )  # fmt: skip


def ring_of(ring: shapely.LinearRing) -> list[Point]:
    """Return a ring's corners once each, without those on a straight side, anticlockwise."""
    simple = shapely.Polygon(ring).simplify(0.0005)
    points = shapely.get_coordinates(shapely.orient_polygons(simple).exterior)[:-1]
    return [(round(x, _DIGITS), round(y, _DIGITS)) for x, y in points.tolist()]


def _placed(notes: Iterable[Remark], found: Sequence[Found], homes: Sequence[str]) -> list[Remark]:
    """Return remarks with the storey of the nearest room."""
    if not found:
        return list(notes)
    tree = shapely.STRtree([each.outline for each in found])
    return [replace(note, storey=homes[int(tree.nearest(shapely.Point(note.at)))]) if note.at else note for note in notes]


def _of_content(content: Content, roles: Roles, any_rooms: bool) -> list[Remark]:
    notes = [Remark("unread_objects", {"kinds": _counted(content.unread)})] if content.unread else []
    notes += [Remark("damaged", {"count": str(content.errors)})] if content.errors else []
    notes += [Remark("guessed_walls", {"layers": ", ".join(sorted(roles.walls)[:12])})] if roles.guessed_walls else []
    if not any(sheet.labels for sheet in content.sheets):
        notes.append(Remark("no_labels"))
    return notes + ([] if any_rooms else [Remark("no_rooms")])


def _of_rooms(rooms: Sequence[ReadRoom]) -> list[Remark]:
    """Tell areas that differ from the written ones, and numbers that stand twice on a storey."""
    notes = [_difference(room) for room in rooms if _differs(room)]
    twice = Counter((room.storey, room.number) for room in rooms if room.number)
    return notes + [Remark("same_number", {"number": number, "count": str(n)}, storey) for (storey, number), n in twice.items() if n > 1]


def _differs(room: ReadRoom) -> bool:
    written = room.said_area_m2
    return written is not None and abs(written - room.area_m2) > max(_DIFFERS * written, 0.05)


def _difference(room: ReadRoom) -> Remark:
    params = {"room": room.number or room.name, "written": f"{room.said_area_m2:.2f}", "drawn": f"{room.area_m2:.2f}"}
    return Remark("area_differs", params, room.storey, room.vertices[0])


def _counted(kinds: Counter[str]) -> str:
    return ", ".join(f"{kind} × {count}" for kind, count in sorted(kinds.items()))


def natural(text: str) -> tuple[tuple[int, str], ...]:
    """Return a key that sorts 2 before 10."""
    return tuple((int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", text))
