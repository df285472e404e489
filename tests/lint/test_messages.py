"""The check that every Chinese source string has its English."""

from babel.messages.catalog import Catalog

from scripts.lint.messages import faults


def told(source: str, translation: str, fuzzy: bool = False) -> list[str]:
    wanted, known = Catalog(), Catalog(locale="en")
    if translation:
        known.add(source, translation, flags=["fuzzy"] if fuzzy else [])
    return list(faults(wanted.add(source), known))


def test_a_translated_string_passes() -> None:
    assert told("登记资产", "Register assets") == []


def test_a_string_without_english_is_told() -> None:
    assert told("登记资产", "") == ["no English"]


def test_a_guess_is_no_translation() -> None:
    assert told("登记资产", "Register", fuzzy=True) == ["the English is marked fuzzy"]


def test_a_lost_placeholder_is_told() -> None:
    assert told("共 %(count)s 行", "rows in all") == ["placeholders differ: rows in all"]
