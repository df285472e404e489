"""Yuan and 分 say the same sum."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from gongjia.core.money import cents, yuan


@given(st.integers(-(10**15), 10**15))
def test_a_sum_there_and_back_is_the_same(amount: int) -> None:
    assert cents(yuan(amount)) == amount


def test_a_cent_is_a_hundredth_of_a_yuan() -> None:
    assert (cents(Decimal("0.29")), yuan(29)) == (29, Decimal("0.29"))
