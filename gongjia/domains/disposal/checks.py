"""What of disposals contradicts itself: a thing has gone, and no voucher took it off the books."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gongjia.core.check import Check, declare_check

declare_check(
    Check(
        key="disposal.not_written_off",
        label=_("处置后未核销"),
        facts="disposal.open",
        value="days_open",
        limit="0",
        unit=_("天"),
        value_name="days_open",
        value_label=_("处置后天数"),
        evidence=("asset_id", "done_on", "income"),
        advice=_("处置后应及时核销台账并作会计处理（国务院令第738号第三十五条）；记下凭证号，有收入的先上缴。"),
        group="contradictions",
        kind="contradiction",
    )
)
