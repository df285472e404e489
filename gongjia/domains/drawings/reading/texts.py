"""What the texts of a plan say: escapes undone, then each line told as number, name, area, storey title or nothing of a room."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CODE_PAGES = {"1": "cp932", "2": "big5", "3": "cp949", "4": "johab", "5": "gb18030"}
_WIDE = re.compile(r"\\U\+([0-9A-Fa-f]{4})")
_MULTI = re.compile(r"\\M\+([1-5])([0-9A-Fa-f]{4})")
_PERCENT = {"%%d": "°", "%%p": "±", "%%c": "Ø", "%%%": "%", "%%u": "", "%%o": "", "%%k": ""}
_PERCENT_CODE = re.compile(r"%%(?:\d{3}|[dpcuok%])", re.IGNORECASE)

_UNIT = r"(?P<unit>m²|㎡|m\s?\^?2[\^/]?|平方米|平米|平方|qm|sq\.?\s?m|sf|sq\.?\s?ft\.?|ft²)"
_AREA_WORD = r"(?:(?:使用|建筑|净|房间)?面积|area|fläche|flaeche|nrf|nf|ngf|bgf)"
_FIGURE = r"(?P<figure>\d{1,6}(?:[.,]\d{1,4})?)"
AREA = re.compile(
    rf"(?:(?:{_AREA_WORD}|[AFS])\s*[:：=]?\s*)?(?<![\w.]){_FIGURE}\s*{_UNIT}(?![\w])|{_AREA_WORD}\s*[:：=]\s*{_FIGURE.replace('figure', 'bare')}",
    re.IGNORECASE,
)
_FEET = re.compile(r"(\d+)'\s*-?\s*(\d+)?\"?\s*[x×]\s*(\d+)'\s*-?\s*(\d+)?\"?", re.IGNORECASE)
_SQUARE_FOOT = 0.3048**2

_NUMBER = re.compile(
    r"(?:[A-Za-z]{1,3}\s?[-–.]?\s?|\d{1,2}(?:#|号楼|F|楼|\.?OG|\.?UG)[-–.]?|[EUKD]G[-–.]?|地下)?\d{1,5}[A-Za-z]?(?:[-–./]\d{1,4}[A-Za-z]?){0,3}(?:室|号|号房|房间|#)?"
)
_NUMBER_WORD = re.compile(r"^(?:房间?号|编号|房间编号|no\.?|nr\.?|room|rm\.?|raum|#)\s*[:：.]?\s*(?=[A-Za-z]{0,3}[-.]?\d)", re.IGNORECASE)
_NOT_OF_A_ROOM = re.compile(
    r"[±+\-−]\s?\d+(?:[.,]\d+)?|\d+[.,]\d{3}|1\s?[:：]\s?\d+|[^A-Za-z]*\d+\s?[xX×*]\s?\d+.*|(?:FFL|OKFF|OKRF|UKRD|层高|净高|标高|BRH|DN|Ø)\s?[=:：]?\s?[±+\-]?\d.*|(?:H|h|CH|RH|UK|OK|i|R)\s?[=:：]\s?[±+\-]?\d.*|R\d{4,}"
    r"|\d+(?:[.,]\d+)?\s?(?:mm|cm|m|%|°|\"|')|[\W_]+"
)
DOOR_MARK = re.compile(r"[A-Z]{0,4}(?:M|C)[甲乙丙]?[A-Z]?-?\d{3,4}[a-zA-Z']?")
_LONGEST = 48  # a longer line is a note, whatever it mentions
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True)
class Said:
    """One line of text told: kind is number, name, area or other."""

    kind: str
    text: str
    figure: float = 0.0


def plain(text: str) -> str:
    """Return a text with the escapes of DXF undone: \\U+XXXX, \\M+nXXXX, %%u, and control marks."""
    if "\\" in text:
        text = _WIDE.sub(lambda found: chr(int(found[1], 16)), text)
        text = _MULTI.sub(_multibyte, text)
    if "%%" in text:
        text = _PERCENT_CODE.sub(_percent, text)
    return text.replace("\xa0", " ").replace("\u3000", " ").replace("\x00", "").strip()


def _multibyte(found: re.Match[str]) -> str:
    return bytes.fromhex(found[2]).lstrip(b"\0").decode(_CODE_PAGES[found[1]], "replace")


def _percent(found: re.Match[str]) -> str:
    code = found[0].lower()
    return chr(int(code[2:])) if code[2:].isdigit() else _PERCENT[code]


def area_in(line: str) -> tuple[float | None, str]:
    """Return the area in m² that a line states, and the line without it."""
    feet = _FEET.search(line)
    if feet:
        sides = [int(feet[1]) + int(feet[2] or 0) / 12, int(feet[3]) + int(feet[4] or 0) / 12]
        return sides[0] * sides[1] * _SQUARE_FOOT, (line[: feet.start()] + " " + line[feet.end() :]).strip()
    found = AREA.search(line)
    if not found:
        return None, line
    figure = float((found["figure"] or found["bare"]).replace(",", "."))
    foot = (found["unit"] or "").lower().replace(" ", "").replace(".", "") in {"sf", "sqft", "ft²"}
    rest = (line[: found.start()] + " " + line[found.end() :]).strip(" \t:：=()（）,，;；/")
    return figure * (_SQUARE_FOOT if foot else 1), rest


def is_number(text: str) -> bool:
    """True where a text is the number of a room by its form."""
    return bool(_NUMBER.fullmatch(text)) and not _NOT_OF_A_ROOM.fullmatch(text) and not re.fullmatch(r"(?:WC|KT|DN|EPS)\s?\d*", text)


def told(line: str) -> list[Said]:
    """Tell one line: "101 办公室 12.5㎡" holds a number, a name and an area."""
    area, rest = area_in(line.strip())
    said = [Said("area", line, area)] if area is not None else []
    rest = _NUMBER_WORD.sub("", rest).strip()
    return said + (_number_and_name(rest) if rest else [])


def _number_and_name(text: str) -> list[Said]:
    if is_number(text):
        return [Said("number", text)]
    if len(text) > _LONGEST or _NOT_OF_A_ROOM.fullmatch(text) or not _LETTER.search(text):
        return [Said("other", text)]
    first, _, rest = text.partition(" ")
    rest = rest.lstrip("-–—:：|/ ").strip()
    if rest and is_number(first) and _leads(first, text) and _LETTER.search(rest):
        return [Said("number", first), Said("name", rest)]
    before, _, last = text.rpartition(" ")
    if before and not before.endswith((".", ",", "，", "。")) and is_number(last) and len(re.sub(r"\D", "", last)) > 2:
        return [Said("number", last), Said("name", before.rstrip("-–:： "))]
    return _glued(text)


def _leads(first: str, text: str) -> bool:
    """True for a first word that is a number by itself: 101, E1, or 1 before a dash; not the 2 of "2 CAR GARAGE"."""
    return sum(map(str.isdigit, first)) > 1 or not first.isdigit() or "-" in text[: len(first) + 3]


def _glued(text: str) -> list[Said]:
    """Part "办公室101" and "101办公室"; "会议室1" and "Bedroom 2" stay whole."""
    tail = re.fullmatch(r"([^\W\d_]*[\u4e00-\u9fff）)])[-–:： ]?([A-Za-z]?\d{3,5}[A-Za-z]?(?:-\d{1,4})?)", text)
    if tail:
        return [Said("number", tail[2]), Said("name", tail[1])]
    head = re.fullmatch(r"((?:[A-Za-z]{1,2}[-.]?)?\d{2,5}(?:-\d{1,4})?)[-–:： ]?([\u4e00-\u9fff(（].*)", text)
    if head and not re.match(r"[层楼号人㎡平]", head[2]):
        return [Said("number", head[1]), Said("name", head[2])]
    return [Said("name", text)]
