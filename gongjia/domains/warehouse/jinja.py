"""Words of the warehouse that its templates use, also where another package draws them."""

from decimal import Decimal
from typing import Any

from jinja2 import Environment

from gongjia.domains.warehouse.cards import distance_words, months_words
from gongjia.domains.warehouse.choices import Grade
from gongjia.domains.warehouse.nearness import Distance
from gongjia.web.wording import number


def grades() -> dict[str, str]:
    """Return the grades by code."""
    return {code: str(label) for code, label in Grade.choices}


def distance(ring: str, km: float | None) -> str:
    """Return the words for a ring and the kilometres, as a judgement keeps them."""
    return distance_words(Distance(ring, km))


def whole(value: Any) -> str:
    """Return a quantity without idle decimals."""
    return number(Decimal(str(value)))


def extend(environment: Environment) -> None:
    """Add the warehouse's words to the environment."""
    environment.globals.update(warehouse_grades=grades, warehouse_distance=distance, warehouse_months=months_words)
    environment.filters["whole"] = whole
