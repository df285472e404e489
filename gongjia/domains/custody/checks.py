"""What of custody contradicts itself: a thing that should be back and is not, rent that stays where it came in."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gongjia.core.check import Check, declare_check

# No text that was read names a number of days: the day after the agreed one is late, and rent is due the day after it came in.
declare_check(
    Check(
        key="custody.letting_overdue",
        label=_("出租出借逾期未还"),
        facts="custody.lettings",
        value="days_overdue",
        limit="0",
        unit=_("天"),
        value_name="days_overdue",
        value_label=_("逾期天数"),
        evidence=("asset_id", "due_on"),
        advice=_("催还并登记归还；继续使用的，重新申请。"),
        group="contradictions",
        kind="contradiction",
    )
)

declare_check(
    Check(
        key="custody.rent_not_remitted",
        label=_("出租收入未上缴"),
        facts="custody.unremitted",
        value="days_kept",
        limit="0",
        unit=_("天"),
        value_name="days_kept",
        value_label=_("收款后天数"),
        evidence=("received_on", "amount"),
        advice=_("出租收入是政府非税收入，应及时上缴国库（国务院令第738号第二十五条）；上缴后补记缴款书号。"),
        group="contradictions",
        kind="contradiction",
    )
)
