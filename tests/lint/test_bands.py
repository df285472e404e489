"""The check of sizes and names."""

from pathlib import Path

import pytest

from scripts.lint import bands


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(bands, "ROOT", tmp_path)
    return tmp_path / "ledger.py"


def test_a_small_module_is_inside(module: Path) -> None:
    module.write_text("def f(a: int) -> int:\n    return a\n")
    assert list(bands.outside(module)) == []


def test_a_long_file_is_told(module: Path) -> None:
    module.write_text("a = 1\n" * 401)
    assert list(bands.outside(module)) == ["ledger.py: 401 lines, 400 at most"]


def test_a_long_function_is_told_but_its_docstring_is_not_counted(module: Path) -> None:
    docstring = '    """One.\n' + "    more\n" * 50 + '    """\n'
    module.write_text("def f():\n" + docstring + "    a = 1\n" * 39)
    assert list(bands.outside(module)) == []
    module.write_text("def f():\n" + docstring + "    a = 1\n" * 40)
    assert list(bands.outside(module)) == ["ledger.py:1: f has 41 lines, 40 at most"]


def test_a_module_named_after_nothing_is_told(tmp_path: Path, module: Path) -> None:
    nameless = tmp_path / "utils.py"
    nameless.write_text("")
    assert list(bands.outside(nameless)) == ["utils.py: name the module after what it promises"]
