"""Columns find their fields by name, alias, part and likeness; units and dates say how they are to be read."""

import pytest

from gongjia.importer.fields import Target
from gongjia.importer.headers import Table, table_at
from gongjia.importer.mapping import Match, is_known, normalise, propose, unit_in
from gongjia.importer.profile import BadProfile, load, matches, parse, recognise, shipped
from gongjia.importer.sheets import Cell, from_rows
from gongjia.importer.watching import remarks

TARGETS = (
    Target("number", "资产编号", required=True),
    Target("name", "资产名称", required=True),
    Target("cost", "原值", "money", places=2),
    Target("acquired_on", "取得日期", "date"),
    Target("custodian", "使用人", "ref", ref="org.person"),
    Target("place", "存放地点", "ref", ref="org.place"),
    Target("place_text", "存放地点（原文）"),
)


def table(*rows: list[Cell]) -> Table:
    return table_at(from_rows("表", rows), 0)


def proposed(*rows: list[Cell]) -> dict[str, Match]:
    return {match.target.name: match for match in propose(table(*rows), TARGETS)}


@pytest.mark.parametrize(
    ("title", "field"),
    [("资产编号", "number"), ("Asset Tag", "number"), ("卡片 编号", "number"), ("asset_name", "name"), ("购置日期", "acquired_on"),
     ("使用信息/使用人", "custodian"), ("账面原值（元）", "cost"), ("Ｐurchase  Cost", "cost"), ("领用人", "custodian")],
)  # fmt: skip
def test_a_heading_finds_its_field(title: str, field: str) -> None:
    assert field in proposed([title, "无关列"], ["1", "x"])


def test_the_number_of_a_row_is_no_serial_number() -> None:
    serial = Target("serial", "产品序列号", synonyms=("序列号", "serial"))
    assert not propose(table(["序号"], ["1"]), [serial])


def test_the_surest_heading_wins_and_says_why() -> None:
    made = proposed(["购置金额", "原值"], ["1", "2"])
    assert (made["cost"].heading.title, made["cost"].why) == ("原值", "same")


def test_a_heading_of_the_same_name_is_used_once() -> None:
    assert proposed(["资产名称", "资产名称"], ["a", "b"])["name"].heading.nth == 1


def test_a_column_of_places_feeds_the_record_and_the_text() -> None:
    made = proposed(["存放地点", "资产编号"], ["201 室", "1"])
    assert made["place"].optional and made["place_text"].heading is made["place"].heading


def test_the_unit_of_a_heading_becomes_a_step() -> None:
    assert proposed(["原值（万元）", "资产编号"], [1.0, "1"])["cost"].transforms == [{"unit": "万元"}]


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("面积(㎡)", "m2"),
        ("原值（万元）", "万元"),
        ("单价/元", "元"),
        ("Area (sq ft)", "sqft"),
        ("Rentable Square Feet", "sqft"),
        ("名称", ""),
    ],
)
def test_units_are_read_from_headings(title: str, unit: str) -> None:
    assert unit_in(title) == unit


def test_dates_that_prove_an_order_ask_for_it() -> None:
    assert proposed(["购置日期", "资产编号"], ["05/13/2019", "1"])["acquired_on"].transforms == [{"date": {"order": "mdy"}}]


def test_headings_are_compared_without_case_width_and_brackets() -> None:
    assert normalise("Ａsset  Tag（必填）") == normalise("asset_tag")
    assert is_known("Asset-Tag")


def test_every_shipped_profile_can_be_read_and_speaks_both_languages() -> None:
    for name in shipped():
        made = load(name)
        assert made.title.keys() == {"zh", "en"}
        assert all(watch.message.keys() == {"zh", "en"} for watch in made.watch)


def test_a_profile_is_recognised_by_its_headings_only() -> None:
    assert recognise(table(["QTY", "Min Amount", "Item Number"], ["1", "2", "3"])).name == "snipeit_consumables"  # type: ignore[union-attr]
    assert recognise(table(["资产编号", "名称"], ["1", "2"])) is None


def test_a_profile_with_a_wrong_word_says_which() -> None:
    with pytest.raises(BadProfile, match="colums"):
        parse({"colums": []}, "x")
    with pytest.raises(ValueError, match="unknown transform: unti"):
        parse({"columns": [{"column": "a", "field": "b", "transforms": [{"unti": "sqft"}]}]})


def test_a_rule_may_name_the_second_of_two_columns() -> None:
    made = parse({"columns": [{"column": "名称", "nth": 2, "field": "name"}]})
    found = matches(made, table(["名称", "名称"], ["a", "b"]), TARGETS)
    assert found[0][1][0].index == 1


def test_a_watch_reports_each_row_or_once_with_the_count() -> None:
    watch = {"column": "c", "code": "x", "message": "m"}
    made = parse({"watch": [{**watch, "when": "<= 0"}, {**watch, "when": "empty", "once": True}, {**watch, "when": "repeated"}]})
    found = remarks(made, table(["c", "d"], [0.0, 1], ["", 2], [5.0, 3], ["-1", 4], [5.0, 5]))
    assert [(remark.row, remark.params.get("count")) for remark in found] == [(0, None), (3, None), (None, 1), (4, None)]


def test_an_unknown_profile_is_named_with_those_that_exist() -> None:
    with pytest.raises(BadProfile, match=r"没有名为“nope”的导入方案；有：.*seattle_fleet"):
        load("nope")
