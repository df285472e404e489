"""Filters and globals that the templates of every package may use."""

import re
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


@cache
def icons() -> frozenset[str]:
    """Return the names in the vendored sprite."""
    sprite = (VENDOR / vendored_name("tabler-icons", "svg")).read_text(encoding="utf-8")
    return frozenset(re.findall(r'<symbol id="([\w-]+)"', sprite))


def drawn_icon(name: str) -> str:
    """Return the name, or that of a plain table where the sprite has no such icon."""
    return name if name in icons() else "table"


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
        "counted": wording.counted,
    }
    environment.filters.update(filters)
    environment.globals.update(vendored=vendored, drawn_icon=drawn_icon)
