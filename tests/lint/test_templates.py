"""The check of templates."""

from pathlib import Path

import pytest
from django.template import engines

from scripts.lint.templates import faults


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("<p>{{ _('资产') }}</p>", []),
        ("{% trans %}资产{% endtrans %}", []),
        ("{# 资产 #}<p></p>", []),
        ("<p>资产</p>", ["1: Chinese outside gettext: <p>资产</p>"]),
        ("<p style='color:red'></p>", ["1: inline style"]),
        ("<a onclick='go()'></a>", ["1: inline handler"]),
        ("<script>go()</script>", ["1: inline script"]),
        ("<script src='/static/a.js'></script>", []),
        ("<img src='https://example.org/a.png'>", ["1: foreign address"]),
    ],
)
def test_a_template_is_told_what_a_reader_or_browser_would_miss(tmp_path: Path, source: str, told: list[str]) -> None:
    path = tmp_path / "page.html"
    path.write_text(source, encoding="utf-8")
    assert list(faults(path, engines.all()[0].env)) == told


def test_a_template_that_does_not_compile_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("\n{% if %}", encoding="utf-8")
    assert next(faults(path, engines.all()[0].env)).startswith("2:")
