"""Numbers, floors and differences, from values only."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongjia.domains.drawings.rules import Drawn, compare, is_common, match, percent_gap, room_key, storey_key, storey_order


@pytest.mark.parametrize("text", ["YC-XZ2-0312", "0312", "312", "312室", " 0312 ", "A-312号"])
def test_a_room_number_is_one_however_it_is_written(text: str):
    assert room_key(text) == "312"


@pytest.mark.parametrize(("one", "other"), [("3层", "三层"), ("3F", "第3层"), ("B1", "地下1层"), ("十二层", "12层"), ("二十一层", "21F")])
def test_a_floor_is_one_however_it_is_written(one: str, other: str):
    assert storey_key(one) == storey_key(other)


def test_a_cellar_is_not_the_floor_above_it():
    assert storey_key("B1") != storey_key("1层")
    assert sorted(["2层", "B1", "10层", "1层"], key=storey_order) == ["B1", "1层", "2层", "10层"]


def test_a_number_that_is_there_twice_is_matched_with_nothing():
    assert match(["0301", "0301", "0302"], {1: "X-0301", 2: "X-0302"}) == [None, None, 2]
    assert match(["0301"], {1: "X-0301", 2: "Y-301"}) == [None]


def test_a_shape_without_a_number_is_matched_with_nothing():
    assert match(["", "0302"], {1: "X-0301", 2: "X-0302"}) == [None, 2]


def test_a_difference_is_in_per_cent_of_the_ledger_and_unknown_where_it_says_nothing():
    assert percent_gap(Decimal("20.60"), Decimal("20.00")) == Decimal("3.00")
    assert percent_gap(Decimal("20"), None) is percent_gap(None, Decimal(1)) is percent_gap(Decimal(1), Decimal(0)) is None


def test_versions_differ_by_what_is_added_gone_and_resized():
    old = [Drawn(1, "a", Decimal(10)), Drawn(2, "b", Decimal(10)), Drawn(3, "c", Decimal(10))]
    new = [Drawn(4, "a", Decimal(10)), Drawn(5, "b", Decimal(11)), Drawn(6, "d", Decimal(5))]
    found = compare(old, new)
    assert ([each.pk for each in found.added], [each.pk for each in found.gone]) == ([6], [3])
    assert ([(was.pk, now.pk) for was, now in found.resized], found.same) == ([(2, 5)], 1)


def test_stairs_and_toilets_are_shared_and_offices_are_not():
    assert is_common("楼梯间")
    assert is_common("2# Toilet")
    assert not is_common("办公室")
