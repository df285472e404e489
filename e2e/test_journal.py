"""The audit administrator seals, hands the hash out, and proves that nothing was altered since."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.browsing import ALL_LOOKS, Look, Visitors, shoot
from gongjia.journal.verify import Verifier


def done(page: Page, act: str) -> None:
    """Press a button of the page and wait for its job."""
    page.get_by_test_id(act).click()
    expect(page.get_by_test_id("job")).to_have_attribute("data-state", "done")


@pytest.mark.parametrize("look", ALL_LOOKS, ids=lambda look: look.name)
def test_what_is_sealed_today_is_proven_by_its_hash(visitors: Visitors, look: Look, tmp_path: Path) -> None:
    page = visitors.enter("audit", look, "/journal/seal/")
    done(page, "act-seal")
    page.get_by_test_id("result-page").click()
    done(page, "act-verify")
    page.get_by_test_id("result-page").click()
    expect(page.get_by_test_id("strip")).to_contain_text(look.says("无改动", "In order"))
    shoot(page, f"seals-{look.name}")
    page.get_by_test_id("seals").locator("a").first.click()
    head = page.get_by_test_id("hash").inner_text()
    expect(page.get_by_test_id("hash")).to_have_text(re.compile(r"([0-9a-f]{8} ?){8}"))
    shoot(page, f"seal-{look.name}")
    assert exported(page, tmp_path, head).problems == 0


def exported(page: Page, folder: Path, head: str) -> Verifier:
    """Export the journal and verify the file as its receiver does."""
    page.goto("/journal/seal/")
    done(page, "act-export")
    with page.expect_download() as download:
        page.get_by_test_id("result").click()
    download.value.save_as(folder / "journal.txt")
    with (folder / "journal.txt").open("rb") as source:
        made = Verifier(lambda problem: None, [head]).read(source)
    assert made.anchored == made.seal > 0
    return made
