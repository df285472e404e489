"""A class of assets is named by its code alone: the newest edition is meant."""

from gongjia.ledger.models import Category
from gongjia.ledger.resources import CATEGORIES
from tests.people import Town


def test_a_code_of_two_editions_means_the_newest(town: Town) -> None:
    Category.objects.create(system="gov-procurement", edition="2013", code="A02010105", name="便携式计算机", level=4)
    assert CATEGORIES.resolve(town.clerk, {"A02010105"}) == {"A02010105": town.desktop.pk}


def test_a_name_of_two_editions_means_the_newest(town: Town) -> None:
    Category.objects.create(system="gov-procurement", edition="2013", code="A02010104", name="台式计算机", level=4)
    assert CATEGORIES.resolve(town.clerk, {"台式计算机"}) == {"台式计算机": town.desktop.pk}
