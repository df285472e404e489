"""What stays too long: loans past their day, items that nobody takes, things kept after their occasion."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gongjia.core.check import Check, declare_check

declare_check(
    Check(
        key="warehouse.loan_overdue",
        label=_("借用逾期未还"),
        facts="warehouse.loans",
        value="days_overdue",
        table="warehouse_terms",
        limit="overdue_days",
        evidence=("borrower_id", "due_on", "days_overdue"),
        advice=_("催还并验收；确需续借的，由出借单位延长应还日期。"),
        group="warehouse",
    )
)

declare_check(
    Check(
        key="warehouse.long_in_stock",
        label=_("在仓时间过长"),
        facts="warehouse.lying",
        value="days_in_stock",
        table="warehouse_terms",
        limit="stay_days",
        evidence=("stored_on", "days_in_stock"),
        advice=_("降低条件再发布一次，或转捐赠、处置。"),
        group="warehouse",
    )
)

declare_check(
    Check(
        key="warehouse.occasion_not_returned",
        label=_("活动结束后资产未归仓"),
        facts="warehouse.after",
        value="days_after",
        table="warehouse_terms",
        limit="occasion_days",
        evidence=("occasion_id", "ends_on", "days_after"),
        advice=_("登记待盘活并申请入仓；仍需使用的，办理调剂。"),
        group="warehouse",
    )
)
