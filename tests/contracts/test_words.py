"""Every word that a declaration shows has its English, and both languages say something."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils.translation import override

from gongjia.core.action import actions
from gongjia.core.check import checks
from gongjia.core.facts import facts
from gongjia.core.indicator import indicators
from gongjia.core.inputs import describe
from gongjia.core.jobs import job_kinds
from gongjia.core.nav import GROUPS, desk_cards, nav
from gongjia.core.panel import panels
from gongjia.core.permissions import all_permissions
from gongjia.core.resource import resources

CHINESE = re.compile(r"[一-鿿]")


def labels() -> Iterator[tuple[str, Any]]:
    """Yield every label of every declaration with where it stands."""
    for resource in resources:
        yield resource.key, resource.label
        yield f"{resource.key} empty", resource.empty
        for column in resource.by_name.values():
            yield f"{resource.key}.{column.name}", column.label
            yield f"{resource.key}.{column.name} group", column.group
            yield from ((f"{resource.key}.{column.name}={code}", label) for code, label in column.choices)
    for action in actions:
        yield action.key, action.label
        for field in describe(action.input_type):
            yield f"{action.key}.{field.name}", field.label
            yield f"{action.key}.{field.name} help", field.help
            yield f"{action.key}.{field.name} group", field.group
    for check in checks:
        yield from ((f"{check.key} {name}", getattr(check, name)) for name in ("label", "advice", "value_label", "unit"))
    for found in facts:
        yield from ((f"{found.key}.{column.name}", column.label) for column in found.columns)
    yield from ((each.key, each.label) for registry in (indicators, job_kinds, nav) for each in registry)
    yield from ((each.key, each.title) for registry in (panels, desk_cards) for each in registry)
    yield from all_permissions().items()
    yield from GROUPS.items()


def test_every_label_has_its_english():
    with override("en"):
        still_chinese = {where: str(label) for where, label in labels() if CHINESE.search(str(label))}
    assert not still_chinese


@pytest.mark.parametrize("registry", [resources, actions, checks, indicators, job_kinds, nav], ids=lambda made: made.noun)
def test_nothing_is_declared_without_a_label(registry: Any):
    assert all(str(each.label).strip() for each in registry)
