"""Numbers of rooms, names of floors, differences of areas and of versions: from values only."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

_BELOW = ("B", "-", "地下", "负")
_CHINESE = {sign: value for value, sign in enumerate("零一二三四五六七八九十")}
_COMMON = re.compile(
    "楼梯|电梯|走廊|走道|过道|通道|门厅|大堂|前室|门斗|阳台|露台|天井|中庭|连廊|卫生间|洗手间|厕所|男厕|女厕|男卫|女卫|公卫|盥洗|管井|电井|水井|竖井|风井"
    r"|corridor|hallway|lobby|foyer|stair|elevator|\blift\b|toilet|\bwc\b|restroom|shaft|balcony|flur|treppe|aufzug",
    re.IGNORECASE,
)
_LAST = re.compile(r"([0-9A-Za-z]+)\D*$")


def room_key(text: str) -> str:
    """Return what two writings of one room number share: "YC-XZ1-0312", "0312" and "312室" are the same."""
    found = _LAST.search(text.strip())
    return found[1].upper().lstrip("0") if found else text.strip().upper()


def is_common(name: str) -> bool:
    """Say whether a name is one of the parts that all share and no room ledger lists: stairs, lifts, corridors, toilets, shafts."""
    return bool(_COMMON.search(name))


def storey_key(name: str) -> str:
    """Return what two writings of one floor share: "3层", "三层", "3F" and "第3层" are the same, and "B1" is "地下1层"."""
    digits = "".join(letter for letter in name if letter.isdigit()) or _chinese(name)
    below = name.strip().upper().startswith(_BELOW)
    return f"{'-' if below else ''}{int(digits)}" if digits else name.strip().upper()


def storey_order(name: str) -> tuple[int, str]:
    """Return what sorts floors from the ground up, cellars first."""
    key = storey_key(name)
    return (int(key), name) if key.lstrip("-").isdigit() else (0, name)


def _chinese(name: str) -> str:
    signs = [_CHINESE[letter] for letter in name if letter in _CHINESE]
    if not signs:
        return ""
    if 10 not in signs:
        return "".join(map(str, signs))
    place = signs.index(10)
    return str((signs[place - 1] if place else 1) * 10 + sum(signs[place + 1 :]))


def match(numbers: Sequence[str], rooms: Mapping[int, str]) -> list[int | None]:
    """Return, for each number on a drawing, the room of the ledger that bears it; a number that either side has twice means none."""
    drawn = Counter(room_key(number) for number in numbers if number)
    keyed: dict[str, list[int]] = {}
    for pk, code in rooms.items():
        keyed.setdefault(room_key(code), []).append(pk)
    return [_only(keyed.get(room_key(number), [])) if number and drawn[room_key(number)] == 1 else None for number in numbers]


def _only(found: list[int]) -> int | None:
    return found[0] if len(found) == 1 else None


def percent_gap(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    """Return how far `one` is from `other`, in per cent of `other` to two places; None where either is missing or nothing."""
    if one is None or not other:
        return None
    return (abs(one - other) * 100 / other).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


@dataclass(frozen=True)
class Drawn:
    """A shape as two versions are held against each other."""

    pk: int
    key: str
    area: Decimal


@dataclass
class Changes:
    """What a version of a floor has that the former had not, what is gone, and what has another area."""

    added: list[Drawn] = field(default_factory=list)
    gone: list[Drawn] = field(default_factory=list)
    resized: list[tuple[Drawn, Drawn]] = field(default_factory=list)
    same: int = 0


def compare(former: Iterable[Drawn], latter: Iterable[Drawn]) -> Changes:
    """Hold two versions of a floor against each other, room by room."""
    before, changes = {shape.key: shape for shape in former}, Changes()
    for shape in latter:
        was = before.pop(shape.key, None)
        if was is None:
            changes.added.append(shape)
        elif was.area != shape.area:
            changes.resized.append((was, shape))
        else:
            changes.same += 1
    changes.gone = list(before.values())
    return changes
