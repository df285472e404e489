"""Errors say file, sheet, reason and remedy, in the reader's language, whatever their parameters."""

import string

import pytest

from gongjia.importer.cells import CELL_MESSAGES, CODE_WORDS
from gongjia.importer.errors import REASONS, Unreadable
from gongjia.importer.headers import SKIPPED
from gongjia.importer.profile import load, shipped

CORE = {"missing", "unknown_choice", "too_long", "forbidden_unit", "negative", "depreciation_over_cost", "area_not_positive"}


PARAMETERS = dict.fromkeys(("size", "limit", "cells", "seconds", "detail", "what", "wanted", "sheets", "headers", "target"), "x")


class Anything(dict):  # type: ignore[type-arg]
    """Stands for every parameter that a sentence may ask for."""

    def __missing__(self, key: str) -> str:
        return key


@pytest.mark.parametrize("code", REASONS)
def test_every_reason_makes_a_whole_sentence(code: str) -> None:
    text = str(Unreadable(code, "账.xlsx", "表一", **PARAMETERS))
    assert text.startswith("文件“账.xlsx”的工作表“表一”：") and text.endswith("。") and "\n" not in text


def test_a_reason_is_told_in_the_language_asked_for() -> None:
    english = {"文件有打开密码": "the file has a password", "%(place)s：%(reason)s。%(remedy)s。": "%(place)s: %(reason)s. %(remedy)s."}
    text = Unreadable("password", "a.xlsx").message(lambda said: english.get(said, said))
    assert "a.xlsx" in text and "the file has a password." in text


def test_an_error_can_be_pickled_back_by_its_parts() -> None:
    error = Unreadable("too_big", "a.csv", size=300, limit=200)
    assert (error.code, error.file, error.params) == ("too_big", "a.csv", {"size": 300, "limit": 200})


@pytest.mark.parametrize("code", CELL_MESSAGES)
def test_sentences_about_cells_name_only_named_parameters(code: str) -> None:
    assert CELL_MESSAGES[code] % Anything()
    assert not list(filter(None, (field for _, field, _, _ in string.Formatter().parse(CELL_MESSAGES[code]))))


def test_every_kind_of_problem_has_a_short_name() -> None:
    watched = {watch.code for name in shipped() for watch in load(name).watch}
    assert (set(CELL_MESSAGES) | watched | CORE) - {"no_part"} <= set(CODE_WORDS) | {"no_part"}


def test_every_reason_to_leave_a_row_out_has_a_word() -> None:
    assert set(SKIPPED) == {"blank", "subtotal", "note", "numbering", "header"}
