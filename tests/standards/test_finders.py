"""The one search finds the rulebook."""

import pytest
from django.utils.translation import override

from gongjia.standards.finders import find


@pytest.mark.parametrize("text", ["办公室使用面积", "2674", "office room area", "office_room_area"])
def test_a_table_is_found_by_title_number_and_key(text: str):
    with override("zh-hans"):
        assert any("/standards/rulebook/office_room_area/" in link.url for link in find(None, text, 50))


def test_nothing_else_is_found():
    assert find(None, "没有这样的表", 6) == []


def test_no_more_than_asked_for_is_found():
    assert len(find(None, "办公", 2)) == 2
