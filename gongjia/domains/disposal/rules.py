"""Which ground fits which way out, and which papers each way needs: from 国务院令第738号 第十九、二十一、三十六条."""

from __future__ import annotations

SCRAP_GROUNDS = ("obsolete", "beyond_repair", "worn_out", "force_majeure")
LOSS_GROUNDS = ("loss", "force_majeure")
OPEN_GROUNDS = ("surplus", "worn_out", "obsolete", "reform", "other")
GROUNDS: dict[str, tuple[str, ...]] = {
    "scrap": SCRAP_GROUNDS,
    "write_off": LOSS_GROUNDS,
    "sale": OPEN_GROUNDS,
    "auction": OPEN_GROUNDS,
    "donation": OPEN_GROUNDS,
    "exchange": OPEN_GROUNDS,
    "transfer_free": OPEN_GROUNDS,
}
APPRAISED = ("sale", "auction", "exchange")
"""Ways that need an appraisal (第三十六条)."""
TO_SOMEBODY = ("sale", "donation", "exchange", "transfer_free")
"""Ways that name who receives it."""
LEDGER_WAYS = {
    "scrap": "scrap",
    "sale": "sale",
    "auction": "sale",
    "donation": "donation",
    "exchange": "exchange",
    "transfer_free": "transfer",
    "write_off": "loss",
}
"""The form of disposal that the asset card knows for each way."""


def ground_fits(way: str, ground: str) -> bool:
    """Say whether a way may be gone on this ground."""
    return ground in GROUNDS[way]


def needs_opinion(ground: str) -> bool:
    """Say whether a ground must be shown by a technical opinion."""
    return ground in ("obsolete", "beyond_repair")
