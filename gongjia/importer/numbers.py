"""Numbers as people write them in spreadsheets: exact, with separators, currencies, percents and Chinese units."""

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from gongjia.importer.sheets import Cell

UNITS: dict[str, Fraction] = {
    "元": Fraction(1),
    "千元": Fraction(1000),
    "万元": Fraction(10_000),
    "百万元": Fraction(1_000_000),
    "亿元": Fraction(100_000_000),
    "m2": Fraction(1),
    "sqft": Fraction("0.09290304"),
    "mu": Fraction(10_000, 15),
    "hectare": Fraction(10_000),
    "km2": Fraction(1_000_000),
}
SPELLINGS = {
    "yuan": "元", "rmb": "元", "cny": "元", "人民币元": "元", "万": "万元", "亿": "亿元", "千": "千元", "万元人民币": "万元",
    "m2": "m2", "m²": "m2", "㎡": "m2", "平方米": "m2", "平米": "m2", "平方": "m2", "sqm": "m2",
    "sqft": "sqft", "sq ft": "sqft", "sq.ft": "sqft", "sq. ft.": "sqft", "ft2": "sqft", "ft²": "sqft", "square feet": "sqft",
    "平方英尺": "sqft", "亩": "mu", "公顷": "hectare", "ha": "hectare", "平方公里": "km2", "km2": "km2",
}  # fmt: skip
CURRENCY = re.compile(r"^(?:US\$|HK\$|[¥$€£]|RMB|CNY|人民币)\s*|\s*(?:RMB|CNY)$", re.IGNORECASE)
GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d*)?|\d{1,4}(?:,\d{4})+(?:\.\d*)?")
PLAIN = re.compile(r"(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?")
SPLIT = re.compile(r"^([^\d.]*[\d.,]+(?:[eE][+-]?\d{1,3})?)\s*(\D*)$")


class NotANumber(ValueError):
    """The text is no number in any way we know."""


def unit_name(text: str) -> str:
    """Return our name of a unit as people spell it, '' where we do not know it."""
    plain = " ".join(text.strip().lower().split())
    plain = SPELLINGS.get(plain, plain)
    return plain if plain in UNITS else SPELLINGS.get(unicodedata.normalize("NFKC", plain), "")


def number(value: Cell, decimal_comma: bool = False) -> Decimal:
    """Return the exact decimal of a cell; a binary number keeps the 15 digits that a spreadsheet shows."""
    if value.__class__ is float:
        return Decimal(format(value, ".15g"))
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise NotANumber
    return Decimal(value) if isinstance(value, int) else number_in(str(value), decimal_comma)


def number_in(text: str, decimal_comma: bool = False) -> Decimal:
    """Read a number out of text: `1,234.50`, `（1,234）`, `$14190.13`, `12.5%`, `3.2万元`, full-width digits."""
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").replace("'", "").strip()
    negative = plain.startswith("(") and plain.endswith(")")
    plain = plain[1:-1].strip() if negative else plain
    if plain.startswith(("-", "+")) or plain.endswith("-"):
        negative ^= "-" in (plain[0], plain[-1])
        plain = plain.strip("+-").strip()
    plain = CURRENCY.sub("", plain).strip()
    if plain.startswith("-"):
        negative, plain = not negative, plain[1:].strip()
    result = magnitude(plain.replace(".", "").replace(",", ".") if decimal_comma else plain)
    return -result if negative else result


def magnitude(plain: str) -> Decimal:
    parts = SPLIT.match(plain)
    if parts is None:
        raise NotANumber
    digits, suffix = parts[1].replace(" ", ""), parts[2].strip()
    if GROUPED.fullmatch(digits):
        digits = digits.replace(",", "")
    if not PLAIN.fullmatch(digits):
        raise NotANumber
    return Decimal(digits) * suffix_factor(suffix)


def suffix_factor(suffix: str) -> Decimal:
    if not suffix:
        return Decimal(1)
    if suffix in ("%", "‰"):
        return Decimal("0.01") if suffix == "%" else Decimal("0.001")
    unit = unit_name(suffix)
    if not unit or UNITS[unit].denominator != 1:
        raise NotANumber
    return Decimal(UNITS[unit].numerator)


def rounded(value: Fraction | Decimal, places: int) -> Decimal:
    """Round half up to a number of places, exactly, also for a fraction."""
    step = Decimal(1).scaleb(-places)
    if isinstance(value, Decimal):
        return value.quantize(step, ROUND_HALF_UP)
    scaled = abs(value) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(whole if value >= 0 else -whole).scaleb(-places)
