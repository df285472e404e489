"""Which layer plays which role: as a person chose, else as its name tells, else as its content allows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from gongjia.domains.drawings.reading import layers
from gongjia.domains.drawings.reading.content import Content
from gongjia.domains.drawings.reading.plan import Layer, Reading, Remark


@dataclass
class Roles:
    """Layers by what they are used for; a layer may hold both outlines and labels."""

    walls: set[str] = field(default_factory=set)
    rooms: set[str] = field(default_factory=set)
    labels: set[str] = field(default_factory=set)
    openings: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)
    named_labels: set[str] = field(default_factory=set)
    guessed_walls: bool = False

    def __contains__(self, layer: str) -> bool:
        return layer in self.walls or layer in self.rooms or layer in self.labels


def decide(content: Content, reading: Reading) -> tuple[Roles, dict[str, Layer], list[Remark]]:
    """Return the roles of all layers, the layers as a person sees them, and remarks on what was guessed or left out."""
    names = _names(content)
    told = {name: layers.role_of(name) for name in names}
    roles, notes = Roles(), []
    roles.walls = _chosen(reading.wall_layers, names) if reading.wall_layers is not None else _with(told, layers.WALL)
    roles.rooms = _chosen(reading.room_layers, names) if reading.room_layers is not None else _with(told, layers.ROOM)
    roles.openings = (_with(told, layers.DOOR) | _with(told, layers.WINDOW)) - roles.walls - roles.rooms
    roles.named_labels = (_with(told, layers.LABEL) | _with(told, layers.ROOM)) if reading.label_layers is None else set()
    silent = _with(told, layers.SKIP) | roles.openings
    roles.labels = _chosen(reading.label_layers, names) if reading.label_layers is not None else names - silent
    roles.named_labels |= roles.labels if reading.label_layers is not None else set()
    roles.others = names - _with(told, layers.SKIP) - roles.walls - roles.rooms - roles.openings
    notes += _without_hidden(roles, content, reading)
    if not roles.walls and not roles.rooms and reading.wall_layers is None:
        roles.walls, roles.guessed_walls = set(roles.others), True
    shown = {name: Layer(name, dict(content.counts.get(name, {})), _shown(name, roles, told, reading)) for name in sorted(names)}
    return roles, shown, notes


def _names(content: Content) -> set[str]:
    names = set(content.counts)
    for sheet in content.sheets:
        names |= set(sheet.segments) | {curve.layer for curve in sheet.curves} | {ring.layer for ring in sheet.rings}
        names |= {label.layer for label in sheet.labels} | {symbol.layer for symbol in sheet.symbols}
    return names


def _with(told: dict[str, str], role: str) -> set[str]:
    return {name for name, own in told.items() if own == role}


def _chosen(wanted: Iterable[str], names: set[str]) -> set[str]:
    """Return the layers that a person named, in full or by their own name, upper or lower case."""
    folded = {each.casefold() for each in wanted}
    return {name for name in names if name.casefold() in folded or layers.own_name(name).casefold() in folded}


def _without_hidden(roles: Roles, content: Content, reading: Reading) -> list[Remark]:
    """Leave out walls and other lines on layers that are off or frozen, unless a person chose them."""
    chosen = _chosen((*(reading.wall_layers or ()), *(reading.room_layers or ())), content.hidden)
    hidden = (content.hidden - chosen) & (roles.walls | roles.others | roles.openings)
    hidden &= set(content.counts)
    if roles.walls and roles.walls <= hidden:
        return []
    roles.walls -= hidden
    roles.others -= hidden
    roles.openings -= hidden
    return [Remark("hidden_layers", {"layers": ", ".join(sorted(hidden)[:12])})] if hidden else []


def _shown(name: str, roles: Roles, told: dict[str, str], reading: Reading) -> str:
    if name in roles.walls:
        return "" if roles.guessed_walls else layers.WALL
    if name in roles.rooms:
        return layers.ROOM
    if reading.label_layers is not None and name in roles.labels:
        return layers.LABEL
    return "" if told[name] in {layers.WALL, layers.ROOM} else told[name]
