"""The import wizard as a clerk drives it."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from e2e.browsing import Look, shoot


class Wizard:
    """One import in one browser, step by step."""

    def __init__(self, page: Page, look: Look) -> None:
        self.page, self.look = page, look

    def upload(self, path: Path, into: str = "ledger.asset") -> None:
        """Choose ledger and file, and wait until the columns are proposed."""
        self.page.get_by_test_id("upload").locator("#into").select_option(into)
        self.page.locator("#file").set_input_files(path)
        self.page.get_by_test_id("submit").click()
        expect(self.page.get_by_test_id("mapping")).to_be_visible()

    def column(self, title: str) -> Locator:
        """Return the field chosen for a column of the file."""
        return self.page.locator(f"select[name^=field-][aria-label*='{title}']")

    def read_again(self, row: int, depth: int) -> None:
        """Name another heading: its first row as a person counts, and how many rows it has."""
        form = self.page.get_by_test_id("look")
        if not form.is_visible():
            form.locator("xpath=preceding-sibling::summary").click()
        form.locator("#depth").select_option(str(depth))
        form.locator(f"input[name=header][value='{row - 1}']").check()
        form.get_by_role("button").click()
        expect(self.page.get_by_test_id("mapping")).to_be_visible()

    def preview(self) -> None:
        """Work out what would happen."""
        self.page.get_by_test_id("preview").click()
        expect(self.page.get_by_test_id("commit")).to_be_visible()

    def counts(self) -> list[int]:
        """Return the rows read, new, changed, unchanged, refused."""
        shown = self.page.get_by_test_id("counts").locator("strong").all_inner_texts()
        return [int(re.sub(r"\D", "", text)) for text in shown]

    def problem(self, row: int) -> Locator:
        """Return the line that tells what is wrong in a row of the file."""
        return self.page.get_by_test_id("problems").locator("tbody tr").filter(has_text=re.compile(rf"^\s*{row}\b"))

    def mend(self, cells: dict[int, str]) -> None:
        """Type a better value into the cell of each of the rows, and work it out again."""
        for row, text in cells.items():
            self.problem(row).locator("input[type=text]").fill(text)
        self.page.get_by_test_id("mend-submit").click()
        for row in cells:
            expect(self.problem(row)).to_have_count(0)
        expect(self.page.get_by_test_id("commit")).to_be_visible()

    def commit(self) -> None:
        """Write what is in order, and wait for the job."""
        self.page.get_by_test_id("commit").click()
        expect(self.page.get_by_test_id("done")).to_be_visible()

    def marked(self, folder: Path) -> Path:
        """Download the clerk's own workbook with the cells marked."""
        with self.page.expect_download() as waiting:
            self.page.get_by_test_id("marked").click()
        path = folder / waiting.value.suggested_filename
        waiting.value.save_as(path)
        return path

    def undo(self) -> None:
        """Take the whole batch back."""
        self.page.get_by_test_id("undo").click()
        expect(self.page.get_by_test_id("undone")).to_be_visible()

    def shoot(self, step: str) -> None:
        shoot(self.page, f"import-{step}-{self.look.name}")
