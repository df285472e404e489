"""Which storey a text, a block, a layer or a file name tells, and which plan of several side by side a room belongs to."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import shapely

from gongjia.domains.drawings.reading.plan import Point

_COUNT = r"(?:[一二三四五六七八九十百]{1,4}|\d{1,3})"
_CHINESE = rf"(?:(?:地下|负){_COUNT}|[首底顶一二三四五六七八九十]|{_COUNT}(?:\s?[、,，~～\-—至到]\s?{_COUNT})*|标准|屋顶|机房|架空|设备|夹|阁楼)(?:层|楼)|地下室|屋面|屋顶|半地下室"
_ORDINAL = r"(?:ground|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|upper|lower|main|top|\d{1,2}(?:st|nd|rd|th))"
_ENGLISH = rf"{_ORDINAL}[ _-](?:floor|storey|story|level)|(?:level|floor|storey|etage)[ _-]?-?\d{{1,3}}|basement(?:[ _-]\d)?|mezzanine|penthouse|attic"
_GERMAN = r"erdgeschoss|erdgeschoß|kellergeschoss|keller|untergeschoss|dachgeschoss|\d{1,2}\.?[ _-]?(?:obergeschoss|untergeschoss|og|ug)|obergeschoss"
_CODE = r"-?\d{1,3}F|[FLB]-?\d{1,3}|EG|KG|UG|DG|OG\d?|RF"
_WORDS = re.compile(rf"(?:{_CHINESE}|{_ENGLISH}|{_GERMAN})", re.IGNORECASE)
_CODES = re.compile(rf"(?<![A-Za-z\d])(?:{_CODE})(?![A-Za-z\d])")
_TITLE = re.compile(
    r"(?P<storey>.+?)\s*(?:(?:建筑|各层)?(?:平面|布置|房间|分层)+(?:布置|示意)?图?|(?:floor[ _]?)?plan|grundriss|layout)\s*[（(]?\s*(?:1\s?[:：/]\s?\d+)?\s*[)）]?",
    re.IGNORECASE,
)
_PART = re.compile(r"[楼座区栋段翼]$|^(?:block|wing|haus|tower) \w+", re.IGNORECASE)
_SCALE = re.compile(r"\s*[（(]?1\s?[:：/]\s?\d+[)）]?\s*$")


def storey_in(text: str) -> str:
    """Return the storey that a name contains: "A栋一层平面图" tells 一层, "institute_Keller" tells Keller; "" where it tells none."""
    found = _WORDS.search(text.replace("_", " ")) or _CODES.search(re.sub(r"[_\s-]+", " ", text))
    return found[0].strip() if found else ""


def title_of(text: str) -> str:
    """Return the storey that a text is the title of; "" for texts that only mention one."""
    text = _SCALE.sub("", text.strip())
    found = _TITLE.fullmatch(text)
    if found:
        return storey_in(text) or (found["storey"].strip() if _PART.search(found["storey"]) else "")
    bare = _WORDS.fullmatch(text) or _CODES.fullmatch(text)
    return bare[0] if bare else ""


@dataclass(frozen=True)
class Title:
    """A storey's title and where it stands, in metres."""

    storey: str
    at: Point
    sure: bool  # it says that it is a plan, so it is no room's text


def clusters(rooms: Sequence[shapely.Polygon], apart: float = 3.0) -> list[int]:
    """Return for each room the number of the plan that it lies in: rooms nearer than `apart` metres hang together."""
    tree = shapely.STRtree(list(rooms))
    one, two = tree.query(list(rooms), predicate="dwithin", distance=apart)
    leader = list(range(len(rooms)))

    def root(at: int) -> int:
        while leader[at] != at:
            leader[at] = leader[leader[at]]
            at = leader[at]
        return at

    for a, b in zip(one.tolist(), two.tolist(), strict=True):
        leader[root(a)] = root(b)
    return [root(at) for at in range(len(rooms))]


def by_title(rooms: Sequence[shapely.Polygon], titles: Sequence[Title]) -> list[str]:
    """Return each room's storey: its plan takes the nearest title, first one below it; one title serves every plan."""
    groups = clusters(rooms)
    held: dict[int, list[shapely.Polygon]] = defaultdict(list)
    for room, group in zip(rooms, groups, strict=True):
        held[group].append(room)
    boxes = {group: shapely.total_bounds(inside) for group, inside in held.items()}
    costs = sorted((_cost(boxes[group], title.at), group, number) for group in boxes for number, title in enumerate(titles))
    chosen: dict[int, int] = {}
    for _price, group, number in costs:
        if group not in chosen and number not in chosen.values():
            chosen[group] = number
    for _price, group, number in costs:
        chosen.setdefault(group, number)
    return [titles[chosen[group]].storey for group in groups]


def _cost(box: Sequence[float], at: Point) -> float:
    x0, y0, x1, y1 = box
    aside = max(x0 - at[0], 0.0, at[0] - x1)
    if at[1] <= y0:
        return math.hypot(aside, y0 - at[1])
    if at[1] >= y1:
        return math.hypot(aside, at[1] - y1) * 1.5 + 2
    return aside * 1.2 + 1


_BELOW = re.compile(r"地下|负|basement|keller|untergeschoss|(?<![a-z])(?:ug|kg)(?![a-z])|(?<![a-z])b\d|^-\d", re.IGNORECASE)
_TOP = re.compile(r"屋顶|屋面|机房|阁楼|roof|dach|attic|penthouse|(?<![a-z])(?:rf|dg)(?![a-z])", re.IGNORECASE)
_GROUND = re.compile(r"ground|erdgeschoss|erdgeschoß|(?<![a-z])eg(?![a-z])", re.IGNORECASE)
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_NUMERALS = "一二三四五六七八九"
_HIGHEST = 900.0


def level_of(storey: str) -> float:
    """Return how high a storey lies, to sort by: basements, the ground, numbered storeys, what tells nothing, the roof."""
    if _TOP.search(storey):
        return _HIGHEST
    number = _number_in(storey)
    if _BELOW.search(storey):
        return -(number or 1.0)
    if _GROUND.search(storey):
        return 0.5
    return number or (1.0 if re.search(r"首层|底层", storey) else _HIGHEST - 1)


def _number_in(storey: str) -> float:
    figures = re.search(r"\d+", storey)
    if figures:
        return float(figures[0])
    ordinal = next((place for place, word in enumerate(_ORDINALS, start=1) if word in storey.lower()), 0)
    numerals = re.search(r"[一二三四五六七八九十]+", storey)
    if ordinal or not numerals:
        return float(ordinal)
    tens, ten, ones = numerals[0].partition("十")
    return float((10 * (_NUMERALS.find(tens[-1:]) + 1 if tens else 1) if ten else 0) + _numeral(ones if ten else tens))


def _numeral(text: str) -> int:
    return _NUMERALS.index(text[0]) + 1 if text else 0
