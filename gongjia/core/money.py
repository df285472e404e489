"""Yuan and 分: sums that are compared and added many at a time are whole 分, what people read is yuan; both are exact."""

from __future__ import annotations

from decimal import Decimal


def cents(amount: Decimal) -> int:
    """Return an amount of yuan, exact to the cent, in 分."""
    return int(amount.scaleb(2))


def yuan(cents: int) -> Decimal:
    """Return 分 as yuan with two places."""
    return Decimal(cents).scaleb(-2)
