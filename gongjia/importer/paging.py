"""Everything that the pages of one import draw."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjia.core.undo import obstacles
from gongjia.importer.cells import CODE_WORDS
from gongjia.importer.deciding import Choice, choices_of, constants_of, extra_rules, field_options, missing_fields
from gongjia.importer.headers import SKIPPED
from gongjia.importer.models import ImportProblem, ImportSession
from gongjia.importer.services import profiles_for
from gongjia.importer.targets import Ledger, ledger

State = ImportSession.State
WORKING = (State.READING, State.PREVIEWING, State.COMMITTING, State.UNDOING)
TEMPLATES = {
    **dict.fromkeys(WORKING, "working"),
    State.UNREADABLE: "unreadable",
    State.MAPPED: "mapping",
    State.PREVIEWED: "preview",
    **dict.fromkeys((State.DONE, State.UNDONE), "result"),
}
SHOWN = 100
STEPS = (
    (State.READING, State.UNREADABLE),
    (State.MAPPED, State.PREVIEWING),
    (State.PREVIEWED, State.COMMITTING),
    (State.DONE, State.UNDOING, State.UNDONE),
)


class SessionPage:
    """One import as its page shows it; parts are worked out when a template asks."""

    def __init__(self, session: ImportSession, asked: QueryDict) -> None:
        self.session, self.asked = session, asked
        self.template = TEMPLATES[State(session.state)]
        self.url = reverse("importer:session", args=[session.pk])
        self.title = _("导入%(label)s") % {"label": self.ledger.resource.label} if session.into else _("导入")
        self.trail = ((_("导入"), reverse("importer:imports")),)
        self.shape: dict[str, Any] = session.shape
        self.counts: dict[str, Any] = session.counts

    @cached_property
    def ledger(self) -> Ledger:
        return ledger(self.session.into)

    def address(self, name: str, *parts: Any) -> str:
        return reverse(f"importer:{name}", args=[self.session.pk, *parts])

    @property
    def says(self) -> str:
        if not self.shape:
            return self.session.name
        text = _("%(file)s · 工作表“%(sheet)s” · %(rows)s 行数据")
        return text % {"file": self.session.name, "sheet": self.session.sheet, "rows": f"{self.shape['rows']:,}"}

    @cached_property
    def steps(self) -> list[tuple[str, bool]]:
        words = (_("上传"), _("核对列"), _("看结果"), _("完成"))
        here = next(number for number, states in enumerate(STEPS) if self.session.state in states)
        return [(word, number == here) for number, word in enumerate(words)]

    @property
    def ratio(self) -> float | None:
        job = self.session.job
        return min(1.0, job.done / job.total) if job is not None and job.total else None

    @property
    def busy_words(self) -> str:
        words = {
            State.READING: _("正在读取文件……"),
            State.PREVIEWING: _("正在试算……"),
            State.COMMITTING: _("正在写入……"),
            State.UNDOING: _("正在撤销……"),
        }
        return words.get(State(self.session.state), "")

    @cached_property
    def columns(self) -> list[Choice]:
        return choices_of(self.session)

    @cached_property
    def fields(self) -> list[tuple[str, str]]:
        return field_options(self.session.into)

    @cached_property
    def constants(self) -> list[tuple[Any, Any]]:
        return constants_of(self.session)

    @cached_property
    def missing(self) -> str:
        return "、".join(self.ledger.label(target.name) for target in missing_fields(self.session))

    @cached_property
    def extra(self) -> list[dict[str, Any]]:
        return extra_rules(self.session)

    @cached_property
    def profiles(self) -> list[tuple[str, str]]:
        return profiles_for(self.session.actor, self.session.into)

    @cached_property
    def left_out(self) -> list[str]:
        skipped = self.shape.get("skipped", {})
        return [
            _("%(what)s 第 %(rows)s 行") % {"what": _(SKIPPED[why]), "rows": "、".join(map(str, rows[:12]))}
            for why, rows in skipped.items()
        ]

    @cached_property
    def codes(self) -> list[dict[str, Any]]:
        """The kinds of problems with their counts, as filters."""
        chosen = self.asked.get("code", "")
        found = self.counts.get("codes", ())
        return [
            {"code": code, "label": _(CODE_WORDS.get(code, code)), "count": count, "on": code == chosen} for _level, code, count in found
        ]

    @cached_property
    def problems(self) -> list[ImportProblem]:
        rows = self.session.problems.order_by("id")
        if code := self.asked.get("code", ""):
            rows = rows.filter(code=code)
        if level := self.asked.get("level", ""):
            rows = rows.filter(level=level)
        after = self.asked.get("after", "")
        return list(rows.filter(pk__gt=int(after))[:SHOWN] if after.isdecimal() else rows[:SHOWN])

    @property
    def more_url(self) -> str:
        if len(self.problems) < SHOWN:
            return ""
        query = self.asked.copy()
        query["after"] = str(self.problems[-1].pk)
        return f"{self.url}?{query.urlencode()}"

    @cached_property
    def values(self) -> list[dict[str, Any]]:
        """Values that no choice stands for, commonest first, with the choices to translate them into."""
        found = self.session.problems.filter(code="unknown_choice").values_list("column", "value")
        fields = {choice.title: choice.field for choice in self.columns}
        made = []
        for (column, value), count in Counter(found).most_common(20):
            target = self.ledger.by_name.get(fields.get(column, ""))
            if target is not None and target.choices and value:
                made.append(
                    {"name": f"value-{target.name}:{value}", "column": column, "value": value, "count": count, "choices": target.choices}
                )
        return made

    @property
    def accepted(self) -> int:
        return int(self.counts.get("new", 0)) + int(self.counts.get("changed", 0))

    @cached_property
    def can_undo(self) -> bool:
        batch = self.session.batch
        return self.session.state == State.DONE and batch is not None and batch.undone_by_id is None and not obstacles(batch)

    @property
    def rows_url(self) -> str:
        return "/" + self.session.into.replace(".", "/") + "/"
