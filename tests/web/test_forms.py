"""Forms come from the action's input; what was typed stays; what may not be done is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from django.test import Client

from gongjia.core.models import Batch
from gongjia.ledger.models import Asset
from gongjia.web.weighing import Weigher, declare_weigher, weighers
from tests.people import Town
from tests.web.cards import card, foreign, register

pytestmark = pytest.mark.django_db
NEW = "/ledger/asset/new/"


@pytest.fixture
def clerk(client: Client, town: Town) -> Client:
    client.force_login(town.clerk)
    return client


def whole(client: Client, url: str, **changed: str) -> dict[str, str]:
    """Return what the drawn form would post, with some fields typed anew."""
    text = client.get(url).content.decode()
    values = dict(re.findall(r'<input type="(?:text|date|hidden)"[^>]* name="(\w+)"[^>]*? value="([^"]*)"', text))
    for name, options in re.findall(r'<select name="(\w+)".*?>(.*?)</select>', text, re.DOTALL):
        values[name] = next(iter(re.findall(r'value="([^"]*)" selected', options)), "")
    return {**values, **changed}


def test_the_form_asks_for_every_input_in_groups(clerk: Client):
    text = clerk.get(NEW).content.decode()
    assert text.index("基本信息") < text.index('name="number"') < text.index("财务信息") < text.index('name="cost"')


def test_a_fresh_form_holds_the_defaults(clerk: Client):
    text = clerk.get(NEW).content.decode()
    assert 'value="in_use" selected' in text
    assert 'name="quantity" id="id-quantity" value="1"' in text


def test_a_card_is_registered_and_shown(clerk: Client):
    answer = clerk.post(NEW, whole(clerk, NEW, **card("A-1")))
    made = Asset.objects.get()
    assert answer.url == f"/ledger/asset/{made.pk}/"
    assert answer.cookies["saved_draft"].value.endswith("ledger.register_asset%3Anew")


def test_nothing_typed_is_lost_and_each_mistake_is_said_at_its_field(clerk: Client):
    answer = clerk.post(NEW, {**card("A-1"), "unit": "没有这个", "acquired_on": "2019-13-05"})
    text = answer.content.decode()
    assert 'value="A-1"' in text
    assert 'value="没有这个"' in text
    assert 'href="#field-unit"' in text
    assert not Asset.objects.exists()


def test_the_required_is_missed_by_its_label(clerk: Client):
    text = clerk.post(NEW, {}).content.decode()
    assert "“资产编号”必须填写。" in text


def test_an_edit_carries_only_what_changed(clerk: Client, town: Town):
    [pk] = register(town, 1, brand="联想", status="idle", idle_since="2026-01-05")
    url = f"/ledger/asset/{pk}/edit/"
    clerk.post(url, whole(clerk, url, name="笔记本电脑"))
    changed = Asset.objects.get(pk=pk)
    assert (changed.name, changed.brand, changed.status, changed.version) == ("笔记本电脑", "联想", "idle", 2)


def test_a_field_can_be_emptied(clerk: Client, town: Town):
    [pk] = register(town, 1, brand="联想")
    url = f"/ledger/asset/{pk}/edit/"
    clerk.post(url, whole(clerk, url, brand=""))
    assert Asset.objects.get(pk=pk).brand == ""


def test_somebody_elses_newer_change_is_not_overwritten(clerk: Client, town: Town):
    [pk] = register(town, 1)
    url = f"/ledger/asset/{pk}/edit/"
    old = whole(clerk, url)
    clerk.post(url, whole(clerk, url, name="一"))
    text = clerk.post(url, {**old, "name": "二"}).content.decode()
    assert "别人改过" in text
    assert Asset.objects.get(pk=pk).name == "一"


def test_the_address_may_suggest_values(clerk: Client):
    assert 'value="A-77"' in clerk.get(NEW + "?number=A-77").content.decode()


def test_one_who_only_reads_may_not_write(client: Client, town: Town):
    [pk] = register(town, 1)
    client.force_login(town.inspector)
    assert [client.get(url).status_code for url in (NEW, f"/ledger/asset/{pk}/edit/")] == [403, 403]
    assert client.post(NEW, card("X")).status_code == 403


def test_a_foreign_row_has_no_form(clerk: Client, town: Town):
    pk = foreign(town)
    assert clerk.post(f"/ledger/asset/{pk}/edit/", {"name": "x"}).status_code == 404


def test_an_action_of_another_table_is_not_found(clerk: Client):
    assert clerk.get("/org/person/do/ledger.register_asset/").status_code == 404


def test_a_foreign_unit_is_refused(clerk: Client):
    assert clerk.post(NEW, card("A-1", unit="YC-DA")).status_code in (200, 403)
    assert not Asset.objects.exists()


def test_marked_rows_change_together(clerk: Client, town: Town):
    ids = register(town, 3)
    marked = {"id": ",".join(map(str, ids)), "action": "ledger.change_status"}
    assert "选中的 3 条" in clerk.post("/bulk/ledger.asset/", marked).content.decode()
    clerk.post("/bulk/ledger.asset/", {**marked, "sure": "1", "status": "idle", "idle_since": "2026-02-01"})
    assert Asset.objects.filter(status="idle").count() == 3


def test_marked_foreign_rows_stay_as_they_are(clerk: Client, town: Town):
    pk = foreign(town)
    answer = clerk.post("/bulk/ledger.asset/", {"id": pk, "action": "ledger.change_status", "sure": "1", "status": "idle"})
    assert answer.status_code in (200, 403, 404)
    assert Asset.objects.get(pk=pk).status == "in_use"


def test_nothing_marked_says_so(clerk: Client):
    assert "还没有选中" in clerk.post("/bulk/ledger.asset/", {"action": "ledger.change_status"}, follow=True).content.decode()


def test_the_own_last_change_can_be_taken_back(clerk: Client, town: Town):
    [pk] = register(town, 1)
    clerk.post(f"/ledger/asset/{pk}/edit/", {"name": "另一台", "unit": "YC-SW"})
    batch = Batch.objects.latest("id")
    assert f"/undo/{batch.pk}/" in clerk.get(f"/ledger/asset/{pk}/").content.decode()
    clerk.post(f"/undo/{batch.pk}/")
    assert Asset.objects.get(pk=pk).name == "台式计算机"


def test_the_change_of_another_is_not_mine_to_take_back(client: Client, town: Town):
    register(town, 1)
    client.force_login(town.inspector)
    assert client.post(f"/undo/{Batch.objects.latest('id').pk}/").status_code == 404


def echo(_user: Any, typed: Mapping[str, str]) -> dict[str, Any] | None:
    return {"hits": [], "q": typed["name"]} if typed["name"] else None


@pytest.fixture
def scales() -> Iterator[Weigher]:
    """A weigher of an action that nothing else weighs."""
    made = declare_weigher(Weigher("ledger.edit_asset", "web/hits.html", echo))
    yield made
    weighers.remove(made.action)


def test_a_form_says_what_is_thought_of_the_case_as_typed(clerk: Client, town: Town, scales: Weigher):
    [pk] = register(town, 1)
    assert 'hx-post="/weigh/ledger.edit_asset/"' in clerk.get(f"/ledger/asset/{pk}/edit/").content.decode()
    assert "换了名" in clerk.post("/weigh/ledger.edit_asset/", {"name": "换了名"}).content.decode()
    assert Asset.objects.get().name == "台式计算机"


def test_while_too_little_is_typed_a_form_says_nothing(clerk: Client, scales: Weigher):
    assert clerk.post("/weigh/ledger.edit_asset/", {}).content == b""


def test_only_one_who_may_write_is_told(client: Client, town: Town, scales: Weigher):
    client.force_login(town.stranger)
    assert client.post("/weigh/ledger.edit_asset/", {}).status_code == 403


def test_an_action_that_nothing_weighs_says_nothing(clerk: Client):
    assert clerk.post("/weigh/ledger.change_status/", {}).status_code == 404
