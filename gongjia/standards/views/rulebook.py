"""The rulebook: every table with what is known of it, one table as printed, its history, its checks, its cases."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from gongjia.core.access import access
from gongjia.core.facts import facts
from gongjia.core.periods import today
from gongjia.org.choices import Nature
from gongjia.standards.choices import Outcome, Standing, Verification
from gongjia.standards.counting import checks_of, findings_by_row, total, touched
from gongjia.standards.explaining import code_title, language
from gongjia.standards.printing import history, lasting, say, sheet, tag
from gongjia.standards.resources import FINDINGS
from gongjia.standards.rulebook.book import Rulebook
from gongjia.standards.rulebook.cases import Case, load_cases, run_case
from gongjia.standards.rulebook.loading import load
from gongjia.standards.rulebook.schema import CodeTable, Table, Version
from gongjia.standards.rulebook.showing import units
from gongjia.standards.services import ASK, SIMULATE
from gongjia.web.addresses import list_url
from gongjia.web.scope import scope_of
from gongjia.web.views.entry import signed_in


@require_GET
@signed_in
def rulebook(request: HttpRequest) -> HttpResponse:
    """All tables by topic, the one that declares it first, and the code tables."""
    book = load()
    query = request.GET.get("q", "").strip()
    groups = [(_topic_group(topic), [_entry(book, table) for table in book.topic(topic)]) for topic in book.topics()]
    named = {"offices": _("办公用房"), "vehicles": _("公务用车"), "assets": _("设备家具与资产"), "others": _("其他")}
    books = [
        {"label": label, "tables": [e for group, es in groups if group == key for e in es if _matches(e, query)]}
        for key, label in named.items()
    ]
    codes = [
        {
            "key": c.key,
            "title": c.title.in_language(language()),
            "count": len(c.codes),
            "mark": tag(c.verification),
            "source": c.source.document,
        }
        for c in sorted(book.codes.values(), key=lambda c: c.title.zh)
    ]
    rows = [row for table in book.tables.values() for version in table.versions for row in version.rows]
    given = {
        "books": [b for b in books if b["tables"]],
        "codes": [c for c in codes if query in f"{c['title']}{c['key']}"],
        "q": query,
        "title": _("规范库"),
        "says": _("%(t)s 张表、%(v)s 个版本、%(r)s 行；%(b)s 行可作处理依据，其余只作提示。")
        % {
            "t": len(book.tables),
            "v": sum(len(t.versions) for t in book.tables.values()),
            "r": len(rows),
            "b": sum(row.grounds for row in rows),
        },
    }
    return render(request, "standards/rulebook.html", given)


def _topic_group(topic: str) -> str:
    """The kind of checks that read a topic; a topic that none reads stands by its name."""
    found = next((check.group for check in checks_of(topic) if check.group in ("offices", "vehicles", "assets")), "")
    return found or (
        "offices"
        if topic.startswith("office")
        else "vehicles"
        if topic.startswith(("vehicle", "nev"))
        else "assets"
        if topic.startswith("asset")
        else "others"
    )


def _entry(book: Rulebook, table: Table) -> dict[str, Any]:
    newest = max(table.versions, key=lambda version: version.start)
    counts: dict[str, int] = {}
    for row in newest.rows:
        counts[row.verification] = counts.get(row.verification, 0) + 1
    return {
        "key": table.key,
        "title": table.title.in_language(language()),
        "document": f"{newest.source.document} {newest.source.number}".strip(),
        "period": lasting(newest),
        "versions": len(table.versions),
        "rows": len(newest.rows),
        "counts": [(*tag(name), n) for name, n in counts.items()],
        "binds": _("；").join(units(book, each, language(), say) for each in newest.binds),
        "reference": table.key != table.topic,
        "in_force": any(version.in_force(today()) for version in table.versions),
    }


def _matches(entry: dict[str, Any], query: str) -> bool:
    return query.casefold() in f"{entry['title']}{entry['document']}{entry['key']}".casefold()


@require_GET
@signed_in
def table(request: HttpRequest, key: str) -> HttpResponse:
    """One table, or one code table, as printed."""
    book = load()
    if key in book.codes:
        return _codes(request, book.codes[key])
    if key not in book.tables:
        raise Http404(key)
    found = book.tables[key]
    versions = sorted(found.versions, key=lambda version: (version.start, version.id), reverse=True)
    version = next((each for each in versions if each.id == request.GET.get("version")), _current(versions))
    rights, path = access(request.user), scope_of(request).path
    reads = rights.can(FINDINGS.view_permission)
    shown = sheet(book, found, version, findings_by_row(request.user, version.id, path) if reads else None)
    given = {
        "table": found,
        "sheet": shown,
        "title": shown.title,
        "trail": [(_("规范库"), reverse("standards:rulebook"))],
        "reads": reads,
        "versions": [(each.id, lasting(each), each.id == version.id, each.in_force(today())) for each in versions],
        "histories": history(book, found),
        "note": found.note,
        "siblings": _siblings(book, found),
        "cases": _cases(book, found),
        "checks": [(check, list_url(FINDINGS, [("check_key", check.key)])) for check in checks_of(found.topic)],
        "may_simulate": rights.can(SIMULATE) and bool(checks_of(found.topic)),
        "may_ask": rights.can(ASK),
    }
    return render(request, "standards/table.html", given)


def _current(versions: list[Version]) -> Version:
    return next((each for each in versions if each.in_force(today())), versions[0])


def _siblings(book: Rulebook, found: Table) -> list[tuple[str, str]]:
    return [(each.key, each.title.in_language(language())) for each in book.topic(found.topic) if each.key != found.key]


def _codes(request: HttpRequest, found: CodeTable) -> HttpResponse:
    tongue = language()
    more = list(dict.fromkeys(name for code in found.codes.values() for name in code.more))
    rows = [(code.code, code.title.in_language(tongue), [_plain(code.more.get(name)) for name in more]) for code in found.codes.values()]
    given = {
        "codes": found,
        "title": found.title.in_language(tongue),
        "rows": rows,
        "more": more,
        "mark": tag(found.verification),
        "trail": [(_("规范库"), reverse("standards:rulebook"))],
    }
    return render(request, "standards/codes.html", given)


def _plain(value: Any) -> str:
    return "" if value is None else _("、").join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


@require_GET
@signed_in
def touched_by(request: HttpRequest, key: str) -> HttpResponse:
    """How many records the table decides now, as a part of its page."""
    book = load()
    if key not in book.tables:
        raise Http404(key)
    if not access(request.user).can(FINDINGS.view_permission):
        return HttpResponse("")
    rows = touched(request.user, book.tables[key], scope_of(request).path)
    return render(request, "standards/touched.html", {"rows": rows, "total": total(rows), "scope": scope_of(request).label})


def _cases(book: Rulebook, found: Table) -> list[dict[str, Any]]:
    """The worked examples of a table, each run now."""
    return [_case(book, case) for case in load_cases(book) if case.table == found.key]


def _case(book: Rulebook, case: Case) -> dict[str, Any]:
    wrong = run_case(book, case)
    given = " · ".join(f"{_name(book, name)} {_word(book, name, value)}" for name, value in case.given.items())
    expect = " · ".join(f"{_name(book, name)} {_word(book, name, value)}" for name, value in case.expect.items())
    return {"name": case.name, "on": case.on, "given": given, "expect": expect, "holds": not wrong, "wrong": wrong}


_EXPECTED = {
    "verdict": gettext_lazy("结论"),
    "limit": gettext_lazy("标准"),
    "over": gettext_lazy("超出"),
    "standing": gettext_lazy("效力"),
    "version": gettext_lazy("版本"),
    "reason": gettext_lazy("原因"),
    "blocks": gettext_lazy("可作处理依据"),
    "verification": gettext_lazy("核实程度"),
    "clause": gettext_lazy("条款"),
    "label": gettext_lazy("原文"),
    "number": gettext_lazy("文号"),
    "nature": gettext_lazy("单位性质"),
    "division": gettext_lazy("行政区划代码"),
}


_LISTS: dict[str, Any] = {"verdict": Outcome, "standing": Standing, "verification": Verification, "nature": Nature}


def _name(book: Rulebook, name: str) -> str:
    """What a name in a case file is called: a code table, a quantity, an expectation, or a fact."""
    if name in book.codes:
        return book.codes[name].title.in_language(language())
    quantity = book.codes["quantity"].codes.get(name)
    if quantity is not None:
        return quantity.title.in_language(language())
    if name in _EXPECTED:
        return str(_EXPECTED[name])
    return next((str(column.label) for declared in facts for column in declared.columns if column.name == name and column.label), name)


def _word(book: Rulebook, name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if value is None:
        return _("无")
    table = "tier" if name == "superior_tier" else name
    if table in book.codes:
        return code_title(book, table, str(value))
    if name in _LISTS:
        return str(_LISTS[name](str(value)).label)
    return _reason(book, str(value)) if name == "reason" else str(value)


def _reason(book: Rulebook, reason: str) -> str:
    kind, _sign, name = reason.partition(":")
    if kind in ("missing", "unreadable"):
        return (_("缺少“%(name)s”") if kind == "missing" else _("“%(name)s”不可用")) % {"name": _name(book, name)}
    return {"no_row": _("标准表里没有对应的行"), "set_elsewhere": _("标准另有规定")}.get(kind, reason)
