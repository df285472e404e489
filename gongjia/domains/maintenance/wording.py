"""Words that the pages of repairs share."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from gongjia.core.money import yuan
from gongjia.web.wording import amount_words, number


def factor_names() -> dict[str, str]:
    """Return what the factors of the priority are called, with the unit of their measure."""
    return {
        "safety": _("安全风险（分）"),
        "damage": _("损坏程度（分）"),
        "age": _("建成年限（年）"),
        "repair": _("距建成或上次大修（年）"),
        "energy": _("单位面积能耗（kWh/m²）"),
    }


def points_words(hundredths: float) -> str:
    """Return points that are kept in hundredths."""
    return number(Decimal(str(hundredths)) / 100, 2)


def change_words(change: dict[str, Any], names: dict[int, str]) -> dict[str, Any]:
    """Return a neighbour of the choice as its page shows it."""
    named = {side: [names.get(pk, str(pk)) for pk in change[side]] for side in ("comes", "goes")}
    return {**named, "by": amount_words(yuan(abs(change["by"]))), "value": points_words(change["value"])}
