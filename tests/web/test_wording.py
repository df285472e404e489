"""Values as words."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils.translation import override

from gongjia.core.resource import Column, resources
from gongjia.web import wording

ASSETS = resources["ledger.asset"].by_name


SUMS = [("0", "0 元"), ("3450", "3,450 元"), ("217000", "21.7 万元"), ("486300000", "4.86 亿元"), ("-12000", "-1.2 万元")]
ENGLISH = [("3450", "3,450 yuan"), ("217000", "217,000 yuan"), ("486300000", "486.3 million yuan"), ("4863000000", "4.86 billion yuan")]
FIGURES = [(Decimal("12.60"), "12.6"), (1207, "1,207"), (Decimal("9.00"), "9"), (Decimal(1000), "1,000")]


@pytest.mark.parametrize(("yuan", "words"), SUMS)
def test_a_sum_takes_its_unit_from_its_size(yuan: str, words: str):
    assert wording.amount_words(Decimal(yuan)) == words


@pytest.mark.parametrize(("yuan", "words"), ENGLISH)
def test_an_english_sum_counts_in_millions(yuan: str, words: str):
    with override("en"):
        assert wording.amount_words(Decimal(yuan)) == words


@pytest.mark.parametrize(("value", "words"), FIGURES)
def test_a_figure_keeps_the_decimals_it_has(value: Decimal, words: str):
    assert wording.number(value) == words


def test_a_state_is_a_word_with_a_colour():
    column = ASSETS["status"]
    assert (wording.words("idle", column), wording.tone("idle", column)) == ("闲置", "doubt")


def test_money_shows_its_cents_and_its_unit():
    assert wording.words_with_unit(Decimal("4800.5"), ASSETS["cost"]) == "4,800.50 元"


@pytest.mark.parametrize("value", [None, ""])
def test_nothing_is_a_dash(value: object):
    assert wording.words_with_unit(value, ASSETS["cost"]) == wording.NOTHING


def test_yes_and_no_follow_the_language():
    column = Column("secret", kind="bool", label="x")
    with override("zh-hans"):
        assert (wording.words(True, column), wording.words(False, column)) == ("是", "否")


def test_instants_are_shown_in_local_time():
    assert wording.instant_words(dt.datetime(2026, 11, 24, 1, 12, tzinfo=dt.UTC)) == "2026-11-24 09:12"


@pytest.mark.parametrize(("seconds", "words"), [(0.4, "0.4 秒"), (42.4, "42 秒"), (125, "2 分 5 秒"), (7260, "2 小时 1 分")])
def test_a_span_is_said_roughly(seconds: float, words: str):
    assert wording.span_words(seconds) == words
