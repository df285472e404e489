"""The one page: the same figures on screen and on paper, each with its rows and its clause."""

import re
from html import unescape

from django.test import Client

from gongjia.dashboards.looking import Look
from gongjia.dashboards.one_page import fitted, one_page, sheets
from gongjia.standards.models import Finding
from gongjia.web.scope import Scope
from tests import people
from tests.dashboards.holdings import ON, card, category
from tests.people import Town

CITED = "office_room_area@2014-11-24"


def test_a_rule_stands_beside_the_clause_that_it_cites(town: Town):
    Finding.objects.filter(check_key="ledger.price").update(table_version=CITED)
    rules = next(table for table in one_page(Look(town.inspector, ON, Scope(""))).tables if table.key == "rules")
    _label, cells = rules.rows[0]
    assert [cell.words for cell in cells[:4]] == ["2", "1", "1", "–"]
    assert cells[4].words.startswith("《党政机关办公用房建设标准》 发改投资〔2014〕2674号")


def test_only_units_over_their_quota_are_named(town: Town):
    vehicles = next(table for table in one_page(Look(town.inspector, ON, Scope(""))).tables if table.key == "vehicles")
    assert [label for label, _cells in vehicles.rows] == ["市水务局"]


def test_every_figure_of_the_page_opens_its_rows(town: Town, client: Client):
    client.force_login(town.inspector)
    page = client.get("/one-page/").content.decode()
    links = {unescape(link) for link in re.findall(r'href="(/[a-z]+/[a-z]+/\?[^"]+)"', page)}
    assert len(links) > 12
    assert {client.get(link).status_code for link in links} == {200}


def test_the_page_fits_one_sheet_of_a4(town: Town):
    look = Look(town.inspector, ON, Scope("云川市"))
    sheet = fitted(look, "https://gj.example")
    assert re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", sheet) == [(b"595.2756", b"841.8898")]


def test_the_paper_is_closed_to_a_stranger(town: Town, client: Client):
    client.force_login(town.stranger)
    assert client.get("/one-page/pdf/").status_code == 403
    client.force_login(town.inspector)
    assert client.get("/one-page/pdf/").content.startswith(b"%PDF")


def test_a_house_with_very_many_units_still_fits_one_sheet(town: Town):
    for number in range(40):
        unit = people.unit(f"YC-{number}", f"云川市经济技术开发区第{number}综合行政执法支队直属机动大队", town.city)
        card(unit, "1", "9000", category(f"A03{number:02}0000", f"第{number}类通用及专用设备", 2), "idle", idle_since=people.SINCE)
        Finding.objects.filter(check_key="ledger.price").update(table_version=CITED)
    assert sheets(fitted(Look(town.inspector, ON, Scope("云川市")), "https://gj.example")) == 1
