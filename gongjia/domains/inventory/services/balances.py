"""Balances of finance: imported, and held against the cards and the things."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.problems import Problem
from gongjia.core.undo import restore_records
from gongjia.core.writing import change_rows, create_rows
from gongjia.domains.inventory.models import Balance
from gongjia.domains.inventory.resources import BALANCES


class RegisterBalance(Input, of=Balance):
    """One balance at the end of a day."""

    unit: Annotated[int, Ref("org.unit")] = given(synonyms=("单位编码", "核算单位"))
    on: dt.date = given(synonyms=("截止日期", "会计期间", "日期"))
    subject: str = given(synonyms=("科目编码", "科目代码", "科目"))
    detail: str = given("", help=_("明细科目，或资产编号；只有总额的留空。"), synonyms=("资产编号", "卡片编号", "明细科目", "辅助核算"))
    name: str = given("", synonyms=("科目名称", "资产名称"))
    amount: Decimal = given(synonyms=("期末余额", "余额", "金额"))


class EditBalance(Input, of=Balance):
    """A balance that is corrected."""

    id: Annotated[int, Ref("inventory.balance")] = given(label=_("财务余额"))
    name: str | None = given(None)
    amount: Decimal | None = given(None)


@action("inventory.register_balance", label=_("登记财务余额"), subject="inventory.balance", unit="unit", undo=restore_records)
def register_balances(context: Context, rows: Sequence[RegisterBalance]) -> list[int]:
    """Register balances."""
    return create_rows(context, BALANCES, rows, **context.provenance())


@register_balances.check
def subject_is_of_assets(context: Context, rows: Sequence[RegisterBalance]) -> list[Problem]:
    """Warn of subjects that have no cards: only 1601 and 1602, and what stands below them, are compared."""
    text = _now("科目 %(subject)s 不参加核对；固定资产是 1601，累计折旧是 1602。")
    return [
        Problem("subject", text % {"subject": row.subject}, "subject", index, "warning", row.subject)
        for index, row in enumerate(rows)
        if not row.subject.startswith(("1601", "1602"))
    ]


@action("inventory.edit_balance", label=_("更正财务余额"), subject="inventory.balance", undo=restore_records)
def edit_balances(context: Context, rows: Sequence[EditBalance]) -> list[int]:
    """Correct balances."""
    change_rows(context, BALANCES, rows)
    return [row.id for row in rows]
