"""A floor of two thousand rooms: how long the server draws it, how large it is, and how long a frame takes while it is panned."""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from bench import world
from bench.figures import Figure, percentile

from django.db import transaction  # isort: skip
from django.test import Client  # isort: skip
from playwright.sync_api import sync_playwright  # isort: skip

from e2e.browsing import launch
from e2e.site import GONGJIA, environment, free_port
from gongjia.config.home import home_folder
from gongjia.core import bulk
from gongjia.domains.drawings.geometry import slab
from gongjia.domains.drawings.models import FloorPlan, Shape
from gongjia.domains.offices.models import Building, Room
from gongjia.org.models import Place, Unit

ROOMS, ACROSS, WIDTH, DEPTH = 2_000, 80, 3_600, 5_400
REPEATS, MOVES = 7, 120
WATCH = """() => new Promise((done) => { window.gaps = []; let last = performance.now();
  const step = (now) => { window.gaps.push(now - last); last = now; if (!window.enough) requestAnimationFrame(step); };
  requestAnimationFrame(step); done(); })"""


def built() -> FloorPlan:
    """Write a building with one floor of rooms, each in the ledger, in rows on both sides of corridors."""
    unit = Unit.objects.create(code="U", name="市直机关", tier="municipal", division="349900", path="")
    Unit.objects.filter(pk=unit.pk).update(path=f"{unit.pk}.")
    place = Place.objects.create(code="B", name="大楼", kind="building", unit=unit, path="1/")
    building = Building.objects.create(place=place)
    outlines = [_outline(number) for number in range(ROOMS)]
    with transaction.atomic():
        names = [f"{number:04d}" for number in range(ROOMS)]
        area = Decimal(WIDTH * DEPTH) / 10**6
        places = bulk.insert(Place, ROOMS, code=names, name=names, kind="room", unit_id=unit.pk, use="office", usable_area=area, path="1/")
        bulk.insert(Room, ROOMS, ids=places, building_id=building.pk, floor_name="1层")
        plan = FloorPlan.objects.create(building=building, storey="1层", state="current", valid_from="2026-01-01", slab=slab(outlines))
        corners = {"x": [ring[0][0][0] + WIDTH // 2 for ring in outlines], "y": [ring[0][0][1] + DEPTH // 2 for ring in outlines]}
        more = {"plan_id": plan.pk, "area": area, "linked": "number"}
        bulk.insert(Shape, ROOMS, mark=names, number=names, room_id=places, outline=outlines, **corners, **more)
    return plan


def _outline(number: int) -> list[list[list[int]]]:
    x, row = number % ACROSS * (WIDTH + 200), number // ACROSS
    y = row * (DEPTH + 200) + row // 2 * 2_200
    return [[[x, y], [x + WIDTH, y], [x + WIDTH, y + DEPTH], [x, y + DEPTH]]]


@contextmanager
def served() -> Iterator[str]:
    """Serve this home while the block runs."""
    port = free_port()
    process = subprocess.Popen([GONGJIA, "serve", "--port", str(port)], env=environment(home_folder()), stdout=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        for _try in range(200):
            try:
                with urllib.request.urlopen(f"{url}/sign-in/", timeout=5):
                    break
            except OSError:
                time.sleep(0.1)
        yield url
    finally:
        process.terminate()
        process.wait(10)


def frames(url: str, path: str, session: str) -> list[float]:
    """Return the milliseconds between frames while the floor, enlarged, is dragged to and fro."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        context = browser.new_context(base_url=url, viewport={"width": 1440, "height": 900})
        context.add_cookies([{"name": "sessionid", "value": session, "url": url}])
        page = context.new_page()
        page.goto(path)
        page.locator("#stage").focus()
        for _press in range(6):
            page.keyboard.press("+")
        page.wait_for_timeout(600)
        gaps = _dragged(page)
        browser.close()
    return gaps


def _dragged(page: Any) -> list[float]:
    box = page.locator("#stage").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 20, y)
    page.evaluate(WATCH)
    for move in range(MOVES):
        page.mouse.move(x + 20 + (move % 40 - 20) * 6, y + (move % 24 - 12) * 5)
    gaps = page.evaluate("() => { window.enough = true; return window.gaps; }")
    page.mouse.up()
    return gaps[2:]


def main() -> None:
    root = world.migrated()
    plan = built()
    client = Client(SERVER_NAME="localhost")
    client.force_login(root, backend="django.contrib.auth.backends.ModelBackend")
    path = f"/drawings/floor/{plan.pk}/?by=vacancy"
    times, answer = [], client.get(path)
    for _turn in range(REPEATS):
        begun = time.perf_counter()
        answer = client.get(path)
        times.append((time.perf_counter() - begun) * 1000)
    if answer.status_code != 200:
        sys.exit(f"{path} answered {answer.status_code}")
    size = len(client.get(f"/drawings/floor/{plan.pk}/plan.svg").content) / 1000
    what = f"{ROOMS:,} rooms"
    world.emit(Figure("floor plan", f"{what}, the page, median", percentile(times, 0.5), "ms", at_most=1_000))
    world.emit(Figure("floor plan", f"{what}, the SVG", size, "kB", at_most=1_000))
    with served() as url:
        gaps = frames(url, path, client.cookies["sessionid"].value)
    world.emit(Figure("floor plan", f"{what}, a frame while panning, p95 of {len(gaps)}", percentile(gaps, 0.95), "ms", at_most=50))


if __name__ == "__main__":
    main()
