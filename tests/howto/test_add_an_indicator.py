"""The how-to of indicators is run as it stands."""

import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from django.http import QueryDict

from gongjia.core.indicator import Indicator, indicators
from gongjia.core.query import filtered
from gongjia.core.resource import resources
from gongjia.ledger.models import Asset
from gongjia.web.asked import read_address
from tests.people import Town

DOC = Path(__file__).resolve().parents[2] / "docs" / "how-to-add-an-indicator.md"
KEY = "ledger.unpriced_by_unit"


@pytest.fixture
def declared() -> Iterator[Indicator]:
    """The indicator of the how-to, taken away again afterwards."""
    code = re.findall(r"```python\n(.*?)```", DOC.read_text(encoding="utf-8"), re.DOTALL)[0]
    exec(compile(code, DOC.name, "exec"), ModuleType("how_to").__dict__)
    yield indicators[KEY]
    indicators.remove(KEY)


def test_the_example_counts_and_its_link_opens_the_same_rows(declared: Indicator, town: Town):
    for number, cost in (("1", 0), ("2", 0), ("3", 10)):
        Asset.objects.create(unit=town.water, number=number, name="办公椅", cost=cost)
    figure = declared.figures(town.inspector, None, "")[0]
    rows = filtered(
        resources[declared.resource], town.inspector, read_address(resources[declared.resource], QueryDict(figure.query)).query("")
    )
    assert (figure.value, figure.unit_id, rows.count()) == (2, town.water.pk, 2)


def test_a_stranger_gets_no_figure_of_the_example(declared: Indicator, town: Town):
    Asset.objects.create(unit=town.water, number="1", name="办公椅")
    assert declared.figures(town.stranger, None, "") == []
