"""Each Resource and each Action is closed to a stranger and to a foreign unit, in every door: pages, JSON, import."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from gongjia.core.action import actions
from gongjia.core.inputs import describe
from gongjia.core.models import Batch
from gongjia.core.problems import Forbidden, Refused
from gongjia.core.resource import resources
from gongjia.importer.errors import Unreadable
from gongjia.importer.running import run_import
from gongjia.importer.targets import importable
from gongjia.org.models import Unit
from gongjia.web.addresses import action_url, list_url, row_url
from tests.api.conftest import program
from tests.city import City
from tests.contracts.conftest import ABROAD, HOME, person, role_for
from tests.contracts.samples import sample

CLOSED = (403, 404)
SCOPED = [made for made in resources if made.scope]
IN_UNITS = [made for made in actions if resources[made.subject].scope and role_for(made.permission)]


def key_of(made: Any) -> str:
    return made.key


def page_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def abroad(resource: Any) -> int | None:
    """Return a row of the foreign unit."""
    path = Unit.objects.get(code=ABROAD).path
    return (
        resource.all_rows()
        .filter(**{f"{resource.scope}__in": Unit.objects.filter(path__startswith=path)})
        .values_list("pk", flat=True)
        .first()
    )


def pages_of(resource: Any, pk: int) -> list[str]:
    forms = [actions[key] for key in {resource.create, resource.edit, *resource.actions, *resource.bulk_actions} if key]
    return [
        row_url(resource.key, pk),
        list_url(resource),
        f"{list_url(resource)}export/",
        f"/lookup/{resource.key}/?q=a",
        *(action_url(resource, act, pk if act.is_edit else None) for act in forms),
    ]


@pytest.mark.parametrize("resource", resources, ids=key_of)
def test_no_page_of_a_resource_opens_for_a_stranger(city: City, resource: Any):
    stranger, nobody = page_of(person("stranger")), Client()
    pk = resource.all_rows().values_list("pk", flat=True).first() or 1
    answers = {url: stranger.get(url).status_code for url in pages_of(resource, pk)}
    assert set(answers.values()) <= set(CLOSED), answers
    assert {nobody.get(url).status_code for url in answers} == {302}


@pytest.mark.parametrize("resource", resources, ids=key_of)
def test_no_json_of_a_resource_is_given_to_a_stranger(city: City, resource: Any):
    stranger, path = program(person("stranger")), resource.key.replace(".", "/")
    pk = resource.all_rows().values_list("pk", flat=True).first() or 1
    assert {stranger.get(path).status_code, stranger.get(f"{path}/{pk}").status_code} == {403}
    assert Client().get(f"/api/{path}").status_code == 401


@pytest.mark.parametrize("action", actions, ids=key_of)
def test_no_action_is_done_by_a_stranger(city: City, action: Any):
    stranger, before = person("stranger"), Batch.objects.count()
    raw = sample(action, stranger, row=1) or {}
    assert program(stranger).post(f"actions/{action.key}", raw).status_code == 403
    with pytest.raises(Forbidden):
        action.run(stranger, raw)
    assert Batch.objects.filter(action=action.key, origin="form").count() == 0
    assert Batch.objects.count() == before + 1, "the token's own batch, and nothing else"


@pytest.mark.parametrize("resource", importable(), ids=key_of)
def test_nothing_is_imported_by_a_stranger(city: City, resource: Any, tmp_path: Path):
    with pytest.raises((Forbidden, Refused, Unreadable)):
        run_import(a_file_for(resource, tmp_path), resource.key, actor=person("stranger"))


def a_file_for(resource: Any, folder: Path, unit: str = ABROAD) -> Path:
    """Write a file whose columns bear the labels of the action's inputs, with one row about `unit`."""
    action = actions[resource.create]
    fields = [field for field in describe(action.input_type) if field.required or field.name == action.unit]
    root = type(person("reader")).objects.create_superuser("writer")
    raw = sample(action, root) or {}
    raw |= {action.unit: unit} if action.unit else {}
    path = folder / "rows.csv"
    lines = [",".join(str(field.label) for field in fields), ",".join(str(raw.get(field.name, "x1")) for field in fields)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.mark.parametrize("resource", SCOPED, ids=key_of)
def test_a_foreign_row_is_not_there_in_any_door(city: City, resource: Any):
    pk, role = abroad(resource), role_for(resource.view_permission)
    if pk is None:
        pytest.skip("the demo city has no such row abroad")
    neighbour = person("neighbour", (role, HOME))
    caller = program(neighbour)
    assert page_of(neighbour).get(row_url(resource.key, pk)).status_code == 404
    assert caller.get(f"{resource.key.replace('.', '/')}/{pk}").status_code == 404
    assert not resource.queryset(neighbour).filter(pk=pk).exists()
    assert pk not in [row["id"] for row in caller.get(resource.key.replace(".", "/"), size=500).json()["rows"]]


@pytest.mark.parametrize("action", IN_UNITS, ids=key_of)
def test_who_sees_a_foreign_unit_still_changes_nothing_there(city: City, action: Any):
    """The auditor's eyes over the whole city, the right to act in one county only."""
    resource = resources[action.subject]
    pk = abroad(resource)
    both = person("both", ("auditor", "YC"), (role_for(action.permission), HOME))
    raw = sample(action, both, Unit.objects.get(code=ABROAD).pk, pk)
    if raw is None or (pk is None and action.is_edit):
        pytest.skip("the demo city has no such row abroad")
    answer = program(both).post(f"actions/{action.key}", raw)
    assert answer.status_code in CLOSED, answer.json()
    assert not Batch.objects.filter(action=action.key, actor=both).exists()


@pytest.mark.parametrize("resource", [made for made in importable() if made.scope], ids=key_of)
def test_nothing_is_imported_into_a_foreign_unit(city: City, resource: Any, tmp_path: Path):
    clerk = person("clerk", (role_for(actions[resource.create].permission), HOME))
    try:
        report = run_import(a_file_for(resource, tmp_path), resource.key, actor=clerk)
    except (Forbidden, Refused, Unreadable):
        return
    assert (report.rows_read, report.refused, report.new + report.changed) == (1, 1, 0)
