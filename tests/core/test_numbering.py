"""Document numbers are consecutive, and given back with the transaction that took them."""

from __future__ import annotations

import pytest
from django.db import transaction

from gongjia.core.numbering import numbered, take

pytestmark = [pytest.mark.django_db, pytest.mark.data]


def test_numbers_follow_each_other_within_their_series() -> None:
    assert numbered("CG", 2026, 2) == ["CG-2026-00001", "CG-2026-00002"]
    assert (numbered("CG", 2026), numbered("CG", 2027)) == (["CG-2026-00003"], ["CG-2027-00001"])


def test_a_document_that_was_not_written_leaves_no_gap() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        take("YS")
        raise RuntimeError
    assert take("YS") == [1]
