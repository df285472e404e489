"""Outlines: measured, split, refused, and the floor around them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongjia.domains.drawings.geometry import BadOutline, in_millimetres, measure, slab, split

SQUARE = [[[0, 0], [6000, 0], [6000, 4000], [0, 4000]]]


def test_an_outline_has_the_area_of_its_ring_less_its_holes():
    assert measure(SQUARE).area == Decimal("24.00")
    assert measure([*SQUARE, [[1000, 1000], [2000, 1000], [2000, 2000], [1000, 2000]]]).area == Decimal("23.00")


def test_a_label_stands_inside_also_where_the_middle_does_not():
    angle = [[[0, 0], [9000, 0], [9000, 1000], [1000, 1000], [1000, 9000], [0, 9000]]]
    at = measure(angle)
    assert at.x < 1000 or at.y < 1000


@pytest.mark.parametrize(
    ("ring", "code"),
    [([[0, 0], [1, 1]], "too_few"), ([[0, 0], [9, 9], [9, 0], [0, 9]], "crossing"), ([], "too_few")],
)
def test_what_encloses_nothing_is_refused(ring: list[list[int]], code: str):
    with pytest.raises(BadOutline, match=code):
        measure([ring])


def test_a_line_cuts_a_room_in_two_and_nothing_is_lost():
    parts = split(SQUARE, [[2000, -500], [2000, 4500]])
    assert [measure(part).area for part in parts] == [Decimal("8.00"), Decimal("16.00")]


def test_a_line_that_does_not_cross_is_refused():
    with pytest.raises(BadOutline, match="no_two_parts"):
        split(SQUARE, [[7000, 0], [7000, 4000]])


def test_rooms_on_both_sides_of_a_corridor_lie_on_one_floor():
    other = [[[x, y + 6400] for x, y in SQUARE[0]]]
    assert len(slab([SQUARE, other])) == 1


def test_metres_become_whole_millimetres():
    assert in_millimetres([(0, 0), (1.2344, 0), (1, 2.0004)]) == [[[0, 0], [1234, 0], [1000, 2000]]]
