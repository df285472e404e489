"""The texts of a sheet that may belong to rooms, told line by line, and what the texts inside one outline say together."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from gongjia.domains.drawings.reading.content import Label
from gongjia.domains.drawings.reading.plan import Point
from gongjia.domains.drawings.reading.roles import Roles
from gongjia.domains.drawings.reading.texts import DOOR_MARK, Said, plain, told
from gongjia.domains.drawings.reading.uses import is_room_name

_TAGS = (
    ("area", re.compile(r"AREA|面积|FLAECHE|FLÄCHE|NRF|SQM|M2", re.IGNORECASE)),
    ("number", re.compile(r"NUM|(?<![A-Z])NO(?![A-Z])|ROOM_?NO|ROOM_?ID|^ID$|^NR|RAUMNR|编号|房号|号码|^RM_?#?$|^CODE", re.IGNORECASE)),
    ("name", re.compile(r"NAME|名|用途|USE|FUNCTION|DESC|BEZEICHNUNG|^ROOM$|TITLE", re.IGNORECASE)),
)
_LONGEST_NAME = 30  # a longer text that mentions a room is a note
_FIGURE = re.compile(r"\d+(?:[.,]\d+)?")


@dataclass(frozen=True)
class Line:
    """One line of a label: what it says, where it stands (metres), how tall it is, and how surely it is a room's."""

    said: Said
    at: Point
    placed: Point
    height: float
    layer: str
    sure: bool


@dataclass(frozen=True)
class Meaning:
    """What the labels inside one outline say: number, name, the area written, and the rivals for number or name."""

    number: str
    name: str
    area: float | None
    rivals: tuple[str, ...] = ()


def lines_of(labels: Iterable[Label], roles: Roles, scale: float, plans: int = 1) -> list[Line]:
    """Return the lines that may say something of a room, without door marks and sizes that only look like numbers."""
    lines = [line for label in labels if label.layer in roles.labels for line in _told(label, roles, scale)]
    counts = Counter(line.said.text for line in lines if line.said.kind == "number")
    patterns: dict[tuple[str, float, int], list[str]] = defaultdict(list)
    for line in lines:
        if line.said.kind == "number":
            patterns[_pattern(line)].append(line.said.text)
    repeated = {key for key, texts in patterns.items() if key[2] > 3 and len(texts) > 3 and len(set(texts)) / len(texts) < 0.8 / plans}

    def is_mark(line: Line) -> bool:
        often = counts[line.said.text]
        text = line.said.text
        return (
            _pattern(line) in repeated or (not text.isdigit() and often > 2 * plans) or (bool(DOOR_MARK.fullmatch(text)) and often > plans)
        )

    return [line for line in lines if line.said.kind != "number" or not is_mark(line)]


def _pattern(line: Line) -> tuple[str, float, int]:
    return line.layer, round(line.height, 2), len(line.said.text)


def _told(label: Label, roles: Roles, scale: float) -> Iterable[Line]:
    at = (label.middle[0] * scale, label.middle[1] * scale)
    placed = (label.placed[0] * scale, label.placed[1] * scale)
    kind = next((kind for kind, words in _TAGS if words.search(label.tag)), "") if label.tag else ""
    for text in label.text.split("\n"):
        for said in _by_tag(kind, plain(text)) or told(plain(text)):
            yield Line(said, at, placed, label.height * scale, label.layer, bool(label.tag) or label.layer in roles.named_labels)


def _by_tag(kind: str, text: str) -> list[Said]:
    """Return what an attribute says by its tag, whatever its text looks like."""
    if kind == "area" and (figure := _FIGURE.search(text)):
        return [s for s in told(text) if s.kind == "area"] or [Said("area", text, float(figure[0].replace(",", ".")))]
    return [Said(kind, text)] if kind in {"number", "name"} and text else []


def meaning(lines: Sequence[Line], area_m2: float) -> Meaning:
    """Return what the lines inside one outline of this area say."""
    written = [line.said.figure for line in lines if line.said.kind == "area"]
    numbered = [line for line in lines if line.said.kind == "number"]
    bare = [line for line in numbered if _is_bare_area(line.said.text, area_m2)]
    numbers = [line for line in numbered if line not in bare]
    written += [float(line.said.text.replace(",", ".")) for line in bare]
    best = _distinct(_strongest(numbers))
    names = _names([line for line in lines if line.said.kind == "name"])
    nearest = min(written, key=lambda value: abs(value - area_m2), default=None)
    rivals = tuple(best) if len(best) > 1 else tuple(names) if len(names) > 1 and not best else ()
    return Meaning(best[0] if best else "", "、".join(names), None if rivals else nearest, rivals)


def _is_bare_area(text: str, area_m2: float) -> bool:
    return bool(re.fullmatch(r"\d+[.,]\d{1,2}", text)) and abs(float(text.replace(",", ".")) - area_m2) < 0.06 * area_m2


def _distinct(lines: Iterable[Line]) -> list[str]:
    return list(dict.fromkeys(line.said.text for line in lines))


def _strongest(numbers: Sequence[Line]) -> list[Line]:
    """Keep the numbers that are the most like a room's: on a label layer, of several figures."""

    def strength(line: Line) -> int:
        return 2 * line.sure + (sum(letter.isdigit() for letter in line.said.text) > 1)

    most = max(map(strength, numbers), default=0)
    return [line for line in numbers if strength(line) == most]


def _names(lines: Sequence[Line]) -> list[str]:
    known = [text for text in _joined(lines) if is_room_name(text)]
    if known:
        return [text for text in known if len(text) <= _LONGEST_NAME] or known[:1]
    sure = [line for line in lines if line.sure]
    return _joined(sure or lines)


def _joined(lines: Sequence[Line]) -> list[str]:
    """Return names, with those that stand under each other in one hand read as one: MASTER over BEDROOM."""
    done: list[Line] = []
    for line in sorted(lines, key=lambda each: (-each.at[1], each.at[0])):
        above = next((each for each in done if _follows(each, line)), None)
        if above is None:
            done.append(line)
        else:
            gap = " " if above.said.text.isascii() else ""
            done[done.index(above)] = replace(above, said=Said("name", above.said.text + gap + line.said.text), at=line.at)
    return _distinct(done)


def _follows(above: Line, line: Line) -> bool:
    down, aside = above.at[1] - line.at[1], abs(above.at[0] - line.at[0])
    same = above.layer == line.layer and abs(above.height - line.height) < 0.2 * above.height
    both = is_room_name(above.said.text) and is_room_name(line.said.text) and not above.said.text.isascii()
    return same and not both and 0.5 * line.height < down < 2.4 * line.height and aside < 4 * line.height
