"""Filters and globals that the templates of every package may use."""

from functools import cache
from pathlib import Path
from typing import Any

from django.templatetags.static import static
from jinja2 import Environment

from gongjia.web import wording

VENDOR = Path(__file__).parent / "static" / "vendor"


@cache
def vendored_name(stem: str, suffix: str) -> str:
    """Return the file name of a vendored package, whatever its version."""
    return next(path.name for path in sorted(VENDOR.glob(f"{stem}-*.{suffix}")))


def vendored(stem: str, suffix: str) -> str:
    """Return the address of a vendored file."""
    return static(f"vendor/{vendored_name(stem, suffix)}")


def extend(environment: Environment) -> None:
    """Add this door's words to the environment."""
    filters: dict[str, Any] = {
        "number": wording.number,
        "amount": wording.amount_words,
        "day": wording.date_words,
        "instant": wording.instant_words,
        "span": wording.span_words,
    }
    environment.filters.update(filters)
    environment.globals.update(vendored=vendored)
