"""A map of compounds: what touches is one circle, and no name stands on another."""

from __future__ import annotations

from decimal import Decimal

from gongjia.domains.drawings.charting import Spot, chart


def spot(pk: int, longitude: float, area: int, latitude: float = 31.0) -> Spot:
    return Spot(pk, f"第{pk}综合办公区", latitude, longitude, 1, Decimal(area), Decimal(0), Decimal(area))


def test_of_two_names_that_would_overlap_the_larger_compound_keeps_its_own():
    found = chart([spot(1, 118.000, 100), spot(2, 118.008, 900), spot(3, 118.100, 100)])
    assert [(each.spots[0].pk, each.named) for each in found.bubbles] == [(2, True), (1, False), (3, True)]


def test_names_that_stand_apart_are_all_written():
    found = chart([spot(1, 118.0, 100), spot(2, 118.1, 900), spot(3, 118.0, 100, 31.1)])
    assert all(each.named for each in found.bubbles)


def test_what_touches_is_drawn_as_one_with_all_its_buildings():
    [one, _far] = chart([spot(1, 118.0, 100), spot(2, 118.0001, 900), spot(3, 118.5, 100)]).bubbles
    assert (one.buildings, len(one.spots)) == (2, 2)
