from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjia.standards.rulebook.arithmetic import formula, steps
from gongjia.standards.rulebook.forms import LIMIT_SQL, BadForm, Form, read_form

COPIERS = {"blocks": [{"up_to": 100, "per": 20}, {"per": 30}], "of": "heads"}
CANTEEN = {"marginal": [{"up_to": "100", "each": "3.7"}, {"each": "2.6"}], "of": "heads"}
TABLES = {"bands": [{"up_to": 50, "each": "1600"}, {"up_to": 100, "each": "1200"}, {"each": "1000"}], "of": "room_area"}
SERVICE = {"points": [["200", "9"], ["400", "7"]], "of": "heads"}
PRINTERS = {"each": "0.8", "of": "heads"}


def read(cell: Any, places: int = 0) -> Form:
    return read_form(cell, places, {"heads": 0, "room_area": 2}.__getitem__)


@pytest.mark.parametrize(("heads", "limit"), [(0, 0), (1, 1), (20, 1), (21, 2), (100, 5), (101, 6), (130, 6), (131, 7)])
def test_a_copier_for_every_twenty_heads_then_for_every_thirty(heads: int, limit: int):
    assert read(COPIERS).limit(heads) == limit


@given(st.integers(0, 100_000))
def test_blocks_equal_the_printed_formula(heads: int):
    assert read(COPIERS).limit(heads) == ceil(Fraction(min(heads, 100), 20)) + ceil(Fraction(max(heads - 100, 0), 30))


@given(st.integers(0, 100_000), st.sampled_from(["down", "up", "half_up"]))
def test_a_share_is_rounded_as_the_cell_says(heads: int, rounding: str):
    exact = Fraction(4, 5) * heads
    expected = {"down": floor(exact), "up": ceil(exact), "half_up": floor(exact + Fraction(1, 2))}[rounding]
    assert read(PRINTERS | {"round": rounding}).limit(heads) == expected


def test_rounding_is_down_and_marked_as_unstated_unless_the_cell_says_otherwise():
    assert (read(PRINTERS).rounding, read(PRINTERS).rounding_stated) == ("down", False)
    assert read(PRINTERS | {"round": "up"}).rounding_stated


@given(st.integers(0, 5_000))
def test_a_marginal_scale_is_exact(heads: int):
    exact = Decimal("3.7") * min(heads, 100) + Decimal("2.6") * max(heads - 100, 0)
    assert read(CANTEEN, places=2).limit(heads) == exact


@given(st.integers(1, 100_000))
def test_a_band_applies_to_the_whole_area(scaled: int):
    area = Decimal(scaled) / 100
    rate = 1600 if area <= 50 else 1200 if area <= 100 else 1000
    assert read(TABLES, places=2).limit(area) == area * rate


@pytest.mark.parametrize(("posts", "limit"), [(1, "9"), (200, "9"), (201, "8.99"), (300, "8"), (399, "7.01"), (400, "7"), (900, "7")])
def test_between_two_points_the_limit_is_a_straight_line(posts: int, limit: str):
    assert read(SERVICE, places=2).limit(posts) == Decimal(limit)


@pytest.mark.parametrize(("cell", "places"), [(COPIERS, 0), (CANTEEN, 2), (TABLES, 2), (SERVICE, 2), (PRINTERS, 0), ("24.5", 2)])
def test_sql_computes_the_very_integers_that_python_does(cell: Any, places: int):
    form = read(cell, places)
    pieces = [(p.x_from, p.x_to, p.num, p.lift, p.den) for p in form.segments]
    connection = duckdb.connect()
    connection.execute("CREATE TABLE pieces (x_from BIGINT, x_to BIGINT, num BIGINT, lift BIGINT, den BIGINT)")
    connection.executemany("INSERT INTO pieces VALUES (?, ?, ?, ?, ?)", pieces)
    join = f"SELECT x, {LIMIT_SQL} FROM range(0, 20000, 7) f(x) JOIN pieces l ON x > l.x_from AND x <= l.x_to ORDER BY x"
    for x, limit in connection.sql(join).fetchall():
        assert limit == form.segment(x).limit(x)


@pytest.mark.parametrize(
    "cell",
    [
        24.5,
        None,
        True,
        "many",
        {"each": 0.8, "of": "heads"},
        {"each": "0.8"},
        {"each": "0.8", "of": "heads", "round": "away"},
        {"each": "0.8", "blocks": [], "of": "heads"},
        {"blocks": [{"per": 20}, {"per": 30}], "of": "heads"},
        {"sum": "1", "of": "heads"},
        {"blocks": [{"up_to": 100, "per": 20}, {"up_to": 50, "per": 20}, {"per": 30}], "of": "heads"},
        {"each": "1", "of": "heads", "to": 1},
    ],
)
def test_a_cell_that_is_no_form_is_refused(cell: Any):
    with pytest.raises(BadForm):
        read(cell)


def test_a_number_with_more_places_than_its_column_is_refused():
    with pytest.raises(BadForm):
        read("24.555", places=2)


def test_words_have_no_number():
    assert not read({"text": "视需要"}).has_number
    with pytest.raises(BadForm):
        read({"elsewhere": "由省规定"}).limit(1)


@pytest.mark.parametrize(
    ("cell", "places", "x", "shown"),
    [
        (COPIERS, 0, "130", "⌈100÷20⌉ + ⌈30÷30⌉ = 6"),
        (COPIERS, 0, "15", "⌈15÷20⌉ = 1"),
        (PRINTERS, 0, "31", "31 × 0.8 = 24.8 → 24"),
        (PRINTERS, 0, "30", "30 × 0.8 = 24"),
        (CANTEEN, 2, "150", "100 × 3.7 + 50 × 2.6 = 500"),
        (TABLES, 2, "80", "80 × 1200 = 96000"),
        (SERVICE, 2, "300", "9 − 2 × (300 − 200) ÷ 200 = 8"),
        (SERVICE, 2, "100", "9"),
        ("12", 2, "0", "12"),
    ],
)
def test_the_arithmetic_is_written_out(cell: Any, places: int, x: str, shown: str):
    assert steps(read(cell, places), Decimal(x)) == shown


@pytest.mark.parametrize(
    ("cell", "places", "shown"),
    [
        (COPIERS, 0, "⌈min(N,100)÷20⌉ + ⌈max(N−100,0)÷30⌉"),
        (PRINTERS, 0, "0.8 × N"),
        (CANTEEN, 2, "3.7 × min(N,100) + 2.6 × max(N−100,0)"),
        (TABLES, 2, "N≤50: 1600 × N; 50<N≤100: 1200 × N; N>100: 1000 × N"),
        (SERVICE, 2, "N≤200: 9; 200<N<400: (1100−N)÷100; N≥400: 7"),
    ],
)
def test_a_formula_reads_as_in_the_handbook(cell: Any, places: int, shown: str):
    assert formula(read(cell, places), "N") == shown
