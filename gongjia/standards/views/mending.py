"""Rectifications and exceptions: the generic lists, with what each is about in words and what is overdue marked."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from gongjia.core.access import access
from gongjia.core.check import checks
from gongjia.core.models import Attachment
from gongjia.core.periods import today
from gongjia.core.resource import Resource
from gongjia.standards.choices import RectificationState
from gongjia.standards.drawing import tone_of
from gongjia.standards.explaining import briefs, titles
from gongjia.standards.models import Excuse, Rectification
from gongjia.standards.resources import EXCUSES, FINDINGS, RECTIFICATIONS
from gongjia.web import wording
from gongjia.web.addresses import list_url, row_url
from gongjia.web.listing import Heading, ListPage, Row
from gongjia.web.shapes import Cell, Figure, Link
from gongjia.web.views.entry import signed_in


class MendingPage(ListPage):
    """Rectifications with their findings."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(RECTIFICATIONS, request)
        words = [
            ("subject", _("对象"), False),
            ("unit", _("单位"), False),
            ("over", _("超出"), True),
            ("outcome", _("结论"), False),
            ("owner", _("责任人"), False),
            ("due_on", _("整改期限"), False),
            ("state", _("进度"), False),
        ]
        sorts = {heading.name: heading for heading in self.columns}
        self.columns = [
            sorts.get(name, Heading(name, label, numeric)) if name == "due_on" else Heading(name, label, numeric)
            for name, label, numeric in words
        ]
        self.strip = self._strip()

    def _rows(self) -> list[Row]:
        kept = Rectification.objects.select_related("finding__unit", "finding__excuse", "owner").in_bulk(
            [row["pk"] for row in self.found.rows]
        )
        ordered = [kept[row["pk"]] for row in self.found.rows]
        told = briefs([row.finding for row in ordered])
        return [_mending(row, brief) for row, brief in zip(ordered, told, strict=True)]

    def _strip(self) -> list[Figure]:
        day, done = today(), RectificationState.DONE
        counted = RECTIFICATIONS.queryset(self.request.user, self.scope.path).aggregate(
            late=Count("pk", filter=Q(due_on__lt=day) & ~Q(state=done)),
            open=Count("pk", filter=~Q(state=done)),
            done=Count("pk", filter=Q(state=done)),
            nobody=Count("pk", filter=Q(owner__isnull=True) & ~Q(state=done)),
        )
        late = list_url(RECTIFICATIONS, [("due_on__lte", day.isoformat()), ("state", "assigned"), ("state", "doing")])
        open_url = list_url(RECTIFICATIONS, [("state", "assigned"), ("state", "doing")])
        return [
            Figure(_("未完成"), wording.number(counted["open"]), _("条"), _("已交办、整改中"), open_url),
            Figure(_("逾期"), wording.number(counted["late"]), _("条"), _("期限已过"), late, "breach" if counted["late"] else ""),
            Figure(
                _("没有责任人"), wording.number(counted["nobody"]), _("条"), _("选中后可成批指定"), "", "doubt" if counted["nobody"] else ""
            ),
            Figure(
                _("已整改"), wording.number(counted["done"]), _("条"), _("核查消除后自动完成"), list_url(RECTIFICATIONS, [("state", done)])
            ),
        ]


def _mending(row: Rectification, brief: Any) -> Row:
    late = row.due_on < today() and row.state != RectificationState.DONE
    due = Cell(_("%(day)s 逾期") % {"day": row.due_on} if late else str(row.due_on), "breach" if late else "", "short")
    tones: dict[str, Any] = {RectificationState.DONE: "order", RectificationState.DOING: "info"}
    cells = [
        Cell(
            brief.title or f"F-{row.finding_id}",
            classes="first",
            small=" · ".join(part for part in (brief.check_label, brief.detail) if part),
        ),
        Cell(str(row.finding.unit.name)),
        Cell(brief.percent, classes="n"),
        Cell(brief.outcome_label, tone_of(row.finding), "short"),
        Cell(str(row.owner or wording.NOTHING), classes="" if row.owner else "void"),
        due,
        Cell(str(row.get_state_display()), tones.get(row.state, "plain"), small=row.note),
    ]
    return Row(row.pk, row_url(FINDINGS.key, row.finding_id), cells[0].text, cells)


class ExcusesPage(ListPage):
    """Exceptions with what they excuse, their evidence counted, those that ended marked."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(EXCUSES, request)
        words = [
            ("subject", _("对象")),
            ("unit", _("单位")),
            ("reason", _("理由")),
            ("document", _("批准文号")),
            ("valid_from", _("起始日期")),
            ("valid_to", _("截止日期")),
            ("evidence", _("证明材料")),
        ]
        sorts = {heading.name: heading for heading in self.columns if heading.sort_url}
        self.columns = [sorts.get(name) or Heading(name, label, name == "evidence") for name, label in words]
        self.strip: list[Figure] = []

    def _rows(self) -> list[Row]:
        kept = Excuse.objects.select_related("unit").in_bulk([row["pk"] for row in self.found.rows])
        names = titles((row.subject, row.subject_id) for row in kept.values())
        files = dict(Attachment.objects.filter(subject=EXCUSES.key, subject_id__in=kept).values_list("subject_id").annotate(n=Count("pk")))
        return [_excuse(kept[row["pk"]], names, files.get(row["pk"], 0)) for row in self.found.rows]


def _excuse(row: Excuse, names: dict[tuple[str, int], str], files: int) -> Row:
    over = row.valid_to < today()
    label = str(checks[row.check_key].label) if row.check_key in checks else row.check_key
    title = names.get((row.subject, row.subject_id), label)
    end = Cell(_("%(day)s 已到期") % {"day": row.valid_to} if over else str(row.valid_to), "doubt" if over else "", "short")
    cells = [
        Cell(title, classes="first", small=label),
        Cell(str(row.unit.name)),
        Cell(row.reason),
        Cell(row.document or wording.NOTHING, classes="" if row.document else "void"),
        Cell(str(row.valid_from), classes="short"),
        end,
        Cell(ngettext("%(n)s 份", "%(n)s 份", files) % {"n": files}, classes="n"),
    ]
    return Row(row.pk, row_url(EXCUSES.key, row.pk), title, cells)


def _page(request: HttpRequest, resource: Resource, made: type[MendingPage] | type[ExcusesPage]) -> HttpResponse:
    if not access(request.user).can(resource.view_permission):
        raise PermissionDenied(resource.view_permission)
    page = made(request)
    page.trail = ((_("核查"), list_url(FINDINGS)),)
    page.views = page.views or [Link(_("全部"), page.path, on=not page.asked.narrowed)]
    partial = request.headers.get("HX-Target") == "rows"
    return render(request, "web/list_rows.html" if partial else "standards/mending.html", {"page": page, "title": page.label})


@require_GET
@signed_in
def rectifications(request: HttpRequest) -> HttpResponse:
    """What is being mended: by whom, until when, how far."""
    return _page(request, RECTIFICATIONS, MendingPage)


@require_GET
@signed_in
def excuses(request: HttpRequest) -> HttpResponse:
    """What is excused: why, until when, with which evidence."""
    return _page(request, EXCUSES, ExcusesPage)
