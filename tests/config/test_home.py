"""The home folder and the installation's own secret."""

import stat
from pathlib import Path

import pytest

from gongjia.config.home import home_folder, secret_key


def test_the_home_folder_is_made_on_first_use_and_closed_to_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGJIA_HOME", str(tmp_path / "new" / "home"))
    home = home_folder()
    assert home == tmp_path / "new" / "home"
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


def test_the_secret_is_drawn_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    first = secret_key(tmp_path)
    assert len(first) >= 50
    assert secret_key(tmp_path) == first
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_two_installations_never_share_a_secret(tmp_path: Path) -> None:
    homes = [tmp_path / name for name in ("one", "two")]
    for home in homes:
        home.mkdir()
    assert secret_key(homes[0]) != secret_key(homes[1])
