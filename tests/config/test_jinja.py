"""The template environment."""

import pytest
from django.template import engines
from django.utils.translation import override
from jinja2 import UndefinedError


def render(source: str, **values: object) -> str:
    return engines.all()[0].from_string(source).render(values)


def test_a_misspelt_name_fails_instead_of_vanishing() -> None:
    with pytest.raises(UndefinedError):
        render("{{ asset.nmae }}", asset={})


def test_values_are_escaped() -> None:
    assert render("{{ name }}", name="<b>") == "&lt;b&gt;"


def test_a_sentence_takes_its_values_after_translation() -> None:
    with override("zh-hans"):
        assert render("{{ _('共 %(count)s 行', count=3) }}") == "共 3 行"


def test_addresses_come_from_names() -> None:
    assert render("{{ url('set_language') }}") == "/language/"


def test_static_files_are_addressed_with_their_hash() -> None:
    assert "?v=" in render("{{ static('vendor/htmx-2.0.11.min.js') }}")
