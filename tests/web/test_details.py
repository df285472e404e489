"""A row's page: for those who may see the row, with its facts, its history and the next acts."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongjia.core.models import Attachment
from tests.people import Town
from tests.web.cards import foreign, register

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(client: Client, town: Town) -> Client:
    client.force_login(town.clerk)
    return client


def url(pk: int) -> str:
    return f"/ledger/asset/{pk}/"


def test_a_row_shows_its_facts_with_units_and_links(clerk: Client, town: Town):
    [pk] = register(town, 1)
    text = clerk.get(url(pk)).content.decode()
    assert "4,800.50 元" in text
    assert "市水务局" in text
    assert "财务信息" in text


def test_a_row_tells_who_registered_it(clerk: Client, town: Town):
    [pk] = register(town, 1)
    text = clerk.get(url(pk)).content.decode()
    assert "登记资产" in text
    assert "clerk" in text


def test_a_foreign_row_is_not_found(clerk: Client, town: Town):
    assert clerk.get(url(foreign(town))).status_code == 404


def test_a_stranger_learns_nothing(client: Client, town: Town):
    [pk] = register(town, 1)
    client.force_login(town.stranger)
    answer = client.get(url(pk))
    assert answer.status_code == 403
    assert "台式计算机" not in answer.content.decode()


def test_beside_the_list_only_the_short_form_is_sent(clerk: Client, town: Town):
    [pk] = register(town, 1)
    text = clerk.get(url(pk) + "?beside=1").content.decode()
    assert "台式计算机" in text
    assert "<html" not in text


def test_one_who_only_reads_sees_no_act(client: Client, town: Town):
    [pk] = register(town, 1)
    client.force_login(town.inspector)
    assert "/edit/" not in client.get(url(pk)).content.decode()


def attach(client: Client, pk: int, name: str = "发票.pdf") -> None:
    client.post(f"/attach/ledger.asset/{pk}/", {"file": SimpleUploadedFile(name, b"%PDF-1.7")})


def test_a_document_hangs_on_the_row_and_comes_back(clerk: Client, town: Town):
    [pk] = register(town, 1)
    attach(clerk, pk)
    assert "发票.pdf" in clerk.get(url(pk)).content.decode()
    answer = clerk.get(f"/files/{Attachment.objects.get().pk}/")
    assert b"".join(answer.streaming_content) == b"%PDF-1.7"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_document_is_served_only_with_its_record(clerk: Client, client: Client, town: Town):
    pk = foreign(town)
    client.force_login(type(town.clerk).objects.get(username="root"))
    attach(client, pk)
    client.force_login(town.clerk)
    assert client.get(f"/files/{Attachment.objects.get().pk}/").status_code == 404


def test_a_program_is_not_a_document(clerk: Client, town: Town):
    [pk] = register(town, 1)
    attach(clerk, pk, "setup.exe")
    assert not Attachment.objects.exists()


def test_one_who_only_reads_attaches_nothing(client: Client, town: Town):
    [pk] = register(town, 1)
    client.force_login(town.stranger)
    attach(client, pk)
    assert not Attachment.objects.exists()
