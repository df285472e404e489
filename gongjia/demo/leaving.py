"""Cards on their way out: every way, in every state, in units of the city and of its counties."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from gongjia.demo.buying import BUYERS
from gongjia.demo.holding import cards_of, take
from gongjia.demo.warehouse import Keeper
from gongjia.domains.disposal.models import Disposal
from gongjia.ledger.models import Asset

CENT = Decimal("0.01")
WORN_BEFORE = dt.date(2019, 1, 1)
GRANTED = tuple(dt.date(2026, *day) for day in ((9, 3), (9, 17), (10, 9), (11, 5)))
"""On each of these days every way is gone once: the first are closed, then done, cancelled, and the last only granted."""
WAYS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("disposal.scrap_asset", {"reason": "worn_out", "explanation": "超过使用年限，配件停产，不能满足工作需要"}),
    ("disposal.sell_asset", {"reason": "surplus", "explanation": "闲置，本系统无单位需要", "recipient": "云川再生资源有限公司（虚构）"}),
    ("disposal.auction_asset", {"reason": "surplus", "explanation": "批量闲置，公开拍卖"}),
    ("disposal.donate_asset", {"reason": "surplus", "explanation": "支持乡村学校", "recipient": "双桥镇中心小学（虚构）"}),
    ("disposal.exchange_asset", {"reason": "other", "explanation": "以旧换新", "recipient": "云川信达办公设备有限公司（虚构）"}),
    ("disposal.transfer_free", {"reason": "reform", "explanation": "职能划转，资产随转", "recipient": "省生态监测总站云川站（演示）"}),
    ("disposal.write_off_asset", {"reason": "loss", "explanation": "被盗，公安机关已立案，责任已认定"}),
)
APPRAISED = ("disposal.sell_asset", "disposal.auction_asset", "disposal.exchange_asset")
PAID = ("sale", "auction")


def write_disposals(keeper: Keeper) -> int:
    """Dispose of things and return how many disposals there are."""
    for state, day in enumerate(GRANTED):
        for number, (key, reasons) in enumerate(WAYS):
            keeper.day = day
            keeper.do(key, [_asked(card, key, reasons, day) for card in _two(keeper, number + 3 * state, key)])
        if state < len(GRANTED) - 1:
            _go_on(keeper, day, state)
    _beyond_repair(keeper)
    return Disposal.objects.count()


def _two(keeper: Keeper, first: int, key: str) -> list[Asset]:
    """Return a card of each of the next two units that have one to dispose of."""
    found: list[Asset] = []
    for number in range(len(BUYERS)):
        if len(found) < 2:
            found += take(keeper, _leavers(keeper, BUYERS[(first + number) % len(BUYERS)], key), 1)
    return found


def _asked(card: Asset, key: str, reasons: dict[str, Any], day: dt.date) -> dict[str, Any]:
    paper = f"局党组会议纪要〔2026〕{day.month}号（虚构）"
    row = {"id": card.pk, **reasons, "decision": paper, "decided_on": day - dt.timedelta(days=9)}
    if key in APPRAISED:
        row |= {"appraisal": f"云评报字〔2026〕{card.pk % 900 + 100}号（虚构）", "appraised": Decimal(card.cost / 10).quantize(CENT)}
    return row


def _leavers(keeper: Keeper, code: str, key: str) -> Any:
    """Return what may go this way: worn equipment is scrapped, the rest is what stands about."""
    rows = cards_of(keeper, code, status__in=["in_use", "idle"], cost__gt=0)
    return rows.filter(acquired_on__lt=WORN_BEFORE, category__code__startswith="A02") if key.endswith("scrap_asset") else rows


def _go_on(keeper: Keeper, day: dt.date, state: int) -> None:
    """Take what was granted on a day as far as that day says: gone and closed, gone, or it stays after all, but for what was sold."""
    keeper.day = day + dt.timedelta(days=20)
    granted = list(Disposal.objects.filter(granted_on=day, state="granted").select_related("asset").order_by("pk"))
    stays = [made for made in granted if state == 2 and made.way != "sale"]
    keeper.do("disposal.cancel", [{"id": made.pk, "reason": "另有单位需要，改为调剂"} for made in stays])
    gone = [made for made in granted if made not in stays]
    keeper.do("disposal.complete", [_gone(keeper, made) for made in gone])
    if state == 0:
        keeper.day += dt.timedelta(days=12)
        keeper.do("disposal.close", [_closed(keeper, made) for made in gone])


def _gone(keeper: Keeper, made: Disposal) -> dict[str, Any]:
    income = Decimal(made.asset.cost / 12).quantize(CENT) if made.way in PAID else None
    return {"id": made.pk, "done_on": keeper.day, "document": f"云财资〔2026〕{made.pk % 90 + 10}号（虚构）", "income": income}


def _closed(keeper: Keeper, made: Disposal) -> dict[str, Any]:
    row: dict[str, Any] = {"id": made.pk, "voucher": f"记-{keeper.day:%m}-{made.pk % 80 + 10}"}
    return row | ({"remitted_on": keeper.day, "remittance": f"非税{keeper.day:%Y%m%d}02"} if made.way in PAID else {})


def _beyond_repair(keeper: Keeper) -> None:
    """One young device is destroyed by water and scrapped before its time, with an opinion that says so."""
    keeper.day = dt.date(2026, 10, 9)
    young = cards_of(keeper, "YC-JG", status="in_use", category__code__startswith="A02", acquired_on__gte=dt.date(2022, 1, 1))
    for card in take(keeper, young, 1):
        row = {"id": card.pk, "reason": "beyond_repair", "explanation": "暴雨进水，主板烧毁", "opinion": "维修费用高于重置价，无维修价值"}
        papers = {"decision": "局党组会议纪要〔2026〕10号（虚构）", "decided_on": dt.date(2026, 9, 28)}
        keeper.do("disposal.scrap_asset", [row | papers])
        made: Disposal = Disposal.objects.get(asset=card.pk)
        keeper.day = dt.date(2026, 10, 20)
        keeper.do("disposal.complete", [{"id": made.pk, "done_on": keeper.day, "document": "云财资〔2026〕88号（虚构）"}])


def left(unit_path: str) -> list[Asset]:
    """Return the cards of a tree that have gone and that finance has not written off."""
    done = Disposal.objects.filter(state="done", unit__path__startswith=unit_path).order_by("pk").select_related("asset")
    return [made.asset for made in done]
