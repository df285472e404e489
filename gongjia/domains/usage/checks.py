"""What of the use of rooms contradicts what was promised. The days are those that the records themselves name: no text gives others."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gongjia.core.check import Check, declare_check

declare_check(
    Check(
        key="usage.overage_unreviewed",
        label=_("结构性超面积逾期未复核"),
        facts="usage.reviews",
        value="days_late",
        limit="0",
        unit=_("天"),
        value_name="days_late",
        value_label=_("逾期天数"),
        evidence=("room_id", "review_on"),
        advice=_("到现场复核：结构原因仍在的写明下次复核日期，不在的终止例外并整改。"),
        group="contradictions",
        kind="contradiction",
    )
)

declare_check(
    Check(
        key="usage.issue_overdue",
        label=_("巡检问题逾期未整改"),
        facts="usage.issues",
        value="days_late",
        limit="0",
        unit=_("天"),
        value_name="days_late",
        value_label=_("逾期天数"),
        evidence=("room_id", "due_on"),
        advice=_("整改后登记措施，由巡检人复查销号。"),
        group="contradictions",
        kind="contradiction",
    )
)
