"""What the how-to's example must do in use; run by test_add_a_domain.py inside a copy of the project that followed it."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from gongjia.cli.main import run
from gongjia.core.action import actions
from gongjia.core.indicator import indicators
from gongjia.core.models import AuditEntry, Job
from gongjia.core.problems import Forbidden
from gongjia.core.query import Query, page
from gongjia.core.resource import resources
from gongjia.core.undo import undo_batch
from gongjia.importer.running import run_import
from gongjia.org.models import Person
from gongjia.standards.sweep import run_sweep
from tests.api.conftest import program
from tests.people import Town

pytestmark = pytest.mark.django_db
REGISTER, EDIT, KEY, LIST = "parking.register_space", "parking.edit_space", "parking.space", "/parking/space/"


@pytest.fixture
def spaces(town: Town) -> list[int]:
    rows = [{"number": f"B1-{n}", "unit": "YC-SW", "kind": "garage" if n % 2 else "open", "rent": n * 100} for n in range(5)]
    return actions[REGISTER].run_many(town.clerk, [*rows, {"number": "B2-1", "unit": "YC-SW", "holder": "P001"}]).ids


@pytest.fixture
def browser(town: Town, client: Client) -> Client:
    client.force_login(town.clerk)
    return client


def test_the_list_the_search_and_the_filter(browser: Client, spaces: list[int]):
    assert "B1-4" in browser.get(LIST).content.decode()
    assert "B1-4" not in browser.get(LIST, {"q": "周立新"}).content.decode()
    found = browser.get(LIST, {"kind": "garage"}).content.decode()
    assert ("B1-1" in found, "B1-2" in found) == (True, False)


def test_search_finds_the_holder_by_pinyin_and_the_number_by_a_part(town: Town, spaces: list[int]):
    for text in ("zlx", "立新", "B2"):
        assert [row["number"] for row in page(resources[KEY], town.clerk, Query(q=text)).rows] == ["B2-1"]


def test_the_form_registers_and_edits(browser: Client, town: Town):
    browser.post(f"{LIST}new/", {"number": "C-1", "unit": town.water.code, "kind": "open", "rent": "12.50"})
    pk = resources[KEY].all_rows().get().pk
    browser.post(f"{LIST}{pk}/edit/", {"kind": "garage", "holder": "", "rent": "12.50"})
    row = resources[KEY].all_rows().get()
    assert (row.kind, str(row.rent), row.version) == ("garage", "12.50", 2)


def test_the_detail_page_shows_the_row_and_its_audit(browser: Client, spaces: list[int]):
    shown = browser.get(f"{LIST}{spaces[0]}/").content.decode()
    assert "B1-0" in shown
    assert "登记车位" in shown


def test_json_reads_and_writes(town: Town):
    caller = program(town.clerk)
    pk = caller.post(f"actions/{REGISTER}", {"number": "D-1", "unit": "YC-SW"}).json()["ids"][0]
    assert caller.get(f"parking/space/{pk}").json()["number"] == "D-1"
    assert caller.post(f"actions/{REGISTER}", {"number": "D-1", "unit": "YC-SW"}).status_code == 422
    assert f"/api/actions/{EDIT}" in caller.get("openapi.json").json()["paths"]


def test_a_file_is_imported_and_the_same_file_changes_nothing(town: Town, tmp_path: Path):
    file = tmp_path / "spaces.csv"
    file.write_text("车位号,单位编码,类型,租金\nE-1,YC-SW,车库,100\nE-2,YC-SW,露天,\nE-3,YC-SW,空中,1\n", encoding="utf-8")
    first, second = (run_import(file, KEY, actor=town.clerk) for _turn in range(2))
    assert (first.new, first.refused) == (2, 1)
    assert (second.new, second.unchanged, second.refused) == (0, 2, 1)
    undo_batch(town.clerk, AuditEntry.objects.filter(subject=KEY).first().batch)
    assert not resources[KEY].queryset(town.clerk).exists()


def test_the_export_has_the_rows(town: Town, spaces: list[int], browser: Client, tmp_path: Path):
    out = tmp_path / "spaces.csv"
    assert run(["export", KEY, "--out", str(out)]) == 0
    with out.open(encoding="utf-8-sig") as source:
        assert [row["车位号"] for row in csv.DictReader(source)][-1] == "B2-1"
    browser.post(f"{LIST}export/start/", {"format": "xlsx", "col": ["number"]})
    assert Job.objects.filter(kind="web.export").exists()


def test_rights_hold(town: Town, spaces: list[int]):
    with pytest.raises(Forbidden):
        actions[REGISTER].run(town.stranger, {"number": "F-1", "unit": "YC-SW"})
    with pytest.raises(Forbidden):
        actions[REGISTER].run(town.inspector, {"number": "F-1", "unit": "YC-SW"})
    assert resources[KEY].queryset(town.inspector).count() == len(spaces)
    assert not resources[KEY].queryset(town.stranger).exists()


def test_every_change_is_in_the_audit(town: Town, spaces: list[int]):
    actions[EDIT].run(town.clerk, {"id": spaces[0], "rent": "7"})
    entry: Any = AuditEntry.objects.latest("id")
    assert (entry.subject, entry.action, entry.before, entry.after) == (KEY, EDIT, {"rent": "0.00"}, {"rent": "7"})


def test_the_check_finds_and_the_indicator_counts(town: Town, spaces: list[int]):
    Person.objects.update(status="left", left_on="2024-05-01")
    sweep = run_sweep(keys=["parking.space_of_leaver"])
    assert sweep.counts == {"parking.space_of_leaver": {"doubt": 1}}
    figures = indicators["parking.spaces_by_unit"].figures(town.inspector, sweep.on, "")
    assert [(figure.unit_id, figure.value) for figure in figures] == [(town.water.pk, len(spaces))]
