"""What the tests of publishing share: the estate of leasing, with a division that reports."""

import pytest

from tests.domains.leasing.letting import Estate, do


class Reporting(Estate):
    """The estate with a division of its own level."""

    def __init__(self) -> None:
        super().__init__()
        self.division = do(
            "publishing.register_division",
            self.keeper,
            {"unit": self.town.city.pk, "name": "安徽省云川市", "level": "municipal", "code": "340900000000"},
        )[0]


@pytest.fixture
def reporting(db: None) -> Reporting:
    """A town that reports; no building yet."""
    return Reporting()
