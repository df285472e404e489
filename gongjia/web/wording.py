"""Values as words: figures with units, dates, 万元 and 亿元, states with their colour."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from gongjia.core.resource import Column
from gongjia.web.shapes import Tone

NUMERIC = ("integer", "decimal", "money", "area")
NOTHING = "–"

_TONES: dict[str, Tone] = {
    **dict.fromkeys(("in_use", "active", "done", "normal", "valid", "compliant", "cured", "occupied"), "order"),
    **dict.fromkeys(("idle", "vacant", "waiting", "lent", "sealed", "repair", "open", "expiring"), "doubt"),
    **dict.fromkeys(("doubt", "cannot_decide", "undecided"), "doubt"),
    **dict.fromkeys(("lost", "missing", "breach", "failed", "overdue", "damaged"), "breach"),
    **dict.fromkeys(("running", "draft"), "info"),
}


def number(value: Any, places: int | None = None) -> str:
    """Return a figure, also one that was kept as text, with thousands separators; without `places`, as many decimals as it has."""
    value = Decimal(value) if isinstance(value, str) else value
    if places is not None:
        return f"{value:,.{places}f}"
    text = f"{value:,}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def amount(value: Any) -> tuple[str, str]:
    """Return a sum of yuan as (figure, unit): 元, 万元 or 亿元 by its size, in English yuan, million or billion."""
    yuan = Decimal(str(value or 0))
    if get_language() == "en":
        steps = ((1_000_000_000, 2, "billion yuan"), (1_000_000, 1, "million yuan"))
    else:
        steps = ((100_000_000, 2, _("亿元")), (10_000, 1, _("万元")))
    for size, places, unit in steps:
        if abs(yuan) >= size:
            return number(yuan / size, places), unit
    return number(yuan), _("元")


def amount_words(value: Any) -> str:
    """Return a sum of yuan as one phrase."""
    return " ".join(amount(value))


def date_words(value: dt.date | None) -> str:
    return value.isoformat() if value else NOTHING


def instant_words(value: dt.datetime | None) -> str:
    return timezone.localtime(value).strftime("%Y-%m-%d %H:%M") if value else NOTHING


def unit_of(column: Any) -> str:
    """Return the unit of a column or input in the reader's language."""
    return _(str(column.unit)) if column.unit and get_language() == "en" else str(column.unit or "")


def counted(unit: Any, value: str) -> str:
    """Return a unit as it stands after a number: in the singular after a one, where the language has one."""
    if value != "1":
        return str(unit)
    ones = {
        "张": pgettext("一", "张"),
        "间": pgettext("一", "间"),
        "条": pgettext("一", "条"),
        "辆": pgettext("一", "辆"),
        "份": pgettext("一", "份"),
        "件": pgettext("一", "件"),
        "个": pgettext("一", "个"),
    }
    return next((one for many, one in ones.items() if _(many) == str(unit)), str(unit))


def label_with_unit(column: Column) -> str:
    """Return a column's heading with its unit."""
    unit = unit_of(column)
    return f"{column.label} ({unit})" if unit and get_language() == "en" else f"{column.label}（{unit}）" if unit else str(column.label)


def words(value: Any, column: Column) -> str:
    """Return the words for one value of a column; nothing is a dash."""
    if value is None or value == "":
        return NOTHING
    kind = column.kind
    if kind == "choice":
        return str(dict(column.choices).get(value, value))
    if kind == "bool":
        return _("是") if value else _("否")
    if kind == "money":
        return number(value, 2)
    if kind in NUMERIC:
        return str(value) if column.name.endswith("year") else number(value)
    if kind == "instant":
        return instant_words(value)
    return str(value)


def words_with_unit(value: Any, column: Column) -> str:
    """Return the words and the unit of one value."""
    text = words(value, column)
    return f"{text} {unit_of(column)}" if column.unit and text != NOTHING else text


def tone(value: Any, column: Column) -> Tone:
    """Return the colour of a state; every other value has none."""
    return _TONES.get(str(value), "plain") if column.kind == "choice" and column.name in ("status", "state", "outcome") else ""


def span_words(seconds: float) -> str:
    """Return a span of time, roughly."""
    if seconds < 60:
        return _("%(n)s 秒") % {"n": number(round(seconds, 1 if seconds < 10 else 0))}
    if seconds < 3600:
        return _("%(m)s 分 %(s)s 秒") % {"m": int(seconds // 60), "s": int(seconds % 60)}
    return _("%(h)s 小时 %(m)s 分") % {"h": int(seconds // 3600), "m": int(seconds % 3600 // 60)}
