"""The gates of a request as its page shows them: verdict, conclusion, the gate's own drawing, and the form of an open question."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from gongjia.approvals.models import Request
from gongjia.approvals.tabling import named
from gongjia.core.gate import Gate, gates, gates_of
from gongjia.core.inputs import InputField, describe
from gongjia.core.resource import resources
from gongjia.web.forming import field_of, written
from gongjia.web.shapes import Field, Tone

TONES: dict[str, Tone] = {"clear": "order", "warning": "doubt", "question": "info", "blocked": "breach"}
WORDS = {"clear": _("通过"), "warning": _("提示"), "question": _("待答复"), "blocked": _("不能通过")}
GRAVITY = ("blocked", "question", "warning", "clear")
_LINE = re.compile(r"^(\d+)\.(\w+)$")
SPARE = 1
"""Empty lines that a form of many answers offers beyond those given."""


@dataclass(frozen=True)
class Shown:
    """One gate as the page draws it. `lines` are the fields of its answer, one list a line; empty where nothing is to be answered."""

    key: str
    label: Any
    verdict: str
    text: str
    html: SafeString
    lines: Sequence[Sequence[Field]] = ()
    draws_own: bool = False

    @property
    def tone(self) -> Tone:
        return TONES.get(self.verdict, "plain")

    @property
    def word(self) -> Any:
        return WORDS.get(self.verdict, self.verdict)

    @property
    def asks(self) -> bool:
        return bool(self.lines)


def shown_gates(page: HttpRequest, request: Request, said: Mapping[str, Mapping[str, Any]], *, open_to_answer: bool) -> list[Shown]:
    """Return what the gates said, in their order; with `open_to_answer`, with the forms of those that take an answer."""
    return [_shown(page, request, gate, said[gate.key], open_to_answer) for gate in gates_of(request.action) if gate.key in said]


def worst(said: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the gravest verdict, '' where no gate spoke."""
    found = {word["verdict"] for word in said.values()}
    return next((verdict for verdict in GRAVITY if verdict in found), "")


def _shown(page: HttpRequest, request: Request, gate: Gate, word: Mapping[str, Any], open_to_answer: bool) -> Shown:
    asks = open_to_answer and gate.answer is not None
    given = listed(request.answers.get(gate.key))
    html = SafeString()
    if gate.template:
        context = {
            "data": word["data"],
            "verdict": word["verdict"],
            "text": word["text"],
            "answers": given,
            "asks": asks,
            "request_page": request,
        }
        html = mark_safe(render_to_string(gate.template, context, request=page))  # noqa: S308 - a rendered template, escaped already
    own = asks and ' name="' in html
    wanted = asks and not own and (word["verdict"] == "question" or bool(given))
    lines = _lines(gate, given) if wanted else [[]] if own else []
    return Shown(gate.key, gate.label, word["verdict"], word["text"], html, lines, own)


def listed(answer: Any) -> list[dict[str, Any]]:
    """Return the answer of a gate as lines."""
    return list(answer) if isinstance(answer, list) else [answer] if answer else []


def _lines(gate: Gate, given: Sequence[Mapping[str, Any]]) -> list[list[Field]]:
    assert gate.answer is not None  # noqa: S101 - only gates with an answer have lines
    fields = describe(gate.answer)
    if not gate.many_answers:
        return [[_field(one, given[0] if given else {}, "") for one in fields]]
    rows: list[Mapping[str, Any]] = [*given, *({} for _spare in range(SPARE))]
    return [[_field(one, row, f"{number}.") for one in fields] for number, row in enumerate(rows)]


def _field(one: InputField, row: Mapping[str, Any], prefix: str) -> Field:
    value = row.get(one.name)
    text = code_of(one, value) if one.kind == "ref" else written(one, value)
    made = field_of(one, text, [])
    made.name, made.id = f"{prefix}{one.name}", f"id-{prefix}{one.name}"
    return made


def code_of(one: InputField, value: Any) -> str:
    """Return the code under which a record that was answered is looked up again."""
    if not isinstance(value, int) or one.ref not in resources:
        return ""
    found = named(resources[one.ref], {value}).get(value)
    return f"{found[1]} #{value}" if found else ""


def answer_of(key: str, data: QueryDict) -> list[dict[str, Any]] | dict[str, Any]:
    """Return what was typed into the form of a gate: `field`, or `line.field` where there are many; empty lines are left out."""
    gate = gates[key]
    names = {one.name: one for one in describe(gate.answer)} if gate.answer else {}
    lines: dict[int, dict[str, Any]] = {}
    for name in data:
        found = _LINE.match(name)
        number, own = (int(found[1]), found[2]) if found else (0, name)
        if own in names and data[name].strip():
            lines.setdefault(number, {})[own] = _typed(names[own], data[name].strip())
    rows = [lines[number] for number in sorted(lines)]
    return rows if gate.many_answers else rows[0] if rows else {}


def _typed(one: InputField, value: str) -> Any:
    """Return a look-up's `code #key` as the key, everything else as it was typed."""
    keyed = re.search(r" #(\d+)$", value)
    return (
        int(keyed[1])
        if one.kind == "ref" and keyed
        else int(value)
        if one.kind == "ref" and value.isdigit() and one.ref not in resources
        else value
    )
