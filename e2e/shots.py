"""`python -m e2e.shots [FOLDER]`: pictures of the main pages of the small demo city, at two widths, in two languages.

They go to `var/shots` unless a folder is named; `docs/picture.png` is made anew from the list of findings, and the pictures of floors,
a stack, the map and a room plan in `docs/pictures`, in both languages.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from e2e.browsing import ALL_LOOKS, DESKTOP, Look, Visitors, launch, shoot
from e2e.site import installed, template

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs" / "picture.png"
PICTURES = ROOT / "docs" / "pictures"
PAGES = {  # name: (who looks, what the browser opens)
    "sign-in": ("", "/sign-in/"),
    "desk": ("assets", "/"),
    "assets": ("assets", "/ledger/asset/?status=idle"),
    "rooms": ("space", "/offices/room/"),
    "vehicles": ("fleet", "/vehicles/vehicle/"),
    "people": ("assets", "/org/person/"),
    "register": ("assets", "/ledger/asset/new/"),
    "imports": ("assets", "/imports/"),
    "findings": ("inspector", "/standards/finding/?check_key=offices.room_over_entitlement"),
    "rectifications": ("inspector", "/standards/rectification/"),
    "rulebook": ("inspector", "/standards/rulebook/"),
    "table": ("inspector", "/standards/rulebook/office_room_area/"),
    "simulate": ("chief", "/standards/simulate/?a.20.max_m2=12&draft=a"),
    "ask": ("assets", "/standards/ask/?check=offices.room_over_entitlement&asked=1&tier=municipal&level.division_chief=1&area=26"),
    "cockpit": ("chief", "/cockpit/"),
    "wall": ("chief", "/cockpit/?wall=1"),
    "one-page": ("chief", "/one-page/"),
}
RECORDS = {"asset": ("assets", "/ledger/asset/?status=idle"), "finding": ("inspector", "/standards/finding/?group=offices")}


def settled(page: Page) -> Page:
    """Wait until nothing more comes, and what is being worked out is there."""
    page.wait_for_load_state("networkidle")
    page.get_by_test_id("simulating").wait_for(state="detached", timeout=60_000)
    return page


def first_record(page: Page) -> Page:
    """Open the first row of the list."""
    page.goto(str(page.locator("table.list tbody tr").first.get_attribute("data-url")))
    return settled(page)


def shoot_all(visitors: Visitors, look: Look) -> None:
    """Take every picture of one width and language."""
    for name, (account, path) in PAGES.items():
        shoot(settled(visitors.enter(account, look, path)), f"{name}-{look.name}")
    for name, (account, path) in RECORDS.items():
        shoot(first_record(visitors.enter(account, look, path)), f"{name}-{look.name}")


def picture(visitors: Visitors) -> None:
    """Take the picture of the README: the list of findings with a verdict beside it."""
    page = settled(visitors.enter("inspector", DESKTOP, PAGES["findings"][1]))
    page.screenshot(path=PICTURE)


def pictures(visitors: Visitors, look: Look) -> None:
    """Take the pictures of the pages about office space: a floor with a room opened, its building's stack, the map, a room plan."""
    page = visitors.enter("space", look, "/drawings/plan/")
    plan = str(page.locator("table.list tbody tr").first.get_attribute("data-url")).strip("/").split("/")[-1]
    page.goto(f"/drawings/floor/{plan}/?by=finding")
    page.locator("svg.floor .rooms a > path").nth(1).click()
    page.get_by_test_id("room-panel").wait_for()
    keep(page, "floor", look)
    page.goto(str(page.locator("a[href*='/drawings/stack/']").first.get_attribute("href")))
    keep(page, "stack", look)
    for name, path in (("map", "/drawings/map/"), ("room-plan", "/allocation/")):
        page.goto(path)
        keep(page, name, look)


def keep(page: Page, name: str, look: Look) -> None:
    """Keep what the window shows as a picture of the docs."""
    settled(page).screenshot(path=PICTURES / f"{name}-{look.language[:2]}.png")


def main() -> int:
    os.environ["GONGJIA_SHOTS"] = folder = sys.argv[1] if len(sys.argv) > 1 else str(ROOT / "var" / "shots")
    with tempfile.TemporaryDirectory(prefix="gongjia-shots-") as made, sync_playwright() as playwright:
        site = installed(Path(made), template(Path(made)))
        try:
            visitors = Visitors(site.start(), launch(playwright), playwright)
            with visitors.watched():
                for look in ALL_LOOKS:
                    shoot_all(visitors, look)
                    if not look.phone:
                        pictures(visitors, look)
                picture(visitors)
        finally:
            site.stop()
    print(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
