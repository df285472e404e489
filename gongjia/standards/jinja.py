"""Words of the standards for the templates of every package."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from jinja2 import Environment

from gongjia.standards.drawing import Verdict, draw
from gongjia.standards.gates import kept_answer
from gongjia.web.references import openable
from gongjia.web.shapes import Step


def kept_verdict(kept: Mapping[str, Any], user: Any) -> Verdict:
    """Return the panel of a verdict that a request keeps, with the ways out that were found for it."""
    drawn = draw(kept_answer(kept), user, alternatives=False)
    links = openable(user, [(way["resource"], way["pk"]) for way in kept["ways"]])
    found = [Step(way["text"], links.get((way["resource"], way["pk"]), "")) for way in kept["ways"]]
    return replace(drawn, steps=[*found, *drawn.steps])


def extend(environment: Environment) -> None:
    """Let pages draw verdicts that were kept."""
    environment.globals.update(kept_verdict=kept_verdict)
