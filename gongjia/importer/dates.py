"""Dates as people write them: ISO, Chinese, compact, by order of a profile, spreadsheet serials, two-digit years."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from gongjia.importer.sheets import Cell

MONTHS = {
    name: number for number, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)
}
CHINESE = re.compile(r"(\d{4}|\d{2})年(\d{1,2})月(?:(\d{1,2})日?)?")
PARTS = re.compile(r"(\d{1,4})\s*[-/.\s]\s*(\d{1,2})\s*[-/.\s]\s*(\d{1,4})")
NAMED = re.compile(r"(\d{1,2})[-/.\s]*([A-Za-z]{3})[a-z]*[-/.,\s]*(\d{2}|\d{4})")
NAMED_FIRST = re.compile(r"([A-Za-z]{3})[a-z]*[-/.\s]*(\d{1,2})(?:st|nd|rd|th)?[-/.,\s]+(\d{4}|\d{2})")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
MONTH_ONLY = re.compile(r"(\d{4})[-/.](\d{1,2})")
CLOCK = re.compile(r"[T\s]+\d{1,2}[:时]\d{2}(?:[:分]\d{2}(?:\.\d+)?秒?)?\s*(?:[AP]M)?\s*(?:Z|[+-]\d{2}:?\d{2})?$", re.IGNORECASE)
CHINESE_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
EARLIEST, LATEST = 1800, 2200


class NotADate(ValueError):
    """The cell is no date; `code` says which kind of wrong."""

    def __init__(self, code: str = "not_a_date") -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class DateStyle:
    """How a profile reads a column's dates."""

    order: str = ""
    pivot: int | None = None
    epoch: int = 1900
    year_day: str = ""


def read_date(value: Cell, style: DateStyle = DateStyle()) -> tuple[date, str]:
    """Return the date and '' or the name of a doubt (two_digit_year, day_assumed); raise `NotADate`."""
    if isinstance(value, datetime):
        return value.date(), ""
    if isinstance(value, date):
        return value, ""
    if isinstance(value, float | int) and not isinstance(value, bool):
        return date_of_number(float(value), style), ""
    if not isinstance(value, str):
        raise NotADate
    return date_in(unicodedata.normalize("NFKC", value).strip(), style)


def date_of_number(value: float, style: DateStyle) -> date:
    """A number is a compact date, a year, or the serial of a spreadsheet in its own epoch."""
    if value.is_integer() and 18000101 <= value <= 22001231:
        return date_in(str(int(value)), style)[0]
    if value.is_integer() and EARLIEST <= value <= LATEST:
        return date_in(str(int(value)), style)[0]
    if not 1 <= value < 2_958_466:
        raise NotADate
    if style.epoch == 1904:
        return date(1904, 1, 1) + timedelta(days=int(value))
    return date(1899, 12, 31 if value < 60 else 30) + timedelta(days=int(value))


def date_in(text: str, style: DateStyle) -> tuple[date, str]:
    text = CLOCK.sub("", text)
    if found := CHINESE.fullmatch(text.translate(CHINESE_DIGITS).replace(" ", "")):
        return assemble(found[1], int(found[2]), found[3], style)
    if found := COMPACT.fullmatch(text):
        return assemble(found[1], int(found[2]), found[3], style)
    if found := NAMED.fullmatch(text):
        return assemble(found[3], month_number(found[2]), found[1], style)
    if found := NAMED_FIRST.fullmatch(text):
        return assemble(found[3], month_number(found[1]), found[2], style)
    if found := PARTS.fullmatch(text):
        return assemble(*ordered(found[1], found[2], found[3], style.order), style)
    if found := MONTH_ONLY.fullmatch(text):
        return assemble(found[1], int(found[2]), None, style)
    if re.fullmatch(r"\d{4}年?", text) and EARLIEST <= int(text[:4]) <= LATEST:
        return year_alone(int(text[:4]), style)
    raise NotADate


def year_alone(year: int, style: DateStyle) -> tuple[date, str]:
    """A bare year is a date only where the profile says which day stands for it."""
    if not style.year_day:
        raise NotADate("year_only")
    month, day = map(int, style.year_day.split("-"))
    return date(year, month, day), ""


def ordered(first: str, second: str, third: str, order: str) -> tuple[str, int, str]:
    """Put three numbers in the order year, month, day; where two orders fit and no profile decides, refuse."""
    if len(first) == 4:
        return first, int(second), third
    if order == "dmy" or (not order and int(first) > 12):
        return third, int(second), first
    if order == "mdy" or (not order and int(second) > 12):
        return third, int(first), second
    if order == "ymd":
        return first, int(second), third
    if first == second and len(third) == 4:
        return third, int(second), first
    raise NotADate("ambiguous_date")


def assemble(year: str, month: int, day: str | None, style: DateStyle) -> tuple[date, str]:
    """Build the date; a two-digit year goes by the pivot, a missing day is the first, both are said."""
    doubt = "" if day else "day_assumed"
    whole = int(year)
    if len(year) <= 2:
        doubt = doubt if style.pivot is not None else "two_digit_year"
        pivot = (datetime.now(tz=UTC).year + 1) % 100 if style.pivot is None else style.pivot
        whole += 2000 if whole <= pivot else 1900
    if not 1 <= month <= 12:
        raise NotADate("no_such_month")
    try:
        return date(whole, month, int(day or 1)), doubt
    except ValueError:
        raise NotADate("no_such_day") from None


def month_number(name: str) -> int:
    try:
        return MONTHS[name[:3].lower()]
    except KeyError:
        raise NotADate from None


def suggest_order(values: Iterable[Cell]) -> str:
    """Return dmy or mdy where the values of a column prove one of them and never the other, else ''."""
    found = [PARTS.match(value.strip()) for value in set(values) if isinstance(value, str)]
    pairs = [(int(match[1]), int(match[2])) for match in found if match and len(match[1]) <= 2]
    days_first = any(first > 12 for first, _ in pairs)
    months_first = any(second > 12 for _, second in pairs)
    return "" if days_first == months_first else "dmy" if days_first else "mdy"
