from datetime import date
from decimal import Decimal

import pytest

from gongjia.standards.rulebook.book import Rulebook
from gongjia.standards.rulebook.drafts import Edit, differences, draft, draft_table
from gongjia.standards.rulebook.errors import BadTable
from gongjia.standards.rulebook.forms import BadForm
from gongjia.standards.rulebook.judging import judge
from tests.standards.books import CHAIRS, book

STRICTER = Edit("chairs@2020-01-01", 1, "price", "700")


def limit(found: Rulebook, tier: str) -> Decimal | None:
    return judge(found, "chairs", "price", {"tier": tier, "unit_price": "1"}, date(2024, 6, 1)).limit


def test_a_draft_changes_one_cell_and_leaves_the_book_alone():
    before = book(chairs=CHAIRS)
    after = draft(before, [STRICTER])
    assert (limit(before, "central"), limit(after, "central"), limit(after, "municipal")) == (800, 700, 500)


def test_the_differences_of_a_draft_are_listed_cell_by_cell():
    before = book(chairs=CHAIRS)
    assert differences(before, draft(before, [STRICTER])) == [("chairs@2020-01-01", 1, "price", "800", "700")]


def test_two_drafts_can_be_compared():
    before = book(chairs=CHAIRS)
    other = draft(before, [Edit("chairs@2020-01-01", 1, "price", "600")])
    assert differences(draft(before, [STRICTER]), other)[0][3:] == ("700", "600")


def test_a_number_may_become_a_formula():
    after = draft(book(chairs=CHAIRS), [Edit("chairs@2020-01-01", 1, "price", {"each": "2", "of": "heads"})])
    given = {"tier": "central", "heads": 7, "unit_price": "1"}
    assert judge(after, "chairs", "price", given, date(2024, 6, 1)).limit == 14


def test_a_whole_table_can_be_written_anew():
    after = draft_table(book(chairs=CHAIRS), "chairs.yaml", CHAIRS.replace('"800"', '"650"'))
    assert limit(after, "central") == 650


def test_a_draft_that_cannot_be_read_is_refused():
    with pytest.raises(BadForm):
        draft(book(chairs=CHAIRS), [Edit("chairs@2020-01-01", 1, "price", "cheap")])
    with pytest.raises(BadTable):
        draft_table(book(chairs=CHAIRS), "chairs.yaml", "key: chairs")
