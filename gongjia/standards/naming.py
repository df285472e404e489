"""What subjects, codes and fact keys are called in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.apps import apps
from django.utils.translation import get_language

from gongjia.core.check import Check, checks
from gongjia.core.facts import facts
from gongjia.core.resource import resources
from gongjia.standards.rulebook.book import Rulebook


def language() -> str:
    return get_language() or "zh"


_NUMBERED = {"ledger.asset": ("number",)}
"""Subjects whose name alone does not tell them apart."""


def titles(pairs: Iterable[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """What the subjects are called, one query a resource; whoever may read a finding may read its name."""
    wanted: dict[str, set[int]] = {}
    for key, pk in pairs:
        wanted.setdefault(key, set()).add(pk)
    found: dict[tuple[str, int], str] = {}
    for key, pks in wanted.items():
        declared = resources.get(key)
        if declared is None:
            continue
        column = declared.by_name.get(declared.title)
        paths = (*_NUMBERED.get(key, ()), column.path if column else declared.title)
        ids = sorted(pks)
        for start in range(0, len(ids), 900):
            rows = declared.model._base_manager.filter(pk__in=ids[start : start + 900])
            found |= {(key, pk): " ".join(str(name) for name in names) for pk, *names in rows.values_list("pk", *paths)}
    nameless = [pair for pair, name in found.items() if not name.strip()]
    return found | _by_base(nameless) if nameless else found


def _by_base(pairs: Iterable[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """What the records under them are called: a vehicle without a plate goes by its card."""
    under = {pair: base for pair in pairs if (base := _base_of(pair[0]))}
    names = titles((base, pk) for (_key, pk), base in under.items())
    return {pair: names[base, pair[1]] for pair, base in under.items() if (base, pair[1]) in names}


def _base_of(key: str) -> str:
    """The resource whose primary key the rows of another share, or nothing."""
    primary = resources[key].model._meta.pk
    base = primary.related_model if primary is not None and primary.is_relation else None
    return next((each.key for each in resources if base is not None and each.model is base), "")


def code_title(book: Rulebook, table: str, code: str) -> str:
    """The title of a code in the reader's language, from a code table or the choices of a model's field; else the code itself."""
    if table.count(".") == 2:
        app, model, name = table.split(".")
        return str(dict(apps.get_model(app, model)._meta.get_field(name).flatchoices).get(code, code))
    known = book.codes[table].codes.get(code) if table in book.codes else None
    return known.title.in_language(language()) if known else str(code)


def fact_title(book: Rulebook, check: Check, fact_key: str, names: Mapping[tuple[str, int], str] | None = None) -> str:
    """What a fact key means, as the item that is counted; `names` are titles already looked up."""
    declared = facts[check.facts]
    column = next((c for c in declared.columns if c.name == declared.identity), None)
    if not fact_key or column is None:
        return ""
    if column.codes not in resources:
        return code_title(book, column.codes, fact_key)
    pair = (column.codes, int(fact_key)) if fact_key.isdigit() else ("", 0)
    return (titles([pair]) if names is None else names).get(pair, fact_key)


def keyed(found: Any) -> Iterable[tuple[str, int]]:
    """The record that a fact key names, if it names one."""
    declared = facts[checks[found.check_key].facts]
    column = next((c for c in declared.columns if c.name == declared.identity), None)
    if column is not None and column.codes in resources and found.fact_key.isdigit():
        yield column.codes, int(found.fact_key)
