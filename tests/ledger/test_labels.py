"""Labels: what stands on them, on which paper, and for whom."""

import re

import pytest
from django.test import Client

from gongjia.core.jobs import enqueue, perform
from gongjia.core.models import Job
from gongjia.ledger.labels import cards_for, code_of, label_of, label_sheet
from gongjia.ledger.models import Asset
from tests.people import Town


@pytest.fixture
def cards(town: Town) -> list[Asset]:
    """Twenty-five cards of the water bureau."""
    return [Asset.objects.create(unit=town.water, number=f"SW-{n:03}", name="激光打印机 A4 黑白 双面 网络打印") for n in range(25)]


def pages(sheet: bytes) -> list[tuple[int, int]]:
    """The size of every page in whole points."""
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", sheet)
    return [(round(float(width)), round(float(height))) for width, height in boxes]


def test_twenty_four_labels_fill_a_sheet_of_a4_and_the_next_begins_another(cards: list[Asset]):
    assert pages(label_sheet(cards, "a4")) == [(595, 842)] * 2


def test_a_label_printer_gets_one_label_a_page_of_60_by_40_mm(cards: list[Asset]):
    assert pages(label_sheet(cards[:3], "small")) == [(170, 113)] * 3


def test_a_label_names_unit_number_and_thing(cards: list[Asset]):
    label = label_of(cards[0], "")
    assert (label["unit"], label["number"], label["name"][:5]) == ("市水务局", "SW-000", "激光打印机")
    assert label["qr"].startswith("<svg")


def test_the_code_is_the_address_of_the_card_where_the_site_knows_its_own(cards: list[Asset]):
    assert code_of(cards[0], "https://gj.example") == f"https://gj.example/ledger/asset/{cards[0].pk}/"
    assert code_of(cards[0], "") == "SW-000"


def test_labels_come_in_the_order_of_the_marks_and_only_of_visible_cards(cards: list[Asset], town: Town):
    ids = [cards[2].pk, cards[0].pk]
    assert [card.pk for card in cards_for(town.clerk, ids)] == ids
    assert cards_for(town.stranger, ids) == []


def test_a_few_labels_come_at_once_and_a_stranger_gets_none(cards: list[Asset], town: Town, client: Client):
    address = f"/ledger/labels/?id={cards[0].pk}&shape=small"
    client.force_login(town.clerk)
    assert client.get(address).content.startswith(b"%PDF")
    client.force_login(town.stranger)
    assert client.get(address).status_code == 404


def test_many_labels_are_a_job_with_a_file(cards: list[Asset], town: Town):
    row = enqueue("ledger.labels", town.clerk, resource="ledger.asset", ids=[card.pk for card in cards], shape="a4")
    perform(row)
    done = Job.objects.get(pk=row.pk)
    assert (done.state, done.result, done.result_file.content_type) == ("done", {"labels": 25}, "application/pdf")
