"""What may be read of findings, excuses and rectifications."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, overload

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gongjia.core.check import checks
from gongjia.core.resource import Column, Resource, resource
from gongjia.standards.models import Excuse, Finding, Rectification


class CheckChoices(Sequence[tuple[str, Any]]):
    """The declared checks as choices of a column, read when they are asked for: packages above declare theirs later."""

    def __len__(self) -> int:
        return len(checks)

    @overload
    def __getitem__(self, index: int) -> tuple[str, Any]: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[tuple[str, Any]]: ...
    def __getitem__(self, index: int | slice) -> Any:
        return [(check.key, check.label) for check in checks][index]


CHECK_CHOICES: Any = CheckChoices()

FINDINGS = resource(
    Resource(
        key="standards.finding",
        model=Finding,
        label=_("核查发现"),
        title="pk",
        scope="unit",
        live="cured_on",
        order="-blocks",
        lookup=(),
        group="oversight",
        icon="flag",
        base=lambda: Finding.objects.filter(snapshot__isnull=True),
        actions=("standards.excuse_finding", "standards.assign_rectification"),
        bulk_actions=("standards.assign_rectification",),
        empty=_("没有待处理的发现。可以重新核查，或换一个单位看看。"),
        columns=(
            Column("check_key", kind="choice", choices=CHECK_CHOICES, filter=True, link="standards.finding"),
            Column("group", filter=True, shown=False),
            Column("unit", path="unit__name", label=_("单位"), filter=True),
            Column("subject", shown=False),
            Column("subject_id", shown=False),
            Column("fact_key", shown=False),
            Column("outcome", filter=True),
            Column("state", filter=True),
            Column("value"),
            Column("bound"),
            Column("over", sort=True),
            Column("blocks", filter=True),
            Column("standing", filter=True, shown=False),
            Column("verification", filter=True, shown=False),
            Column("table_version", filter=True, shown=False),
            Column("reason", shown=False),
            Column("event_on", shown=False),
            Column("found_on", sort=True, filter=True),
            Column("judged_on", shown=False),
        ),
    )
)

EXCUSES = resource(
    Resource(
        key="standards.excuse",
        model=Excuse,
        label=pgettext_lazy("名录", "例外"),
        title="reason",
        scope="unit",
        search=("reason", "document"),
        lookup=(),
        group="oversight",
        icon="shield",
        actions=("standards.end_excuse",),
        empty=_("还没有登记例外。在一条发现上可以登记，须附证明材料。"),
        columns=(
            Column("check_key", kind="choice", choices=CHECK_CHOICES, filter=True, link="standards.excuse"),
            Column("unit", path="unit__name", label=_("单位")),
            Column("subject", shown=False),
            Column("subject_id", shown=False),
            Column("reason"),
            Column("document"),
            Column("valid_from", sort=True, filter=True),
            Column("valid_to", sort=True, filter=True),
        ),
    )
)

RECTIFICATIONS = resource(
    Resource(
        key="standards.rectification",
        model=Rectification,
        label=pgettext_lazy("名录", "整改"),
        title="pk",
        scope="unit",
        lookup=(),
        group="oversight",
        icon="checklist",
        edit="standards.edit_rectification",
        bulk_actions=("standards.edit_rectification",),
        empty=_("还没有交办整改。在一条发现上可以指定责任人和期限。"),
        columns=(
            Column("check_key", "finding__check_key", _("核查项"), kind="choice", choices=CHECK_CHOICES, link="standards.rectification"),
            Column("unit", path="unit__name", label=_("单位")),
            Column("owner", path="owner__name", label=_("责任人")),
            Column("due_on", sort=True, filter=True),
            Column("state", filter=True),
            Column("done_on", filter=True),
            Column("note"),
        ),
    )
)
