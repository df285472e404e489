"""Exact numbers: fixed-scale decimals stored as scaled integers, equal on every database."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class FixedDecimalField(models.BigIntegerField):
    """A Decimal with a fixed number of places in Python, an integer of its smallest unit in the database."""

    description = "fixed-scale decimal"

    def __init__(self, *args: Any, places: int = 2, unit: str = "", **kwargs: Any) -> None:
        self.places, self.unit = places, unit
        self.scale = 10**places
        self.quantum = Decimal(1).scaleb(-places)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "places": self.places, "unit": self.unit}

    def to_python(self, value: Any) -> Decimal | None:
        if value is None or value == "":
            return None
        try:
            return Decimal(str(value)).quantize(self.quantum, rounding=ROUND_HALF_UP)
        except ArithmeticError:
            raise ValidationError(_("“%(value)s”不是数字。"), code="not_a_number", params={"value": value}) from None

    def get_prep_value(self, value: Any) -> int | None:
        return None if value is None else self.scaled(value)

    def scaled(self, value: Any) -> int:
        """Return the integer that stands for `value` in the database, rounded half up."""
        exact = value if isinstance(value, Decimal) else Decimal(str(value))
        return int((exact * self.scale).to_integral_value(rounding=ROUND_HALF_UP))

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Decimal | None:
        return None if value is None else Decimal(value).scaleb(-self.places)


class MoneyField(FixedDecimalField):
    """Yuan, exact to the cent (stored in 分)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"places": 2, "unit": "元", **kwargs})


class AreaField(FixedDecimalField):
    """Square metres, exact to 0.01."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"places": 2, "unit": "m²", **kwargs})
