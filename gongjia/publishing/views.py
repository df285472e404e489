"""The return of a division: preview, cross-checks, the rows behind each figure, filed versions; and the reconciliation of a unit."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongjia.core.access import access
from gongjia.core.action import actions
from gongjia.core.periods import today
from gongjia.core.resource import resources
from gongjia.domains.accounting.sheets import attached, workbook
from gongjia.org.models import Unit
from gongjia.org.resources import UNITS
from gongjia.publishing import reconciling, telling
from gongjia.publishing.crosschecks import crosschecks
from gongjia.publishing.filing import compute, differences, digest_of, read
from gongjia.publishing.form import Form, file_name, form_of, form_on
from gongjia.publishing.models import Division, OfficeReturn
from gongjia.publishing.reckoning import Made, reckon
from gongjia.publishing.resources import DIVISIONS, LINES, RETURNS
from gongjia.web.addresses import row_url
from gongjia.web.scope import scope_of
from gongjia.web.shapes import Figure
from gongjia.web.views.entry import signed_in
from gongjia.web.wording import number

FILE = "publishing.file_return"
SHOWN = 500


def _day(text: str) -> dt.date:
    try:
        return min(dt.date.fromisoformat(text), today()) if text else today()
    except ValueError:
        return today()


def _divisions(request: HttpRequest) -> list[Division]:
    if not access(request.user).can(RETURNS.view_permission):
        raise PermissionDenied(RETURNS.view_permission)
    return list(DIVISIONS.queryset(request.user).select_related("unit").order_by("code", "level"))


def _chosen(request: HttpRequest, known: list[Division]) -> Division | None:
    wanted = request.GET.get("division", "")
    if not wanted:
        return known[0] if known else None
    found = next((division for division in known if str(division.pk) == wanted), None)
    if found is None:
        raise Http404("publishing.division")
    return found


def _form(on: dt.date) -> Form:
    form = form_on(on)
    if form is None:
        raise Http404("publishing.form")
    return form


@require_GET
@signed_in
def office_return(request: HttpRequest) -> HttpResponse:
    """Preview the return of a division as of a day, with its cross-checks and what was filed."""
    known = _divisions(request)
    division = _chosen(request, known)
    if division is None:
        return render(request, "publishing/no_division.html", {"title": _("办公用房统计报告")})
    on = _day(request.GET.get("on", ""))
    form = _form(on)
    page = _drawn(reckon(division, on), form, {"division": division.pk, "on": on.isoformat()})
    page |= {
        "division": division,
        "divisions": known,
        "on": on,
        "name": file_name(division.name, division.code),
        "filed": [(row, row_url(RETURNS.key, row.pk)) for row in division.returns.order_by("-year", "-version")],
        "may_file": access(request.user).can(FILE, division.unit_id),
    }
    return render(request, "publishing/office_return.html", {"page": page, "title": _("办公用房统计报告")})


def _drawn(made: Made, form: Form, query: dict[str, Any]) -> dict[str, Any]:
    checks = crosschecks(made)
    failed = sum(not check.holds for check in checks)
    unseen = sum(not column.seen for table in form.tables for column in table.columns)
    return {
        "form": form,
        "tables": telling.told(made, form, query),
        "checks": checks,
        "failed": failed,
        "unseen": unseen,
        "strip": [
            Figure(_("填报单位"), made.tables["divisions"][0].cells["units"].value, _("个")),
            Figure(_("房屋"), number(len(made.tables["premises"])), _("处")),
            Figure(_("建筑面积"), number(made.sum("premises", "floor")), "m²"),
            Figure(_("使用面积"), number(made.sum("premises", "usable")), "m²"),
            Figure(_("未通过的校核"), number(failed), _("项"), tone="doubt" if failed else "order"),
        ],
    }


@require_GET
@signed_in
def rows(request: HttpRequest) -> HttpResponse:
    """The rows behind one figure: of a filed return as it was kept, else as computed now."""
    if filed := request.GET.get("filed", ""):
        kept: OfficeReturn = RETURNS.get(request.user, int(filed) if filed.isdigit() else 0)
        made, form = read(kept.content), form_of(kept.form)
    else:
        division = _chosen(request, _divisions(request))
        if division is None:
            raise Http404("publishing.division")
        on = _day(request.GET.get("on", ""))
        made, form = reckon(division, on), _form(on)
    table, row, column = (request.GET.get(name, "") for name in ("table", "row", "column"))
    line = next((line for line in made.tables.get(table, []) if line.key == row), None)
    if line is None or column not in line.cells or line.cells[column].refs is None:
        raise Http404("publishing.cell")
    return render(request, "publishing/rows.html", _behind(request, form, table, column, line))


def _behind(request: HttpRequest, form: Form, table: str, column: str, line: Any) -> dict[str, Any]:
    cell = line.cells[column]
    resource, keys = resources[cell.refs[0]], cell.refs[1]
    visible = resource.queryset(request.user)
    found = [row for start in range(0, min(len(keys), SHOWN), 400) for row in visible.filter(pk__in=keys[start : start + 400])]
    shown = next(each for each in form.table(table).columns if each.key == column)
    head = line.cells.get("name", line.cells.get("number"))
    return {
        "title": f"{head.value if head else ''} · {shown.title}",
        "says": telling.words(shown, cell.value),
        "resource": resource,
        "rows": [(row, row_url(resource.key, row.pk)) for row in found],
        "hidden": len(keys) - len(found),
    }


@require_POST
@signed_in
def file_return(request: HttpRequest) -> HttpResponse:
    """File the return as it is computed now."""
    raw: dict[str, Any] = {
        "division": request.POST.get("division", ""),
        "on": request.POST.get("on", ""),
        "note": request.POST.get("note", "")[:400],
    }
    raw["division"] = int(raw["division"]) if raw["division"].isdigit() else 0
    pk = actions[FILE].run(request.user, {name: value for name, value in raw.items() if value})
    return redirect(row_url(RETURNS.key, pk))


@require_GET
@signed_in
def book(request: HttpRequest) -> HttpResponse:
    """A return as a workbook under its exact name: a filed one as it was kept, else as computed now."""
    if filed := request.GET.get("filed", ""):
        kept: OfficeReturn = RETURNS.get(request.user, int(filed) if filed.isdigit() else 0)
        made, form, name = read(kept.content), form_of(kept.form), kept.file_name
    else:
        division = _chosen(request, _divisions(request))
        if division is None:
            raise Http404("publishing.division")
        on = _day(request.GET.get("on", ""))
        made, form, name = reckon(division, on), _form(on), file_name(division.name, division.code)
    return attached(workbook(telling.sheets(made, form, crosschecks(made))), f"{name}.xlsx")


@require_GET
@signed_in
def recompute(request: HttpRequest, pk: int) -> HttpResponse:
    """Compute a filed return again from the ledger as it is now; equal bytes, or every cell that differs."""
    kept: OfficeReturn = RETURNS.get(request.user, pk)
    form = form_of(kept.form)
    again = compute(kept.division, kept.on, form)
    was, now = read(kept.content), read(again)
    page = {
        "kept": kept,
        "same": again == kept.content.encode("ascii"),
        "sound": digest_of(kept.content.encode("ascii")) == kept.digest,
        "digest": digest_of(again),
        "differ": [(form.table(table).title, row, _title(form, table, column), a, b) for table, row, column, a, b in differences(was, now)],
    }
    return render(request, "publishing/recomputed.html", {"page": page, "title": _("重新计算")})


def _title(form: Form, table: str, column: str) -> str:
    return next((each.title for each in form.table(table).columns if each.key == column), column)


@require_GET
@signed_in
def ledgers(request: HttpRequest) -> HttpResponse:
    """One unit's ledger against the total ledger, its use and its titles."""
    unit = _unit(request)
    if unit is None:
        return render(request, "accounting/choose_unit.html", {"title": _("台账核对")})
    made = reconciling.reconcile(request.user, unit, today())
    page = {
        "unit": unit,
        "made": made,
        "parts": [(kind, reconciling.kind_words(kind), _found(made, kind)) for kind in reconciling.KINDS],
        "strip": [
            Figure(_("总台账房屋"), number(made.buildings), _("处")),
            Figure(_("分台账"), number(made.lines), _("处")),
            Figure(_("房间"), number(made.rooms), _("间")),
            Figure(_("差异"), number(len(made.found)), _("项"), tone="doubt" if made.found else "order"),
        ],
    }
    return render(request, "publishing/ledgers.html", {"page": page, "title": _("台账核对")})


def _found(made: reconciling.Reconciliation, kind: str) -> list[tuple[Any, str]]:
    return [(one, row_url(*one.ref) if one.ref else "") for one in made.found if one.kind == kind][:SHOWN]


def _unit(request: HttpRequest) -> Unit | None:
    if not access(request.user).can(LINES.view_permission):
        raise PermissionDenied(LINES.view_permission)
    wanted = request.GET.get("unit", "")
    if wanted:
        return UNITS.get(request.user, int(wanted) if wanted.isdigit() else 0)
    chosen = scope_of(request).unit_id
    visible = UNITS.queryset(request.user)
    return visible.filter(pk=chosen).first() if chosen else visible.order_by("path").first()


@require_GET
@signed_in
def ledgers_book(request: HttpRequest) -> HttpResponse:
    """The reconciliation of a unit as a workbook."""
    unit = _unit(request)
    if unit is None:
        raise Http404("org.unit")
    made = reconciling.reconcile(request.user, unit, today())
    heads = [_("核对"), _("编号"), _("名称"), _("差异"), _("台账"), _("对照")]
    return attached(
        workbook([(_("台账核对"), heads, list(reconciling.lines(made)))]), f"{_('台账核对')}-{unit.code}-{today().isoformat()}.xlsx"
    )
