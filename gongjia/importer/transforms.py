"""Named steps from a cell to a value, as a profile lists them: `transforms: [{unit: sqft}]`."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import Any

from gongjia.importer.dates import DateStyle, NotADate, read_date
from gongjia.importer.fields import Target
from gongjia.importer.numbers import UNITS, NotANumber, number, rounded, unit_name
from gongjia.importer.sheets import ERROR_WORDS, Cell

Step = Callable[[Any], Any]
NUMBERS = frozenset({"integer", "decimal", "money", "area"})
NOTHING = frozenset({"-", "--", "—", "——", "－", "/", "\\", "n/a", "null", "none", "nan", "无", "空"})
TRUE = frozenset({"是", "有", "√", "✓", "对", "y", "yes", "true", "t", "1", "on"})
FALSE = frozenset({"否", "无", "×", "✗", "没有", "n", "no", "false", "f", "0", "off"})
BREAKS = re.compile(r"[\r\n\t]")
KNOWN = frozenset({
    "unit", "scale", "date", "values", "else", "empty", "default", "prefix", "suffix", "split", "part", "join", "case", "decimal",
    "replace", "first", "take", "cut", "when", "round",
})  # fmt: skip


class Bad(Exception):
    """The cell cannot become a value; carries the code and parameters of the sentence."""

    def __init__(self, code: str, /, **params: object) -> None:
        super().__init__(code)
        self.code, self.params = code, params


class Doubt:
    """A value that is taken, with a remark."""

    __slots__ = ("code", "params", "value")

    def __init__(self, value: Any, code: str, /, **params: object) -> None:
        self.value, self.code, self.params = value, code, params


def compile_steps(target: Target, transforms: Sequence[Mapping[str, Any]]) -> Step:
    """Return one function from a raw cell to a typed value, None for empty; it raises `Bad` or returns `Doubt`."""
    options: dict[str, Any] = {}
    for transform in transforms:
        options.update(transform)
    if unknown := set(options) - KNOWN:
        raise ValueError(f"unknown transform: {', '.join(sorted(unknown))}")
    shape = shaper(options)
    finish = finisher(target, options)
    nothing = {str(word).strip().casefold() for word in options.get("empty", ())}
    default = options.get("default")

    def convert(value: Cell) -> Any:
        value = shape(value)
        if value is None or value == "" or (value.__class__ is str and value.casefold() in nothing):
            return default
        if value.__class__ is str and value in ERROR_WORDS:
            raise Bad("error_cell", value=value)
        return finish(value)

    return convert


def shaper(options: Mapping[str, Any]) -> Step:
    """Return the step that trims, splits, maps and decorates a cell before its kind is looked at."""
    steps: list[Step] = [strip]
    if "split" in options:
        steps.append(splitter(str(options["split"]), int(options.get("part", 1))))
    if "replace" in options:
        steps.append(replacer(dict(options["replace"])))
    if "when" in options:
        steps.append(chooser(str(options["when"]["matches"]), options["when"]["value"]))
    if "take" in options:
        steps.append(lambda value: text_of(value)[: int(options["take"])])
    if "values" in options:
        steps.append(mapper(options["values"], options))
    if {"prefix", "suffix", "case"} & set(options):
        steps.append(decorator(options))
    if len(steps) == 1:
        return strip

    def shape(value: Any) -> Any:
        for step in steps:
            value = step(value)
        return value

    return shape


def strip(value: Any) -> Any:
    """Trim a text; line breaks inside become one space, as a register prints a field on one line."""
    if value.__class__ is not str:
        return value
    return " ".join(value.split()) if BREAKS.search(value) else value.strip()


def splitter(separator: str, part: int) -> Step:
    """Take one part of a text, counted from 1 or, when negative, from the end."""

    def split(value: Any) -> Any:
        parts = [piece.strip() for piece in text_of(value).split(separator)]
        index = part - 1 if part > 0 else len(parts) + part
        if not 0 <= index < len(parts):
            raise Bad("no_part", value=value, part=part)
        return parts[index]

    return split


def replacer(words: Mapping[str, Any]) -> Step:
    def replace(value: Any) -> Any:
        text = text_of(value)
        for old, new in words.items():
            text = text.replace(str(old), str(new))
        return text.strip()

    return replace


def chooser(pattern: str, chosen: Any) -> Step:
    """Give one value to the cells that match a pattern, and nothing to the others."""
    matches = re.compile(pattern).search
    return lambda value: chosen if matches(text_of(value)) else ""


def mapper(values: Mapping[Any, Any], options: Mapping[str, Any]) -> Step:
    """Translate whole cells; a value that is not listed becomes `else`, or stays as it is."""
    table = {text_of(key).strip().casefold(): mapped for key, mapped in values.items()}
    has_other, other = "else" in options, options.get("else")

    def translate(value: Any) -> Any:
        key = text_of(value).strip().casefold()
        if key in table:
            return table[key]
        return other if has_other and value != "" else value

    return translate


def decorator(options: Mapping[str, Any]) -> Step:
    prefix, suffix, case = str(options.get("prefix", "")), str(options.get("suffix", "")), options.get("case", "")

    def decorate(value: Any) -> Any:
        text = text_of(value)
        text = text.upper() if case == "upper" else text.lower() if case == "lower" else text
        return f"{prefix}{text}{suffix}" if text else ""

    return decorate


def finisher(target: Target, options: Mapping[str, Any]) -> Step:
    """Return the step into the target's kind."""
    if target.kind in NUMBERS:
        return to_number(target, options)
    if target.kind in ("date", "instant"):
        return to_date(options.get("date") or {})
    if target.kind == "bool":
        return to_flag
    return cutter(int(options["cut"])) if "cut" in options else to_text


def cutter(length: int) -> Step:
    """Shorten a long text to what the field holds, and say so."""

    def cut(value: Any) -> Any:
        text = text_of(value)
        return text if len(text) <= length else Doubt(text[: length - 1] + "…", "shortened", value=text[:40], length=len(text))

    return cut


def to_text(value: Any) -> Any:
    if value.__class__ is float and abs(value) >= 1e15:
        return Doubt(text_of(value), "lost_digits", value=text_of(value))
    return text_of(value)


def text_of(value: Any) -> str:
    """Write a cell as the spreadsheet shows it: whole numbers without a point, dates as ISO."""
    if value.__class__ is str:
        return value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else format(value, ".15g")
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if value is not None else ""


def to_number(target: Target, options: Mapping[str, Any]) -> Step:
    """Return the step to an exact number in the target's unit and places."""
    factor = Fraction(str(options.get("scale", 1)))
    if "unit" in options:
        unit = unit_name(str(options["unit"]))
        if not unit:
            raise ValueError(f"unknown unit: {options['unit']}")
        factor *= UNITS[unit]
    comma, digits = options.get("decimal") == ",", options.get("round")
    whole, places = target.kind == "integer", 0 if target.kind == "integer" else target.places

    def convert(value: Any) -> Any:
        if value.__class__ is str and value.casefold() in NOTHING:
            return options.get("default")
        try:
            exact = number(value, comma)
        except (NotANumber, ArithmeticError, ValueError):
            raise Bad("not_a_number", value=text_of(value)) from None
        return fitted(exact if digits is None else rounded(exact, digits), factor, places, whole)

    return convert


def fitted(exact: Decimal, factor: Fraction, places: int | None, whole: bool) -> Any:
    """Scale and round; rounding what was not converted is said."""
    if factor != 1:
        scaled = Fraction(exact) * factor
        exact = rounded(scaled, 6 if places is None else places)
    if whole:
        if exact != exact.to_integral_value():
            raise Bad("not_whole", value=format(exact, "f"))
        return int(exact)
    if places is None or -int(exact.as_tuple().exponent) <= places:
        return exact if factor == 1 else exact.normalize() + 0
    value = rounded(exact, places)
    return Doubt(value, "rounded", value=format(exact, "f"), places=places, read=format(value, "f"))


def to_date(style: Mapping[str, Any]) -> Step:
    settings = DateStyle(str(style.get("order", "")), style.get("pivot"), int(style.get("epoch", 1900)), str(style.get("year", "")))

    def convert(value: Any) -> Any:
        if value.__class__ is str and value.casefold() in NOTHING:
            return None
        try:
            day, doubt = read_date(value, settings)
        except NotADate as error:
            raise Bad(error.code, value=text_of(value)) from None
        except (ValueError, OverflowError):
            raise Bad("not_a_date", value=text_of(value)) from None
        return Doubt(day, doubt, value=text_of(value), read=day.isoformat()) if doubt else day

    return convert


def to_flag(value: Any) -> Any:
    if isinstance(value, bool):
        return value
    word = text_of(value).casefold()
    if word in TRUE or word in FALSE:
        return word in TRUE
    raise Bad("not_a_flag", value=text_of(value))


def first_filled(columns: Iterable[Sequence[Cell]], empty: Iterable[str] = ()) -> list[Cell]:
    """Return row by row the first cell that is filled and none of the given words."""
    nothing = {"", *(word.casefold() for word in empty)}
    return [next((cell for cell in row if text_of(strip(cell)).casefold() not in nothing), "") for row in zip(*columns, strict=True)]


def joined(columns: Iterable[Sequence[Cell]], separator: str) -> list[Cell]:
    """Join the texts of several columns row by row, leaving out empty ones."""
    return [separator.join(part for part in (text_of(strip(cell)) for cell in row) if part) for row in zip(*columns, strict=True)]
