"""Figures of single units, added up to the units that a reader compares: those directly below the one looked at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

Number = Decimal | int


@dataclass(frozen=True)
class Node:
    """A unit of the tree; `path` holds the keys from the root down to itself, each ended by a dot."""

    pk: int
    name: str
    path: str


@dataclass(frozen=True)
class Group:
    """What one bar stands for: a subtree, or, with `own`, one unit without those below it."""

    node: Node
    own: bool = False


def _depth(node: Node) -> int:
    return node.path.count(".")


def _above(path: str) -> list[str]:
    """Return the paths of the units above, the root first."""
    parts = path.split(".")
    return [".".join(parts[:length]) + "." for length in range(1, len(parts) - 1)]


def groups_of(nodes: Iterable[Node]) -> dict[int, Group]:
    """Return the group of every unit by its key.

    Where all units stand below one, the groups are its children and that unit by itself; else the topmost units.
    """
    known = sorted(nodes, key=lambda node: (_depth(node), node.path))
    paths = {node.path for node in known}
    tops = [node for node in known if not paths.intersection(_above(node.path))]
    if len(tops) != 1:
        return _assigned(known, tops)
    base = tops[0]
    children = [node for node in known if _depth(node) == _depth(base) + 1]
    below = [node for node in known if node is not base]
    return {base.pk: Group(base, own=bool(below)), **_assigned(below, children or below)}


def _assigned(nodes: Iterable[Node], heads: Iterable[Node]) -> dict[int, Group]:
    by_path = {head.path: Group(head) for head in heads}
    found = {}
    for node in nodes:
        group = next((by_path[way] for way in (*_above(node.path), node.path) if way in by_path), None)
        found[node.pk] = group or Group(node)
    return found


def rolled(figures: Iterable[tuple[int | None, Number]], groups: dict[int, Group]) -> dict[Group, Number]:
    """Return the sum of each group's figures; a figure of a unit outside all groups is left out."""
    sums: dict[Group, Number] = {}
    for unit_id, value in figures:
        group = groups.get(unit_id) if unit_id is not None else None
        if group is not None:
            sums[group] = sums.get(group, 0) + value
    return sums
