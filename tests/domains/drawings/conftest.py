"""What the tests of drawings share."""

from pathlib import Path
from typing import Any

import pytest

from tests.domains.drawings import plans


@pytest.fixture
def house(db: None, tmp_path: Path, settings: Any) -> plans.House:
    """A building with four rooms and no drawing yet."""
    settings.GONGJIA_HOME = tmp_path / "home"
    return plans.build(tmp_path)
