"""Seven ways out, each by request, with its ground and its papers; a card is closed when the thing has gone."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from gongjia.core.action import actions, context_for
from gongjia.core.gate import Case
from gongjia.core.problems import NeedsRequest, Refused
from gongjia.core.reservations import Claim
from gongjia.domains.disposal.models import Disposal
from gongjia.domains.disposal.services.asking import INPUTS
from gongjia.ledger.models import Asset, Entry
from gongjia.standards.asking import verdicts_of
from tests.people import Town

pytestmark = [pytest.mark.django_db, pytest.mark.data]
TODAY = dt.date(2026, 11, 24)
DECIDED = {"decision": "党组会议纪要〔2026〕12号", "decided_on": "2026-11-20", "explanation": "主板烧毁"}
PAPERS = {"recipient": "某乡镇", "appraisal": "评〔2026〕3号", "appraised": "100"}


@pytest.fixture
def card(town: Town) -> Asset:
    what = {"number": "A-1", "name": "台式计算机", "unit": "YC-SW", "cost": "4800", "category": "A02010105", "custodian": "P001"}
    return Asset.objects.get(pk=actions["ledger.register_asset"].run(town.clerk, {**what, "acquired_on": "2024-01-10"}))


def ask(town: Town, card: Asset, key: str = "scrap_asset", **more: Any) -> Disposal:
    made = actions[f"disposal.{key}"]
    row = {"id": card.pk, "reason": "beyond_repair", "opinion": "无法维修", **DECIDED, **more}
    made.run(town.clerk, row, request_key="QQ-1", on=TODAY)
    return Disposal.objects.get(asset=card)


def go(town: Town, key: str, disposal: Disposal, **row: Any) -> Disposal:
    actions[f"disposal.{key}"].run(town.clerk, {"id": disposal.pk, **row}, on=TODAY)
    disposal.refresh_from_db()
    return disposal


@pytest.mark.parametrize("key", [f"disposal.{name}" for name, _inputs, _label in INPUTS.values()])
def test_no_way_out_is_open_without_a_request(town: Town, card: Asset, key: str) -> None:
    with pytest.raises(NeedsRequest):
        actions[key].run(town.clerk, {"id": card.pk, "reason": "surplus", **DECIDED, **PAPERS})


@pytest.mark.parametrize("name", ["sell_asset", "auction_asset", "donate_asset", "exchange_asset", "transfer_free"])
def test_each_way_takes_its_papers(town: Town, card: Asset, name: str) -> None:
    wanted = {key: value for key, value in PAPERS.items() if key in actions[f"disposal.{name}"].input_type.model_fields}
    disposal = ask(town, card, name, reason="surplus", **wanted)
    card.refresh_from_db()
    assert (disposal.number, card.status, wanted != {}) == ("CHZ-2026-00001", "to_dispose", True)


def test_without_appraisal_nothing_is_auctioned(town: Town, card: Asset) -> None:
    with pytest.raises(Refused) as refusal:
        ask(town, card, "auction_asset", reason="surplus")
    assert {problem.field for problem in refusal.value.problems} == {"appraisal", "appraised"}


def test_the_ground_must_fit_the_way(town: Town, card: Asset) -> None:
    with pytest.raises(Refused, match="报废的理由应是"):
        ask(town, card, reason="surplus")
    with pytest.raises(Refused, match="损失核销的理由应是"):
        ask(town, card, "write_off_asset", reason="worn_out")


def test_what_cannot_be_mended_needs_an_opinion(town: Town, card: Asset) -> None:
    with pytest.raises(Refused, match="鉴定意见"):
        ask(town, card, opinion="")


def test_a_granted_disposal_ends_in_the_books(town: Town, card: Asset) -> None:
    disposal = go(town, "complete", ask(town, card), done_on="2026-11-24", income="35.50", document="财资批〔2026〕8号")
    card.refresh_from_db()
    assert (card.status, card.on_books, card.custodian, card.disposal) == ("disposed", False, None, "scrap")
    assert (card.disposal_income, card.disposal_document, card.disposed_on) == (Decimal("35.50"), "财资批〔2026〕8号", TODAY)
    assert Entry.objects.filter(asset=card).latest("seq").kind == "dispose" and disposal.state == "done"


def test_income_reaches_the_treasury_before_the_card_is_closed(town: Town, card: Asset) -> None:
    disposal = go(town, "complete", ask(town, card), done_on="2026-11-24", income="35.50")
    with pytest.raises(Refused, match="缴款书号"):
        go(town, "close", disposal, voucher="记-11")
    assert go(town, "close", disposal, voucher="记-11", remitted_on="2026-11-24", remittance="J-1").state == "closed"


def test_one_step_does_not_go_before_the_other(town: Town, card: Asset) -> None:
    disposal = ask(town, card)
    with pytest.raises(Refused, match="还不能核销"):
        go(town, "close", disposal, voucher="记-11")
    with pytest.raises(Refused, match="不能申请处置"):
        ask(town, card)


def test_a_disposal_that_does_not_happen_leaves_the_card_as_it_was(town: Town, card: Asset) -> None:
    go(town, "cancel", ask(town, card), reason="修好了")
    card.refresh_from_db()
    assert (card.status, card.custodian) == ("in_use", town.person)
    actions["disposal.scrap_asset"].run(town.clerk, {"id": card.pk, "reason": "worn_out", **DECIDED}, request_key="QQ-2", on=TODAY)
    assert list(Disposal.objects.filter(asset=card).order_by("pk").values_list("state", flat=True)) == ["cancelled", "granted"]


def test_early_scrapping_is_a_breach_unless_nothing_can_be_mended(town: Town, card: Asset) -> None:
    scrap, outcomes = actions["disposal.scrap_asset"], {}
    for reason in ("worn_out", "beyond_repair"):
        context = context_for(town.clerk, on=TODAY, request_key="QQ-1")
        rows = scrap.prepare(context, [{"id": card.pk, "reason": reason, "opinion": "无法维修", **DECIDED}]).rows
        with Case(scrap, context, rows).applied():
            outcomes[reason] = [one.outcome for one in verdicts_of("ledger.asset", card.pk, TODAY, keys=("ledger.scrapped_early",))]
    assert outcomes["worn_out"] != [] and outcomes["worn_out"][0] in ("breach", "doubt", "cannot_decide")
    assert outcomes["beyond_repair"] == []
    card.refresh_from_db()
    assert card.status == "in_use"


def test_a_request_reserves_its_card(town: Town, card: Asset) -> None:
    scrap, context = actions["disposal.scrap_asset"], context_for(town.clerk, on=TODAY, request_key="QQ-1")
    rows = scrap.prepare(context, [{"id": card.pk, "reason": "worn_out", **DECIDED}]).rows
    assert scrap.claims is not None and list(scrap.claims(context, rows)) == [Claim("ledger.asset", card.pk, name="台式计算机")]
