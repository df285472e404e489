"""What may be read of the books: postings and their lines, closed months, the work of assets, filed reports."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gongjia.core.resource import Column, Resource, resource
from gongjia.domains.accounting.models import Closing, FiledReport, Posting, PostingLine, WorkPlan

POSTINGS = resource(
    Resource(
        key="accounting.posting",
        icon="receipt",
        model=Posting,
        label=_("折旧记账"),
        title="month",
        scope="unit",
        lookup=(),
        live="",
        group="",
        actions=("accounting.post_depreciation", "accounting.reverse_depreciation"),
        empty=_("还没有计提过折旧。先选月份预览，再记账。"),
        columns=(
            Column("month", sort=True, filter=True, link="accounting.posting"),
            Column("unit", path="unit__name", filter=True),
            Column("version"),
            Column("kind", filter=True),
            Column("cards"),
            Column("amount", sort=True),
            Column("total", sort=True),
            Column("posted_at", sort=True),
            Column("actor", path="actor__name", shown=False),
        ),
    )
)

LINES = resource(
    Resource(
        key="accounting.postingline",
        icon="list-details",
        model=PostingLine,
        label=_("折旧记账明细"),
        title="account_subject",
        scope="posting__unit",
        lookup=(),
        live="",
        group="",
        columns=(
            Column("month", path="posting__month", sort=True, filter=True, link="accounting.postingline"),
            Column("unit", path="posting__unit__name", label=_("单位"), filter=True),
            Column("version", path="posting__version"),
            Column("kind", path="posting__kind", filter=True),
            Column("category", path="category__code", filter=True),
            Column("category_name", path="category__name", label=_("分类名称")),
            Column("account_subject", filter=True),
            Column("cards"),
            Column("amount", sort=True),
            Column("total", sort=True),
            Column("posting", path="posting__pk", label=_("记账编号"), filter=True, shown=False),
        ),
    )
)

CLOSINGS = resource(
    Resource(
        key="accounting.closing",
        icon="lock",
        model=Closing,
        label=_("结账"),
        title="month",
        scope="unit",
        lookup=(),
        live="reopened_at",
        group="",
        create="accounting.close_month",
        actions=("accounting.reopen_month",),
        empty=_("还没有结过账。结账以后，这个月和以前的月份不能再计提或冲销。"),
        columns=(
            Column("month", sort=True, filter=True, link="accounting.closing"),
            Column("unit", path="unit__name", filter=True),
            Column("closed_at", sort=True),
            Column("actor", path="actor__name"),
        ),
    )
)

WORK_PLANS = resource(
    Resource(
        key="accounting.workplan",
        icon="gauge",
        model=WorkPlan,
        label=_("工作量计划"),
        title="asset__number",
        scope="asset__unit",
        live="asset__closed_on",
        lookup=("asset__number",),
        order="pk",
        group="",
        create="accounting.plan_work",
        actions=("accounting.record_work",),
        empty=_("按工作量法计提的资产，先在这里登记预计总工作量，再逐月登记工作量。"),
        columns=(
            Column("asset", path="asset__number", label=_("资产编号"), link="accounting.workplan"),
            Column("name", path="asset__name"),
            Column("unit", path="asset__unit__name", label=_("单位"), filter=True),
            Column("planned"),
            Column("before"),
            Column("measure"),
        ),
    )
)

REPORTS = resource(
    Resource(
        key="accounting.filedreport",
        icon="report",
        model=FiledReport,
        label=_("资产年报"),
        title="year",
        scope="unit",
        lookup=(),
        live="",
        group="",
        actions=("accounting.file_report",),
        empty=_("还没有报送过年报。先选单位和年度预览，再报送。"),
        columns=(
            Column("year", sort=True, filter=True, link="accounting.filedreport"),
            Column("unit", path="unit__name", filter=True),
            Column("version"),
            Column("known_at"),
            Column("cards"),
            Column("cost"),
            Column("net"),
            Column("digest"),
            Column("note", shown=False),
            Column("filed_at", sort=True),
            Column("actor", path="actor__name", shown=False),
        ),
    )
)
