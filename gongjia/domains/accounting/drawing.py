"""What a page and a paper draw of a report: figures, topics, checks."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from gongjia.core.money import yuan
from gongjia.domains.accounting import telling
from gongjia.domains.accounting.filing import Read, checks, proved_rows
from gongjia.domains.accounting.topics import MISSING, NOT_SEEN
from gongjia.web.shapes import Figure
from gongjia.web.wording import amount, number


def drawn(made: Read, filed: int | None = None) -> dict[str, Any]:
    """Return what is drawn of a report; its figures lead to their cards."""
    whole = made.tables["overview"].whole()
    return {
        "topics": telling.told(made.tables, made.asked, filed),
        "checks": checks(made.tables),
        "proved": proved_rows(made.tables),
        "figures": [
            Figure(_("期末卡片"), number(whole.closing[0]), _("张")),
            Figure(_("期初原值"), *amount(yuan(whole.opening[2]))),
            Figure(_("期末原值"), *amount(yuan(whole.closing[2]))),
            Figure(_("期末净值"), *amount(yuan(whole.closing[2] - whole.closing[3]))),
        ],
        "missing": "、".join(str(name) for name in MISSING),
        "not_seen": NOT_SEEN,
    }
