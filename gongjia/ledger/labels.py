"""Asset labels with a QR code, as PDF: sheets of 24 on A4, or one a page of 60 x 40 mm for label printers."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import segno
from django.conf import settings
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core import paper
from gongjia.core.jobs import Running, job
from gongjia.core.periods import today
from gongjia.core.problems import Problem, Refused
from gongjia.ledger.models import Asset
from gongjia.ledger.resources import ASSETS
from gongjia.web.addresses import row_url
from gongjia.web.bulk import BulkJob, declare_bulk_job

SOURCE = Path(__file__).parent / "typst" / "labels.typ"
SHAPES = ("a4", "small")
AT_ONCE = 200
MOST = 6_000


def code_of(card: Asset, origin: str) -> str:
    """Return what the QR code says: the card's address where the site's own is known, else its number."""
    return f"{origin}{row_url(ASSETS.key, card.pk)}" if origin else card.number


def qr(text: str) -> str:
    """Return a QR code as SVG, with 15 % redundancy, for labels get scratched."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", border=0, xmldecl=False, omitsize=True, nl=False)
    return out.getvalue().decode()


def label_of(card: Asset, origin: str) -> dict[str, str]:
    """Return what stands on a label."""
    acquired = card.acquired_on.isoformat() if card.acquired_on else ""
    note = " ".join(part for part in (card.model, acquired) if part)
    return {"unit": card.unit.name, "number": card.number, "name": card.name, "note": note, "qr": qr(code_of(card, origin))}


def label_sheet(cards: Iterable[Asset], shape: str, origin: str = "") -> bytes:
    """Return the labels of the cards as one PDF, in the order of the cards."""
    return sheet_of([label_of(card, origin) for card in cards], shape, _now("资产标签"))


def sheet_of(labels: Sequence[dict[str, str]], shape: str, title: str) -> bytes:
    """Return labels of any kind as one PDF."""
    return paper.pdf(SOURCE, {"shape": shape, "labels": labels}, title=title)


def cards_for(user: Any, ids: Sequence[int]) -> list[Asset]:
    """Return those of the cards that this person may see, in the order asked for."""
    found: dict[int, Asset] = {}
    for start in range(0, len(ids), 900):
        rows = ASSETS.queryset(user).filter(pk__in=ids[start : start + 900]).select_related("unit")
        found.update({card.pk: card for card in rows})
    return [found[pk] for pk in ids if pk in found]


def known_origin() -> str:
    """Return the site's own address where a setting names it."""
    return next(iter(settings.CSRF_TRUSTED_ORIGINS), "")


@job("ledger.labels", _("打印资产标签"))
def print_labels(running: Running, resource: str, ids: Sequence[int], shape: str, origin: str = "") -> dict[str, Any]:
    """Make the label sheet of marked cards, as the job's file."""
    refuse_too_many(ids)
    cards = cards_for(running.actor, ids)
    running.progress(0, len(cards))
    return keep(running, label_sheet(cards, shape, known_origin() or origin), len(cards), _now("资产标签"))


def refuse_too_many(ids: Sequence[int]) -> None:
    """Raise Refused for more labels than one file should hold."""
    if len(ids) > MOST:
        raise Refused([Problem("too_many_rows", _now("一次最多打印 %(n)s 张标签；请分几次。") % {"n": MOST})])


def keep(running: Running, sheet: bytes, count: int, title: str) -> dict[str, Any]:
    """Keep a sheet of labels as the job's file."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "labels.pdf"
        file.write_bytes(sheet)
        running.keep(file, f"{title}-{today().isoformat()}.pdf", "application/pdf")
    running.progress(count, count)
    return {"labels": count}


declare_bulk_job(BulkJob("labels_a4", _("打印标签（A4）"), ASSETS.key, "ledger.labels", params=(("shape", "a4"),)))
declare_bulk_job(BulkJob("labels_small", _("打印标签（60×40 mm）"), ASSETS.key, "ledger.labels", params=(("shape", "small"),)))
