"""The phone's page: one place of a round, and an address that enters each count once, with its photo."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongjia.core.action import actions
from gongjia.core.models import Attachment
from gongjia.domains.inventory.models import CountLine, Round
from tests.people import Town

pytestmark = [pytest.mark.django_db, pytest.mark.data]


@pytest.fixture
def round_(town: Town) -> Round:
    card = {"number": "A-1", "name": "打印机", "unit": "YC-SW", "cost": "100", "place": "0612"}
    actions["ledger.register_asset"].run(town.clerk, card)
    row = {"title": "年度盘点", "unit": "YC-SW", "due_on": "2026-12-10"}
    return Round.objects.get(pk=actions["inventory.open_round"].run(town.clerk, row, on=dt.date(2026, 11, 24)))


@pytest.fixture
def phone(town: Town, client: Client) -> Client:
    client.force_login(town.clerk)
    return client


def send(phone: Client, round_: Round, **fields: Any) -> Any:
    return phone.post(f"/inventory/round/{round_.pk}/counts/", {"kind": "count", "client_key": "k1", **fields})


def test_the_page_shows_what_should_be_in_the_place(phone: Client, town: Town, round_: Round) -> None:
    page = phone.get(f"/inventory/round/{round_.pk}/count/", {"place": town.room.pk}).content.decode()
    assert 'data-code="A-1"' in page and "1 件未盘" in page and '<span id="seen">0</span> / 1' in page


def test_a_count_is_entered_once_with_its_photo(phone: Client, town: Town, round_: Round) -> None:
    for _again in range(2):
        photo = SimpleUploadedFile("a.jpg", b"\xff\xd8jpeg", "image/jpeg")
        answer = send(phone, round_, code="A-1", place=town.room.pk, photo=photo)
        assert answer.json()["label"] == "相符"
    line = CountLine.objects.get()
    assert (line.found, Attachment.objects.filter(subject="inventory.countline", subject_id=line.pk).count()) == ("found", 1)


def test_an_unknown_label_is_told_and_nothing_is_entered(phone: Client, round_: Round) -> None:
    answer = send(phone, round_, code="X-9")
    assert answer.status_code == 422 and "没有编号为“X-9”的卡片" in answer.json()["problems"][0]
    assert CountLine.objects.get().found == "pending"


def test_a_surplus_is_entered_once(phone: Client, town: Town, round_: Round) -> None:
    fields = {"kind": "surplus", "name": "饮水机", "place": town.room.pk, "client_key": "k2", "counted_quantity": "2"}
    first, again = (send(phone, round_, **fields).json()["line"] for _try in range(2))
    assert first == again and CountLine.objects.get(pk=first).counted_quantity == 2


def test_who_may_not_count_sees_no_page_and_enters_nothing(town: Town, client: Client, round_: Round) -> None:
    client.force_login(town.inspector)
    assert client.get(f"/inventory/round/{round_.pk}/count/").status_code == 403
    assert send(client, round_, code="A-1").status_code == 403
    client.force_login(town.stranger)
    assert client.get(f"/inventory/round/{round_.pk}/count/").status_code in (403, 404)
