"""The text format of the published instances: counts, then ENTITIES, ROOMS and CONSTRAINTS, one a line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path


class Rule(IntEnum):
    """What a constraint asks for, by the number it has in the files."""

    ALLOCATION = 0
    NONALLOCATION = 1
    ONE_OF = 2
    CAPACITY = 3
    SAME_ROOM = 4
    NOT_SAME_ROOM = 5
    NOT_SHARING = 6
    ADJACENCY = 7
    NEARBY = 8
    AWAY_FROM = 9


@dataclass(frozen=True)
class Constraint:
    """A wish, or an order if `hard`, about one entity or room (`second` is -1) or two."""

    rule: Rule
    hard: bool
    first: int
    second: int


@dataclass(frozen=True)
class Instance:
    """Sizes of entities and rooms, floors and neighbours of rooms (each its own neighbour), constraints."""

    name: str
    sizes: tuple[float, ...]
    capacities: tuple[float, ...]
    floors: tuple[int, ...]
    adjacent: tuple[frozenset[int], ...]
    constraints: tuple[Constraint, ...]


class Unreadable(ValueError):
    """A file that is not an instance, with the line that is wrong."""


def read(path: Path) -> Instance:
    """Return the instance of a file; Unreadable says where it is none."""
    sections: dict[str, list[list[str]]] = {"ENTITIES": [], "ROOMS": [], "CONSTRAINTS": []}
    heads: dict[str, int] = {}
    current: list[list[str]] | None = None
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
        words = line.split()
        if not words:
            continue
        if words[0] in sections:
            current = sections[words[0]]
        elif current is not None:
            current.append([str(number), *words])
        elif len(words) == 2 and words[0].endswith(":") and words[1].isdigit():
            heads[words[0][:-1]] = int(words[1])
        else:
            raise Unreadable(f"{path.name}, line {number}: not a count and not a section: {line.strip()[:60]}")
    try:
        return _instance(path, sections, heads)
    except (IndexError, ValueError) as wrong:
        raise Unreadable(f"{path.name}: {wrong}") from wrong


def _instance(path: Path, sections: dict[str, list[list[str]]], heads: dict[str, int]) -> Instance:
    entities = list(_rows(sections["ENTITIES"], heads.get("NoOfEntities"), 3, "entities"))
    rooms = list(_rows(sections["ROOMS"], heads.get("NoOfRooms"), 3, "rooms"))
    constraints = [
        Constraint(Rule(int(kind)), hard == "1", int(first), int(second))
        for kind, hard, first, second, *_rest in _rows(sections["CONSTRAINTS"], heads.get("NoOfConstraints"), 5, "constraints")
    ]
    found = Instance(
        path.stem,
        tuple(float(row[1]) for row in entities),
        tuple(float(row[1]) for row in rooms),
        tuple(int(row[0]) for row in rooms),
        tuple(_neighbours(rooms)),
        tuple(constraints),
    )
    _inside(found)
    return found


def _rows(rows: list[list[str]], count: int | None, least: int, what: str) -> Iterator[list[str]]:
    """Yield the words after the index of each line, in the order of the indices, which must be 0, 1, 2 …"""
    if not rows or (count is not None and count != len(rows)):
        raise ValueError(f"{count} {what} announced, {len(rows)} given")
    short = next((row for row in rows if len(row) <= least), None)
    if short is not None:
        raise ValueError(f"line {short[0]}: too few figures")
    ordered = sorted(rows, key=lambda row: int(row[1]))
    if [int(row[1]) for row in ordered] != list(range(len(ordered))):
        raise ValueError(f"the {what} are not numbered from 0 on")
    yield from (row[2:] for row in ordered)


def _neighbours(rooms: list[list[str]]) -> Iterator[frozenset[int]]:
    """Yield the neighbours of each room; the files give their number first, which the published description does not mention."""
    counted = all(len(row) > 2 and int(row[2]) == len(row) - 3 for row in rooms)
    for index, row in enumerate(rooms):
        yield frozenset({index, *(int(word) for word in row[3 if counted else 2 :])})


def _inside(instance: Instance) -> None:
    """ValueError where a constraint or a neighbour names nothing."""
    entities, rooms = range(len(instance.sizes)), range(len(instance.capacities))
    for constraint in instance.constraints:
        firsts = rooms if constraint.rule == Rule.CAPACITY else entities
        seconds = _seconds(constraint.rule, entities, rooms)
        if constraint.first not in firsts or (seconds is not None and constraint.second not in seconds):
            raise ValueError(f"a constraint names what does not exist: {constraint}")
        if constraint.rule == Rule.ONE_OF:
            raise ValueError("ONEOF constraints are not described by the published format")
    if any(room not in rooms for near in instance.adjacent for room in near):
        raise ValueError("a room has a neighbour that does not exist")


def _seconds(rule: Rule, entities: range, rooms: range) -> range | None:
    if rule in (Rule.CAPACITY, Rule.NOT_SHARING, Rule.ONE_OF):
        return None
    return rooms if rule in (Rule.ALLOCATION, Rule.NONALLOCATION) else entities
