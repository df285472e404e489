"""The description and the answers agree: real answers are held against the schema that is published."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest
from django.test import Client

from gongjia.core.action import actions
from gongjia.core.resource import resources
from gongjia.ledger.models import Asset
from tests.api.conftest import Program
from tests.people import Town

pytestmark = pytest.mark.django_db


@pytest.fixture
def described(clerk: Program) -> dict[str, Any]:
    return clerk.get("openapi.json").json()


def held(described: dict[str, Any], path: str, method: str, answer: Any) -> int:
    """Hold one answer against what the description promises for its status, and return that."""
    schema = described["paths"][path][method]["responses"][str(answer.status_code)]["content"]["application/json"]["schema"]
    assert schema, "an empty schema would hold anything"
    jsonschema.Draft202012Validator(schema).validate(answer.json())
    return int(answer.status_code)


def test_every_resource_and_action_is_described(described: dict[str, Any]) -> None:
    paths = described["paths"]
    assert {f"/api/{declared.key.replace('.', '/')}" for declared in resources} <= set(paths)
    assert {f"/api/actions/{declared.key}" for declared in actions} <= set(paths)
    assert all(operation["responses"] for methods in paths.values() for operation in methods.values())


def test_every_schema_is_a_schema(described: dict[str, Any]) -> None:
    operations = [operation for methods in described["paths"].values() for operation in methods.values()]
    bodies = [body for operation in operations for body in (*operation["responses"].values(), operation.get("requestBody", {}))]
    schemas = [content["schema"] for body in bodies for content in body.get("content", {}).values()]
    assert len(schemas) >= len(operations)
    for schema in schemas:
        jsonschema.Draft202012Validator.check_schema(schema)


def test_real_answers_are_as_described(town: Town, clerk: Program, stranger: Program, described: dict[str, Any]) -> None:
    body = {
        "number": "A-1",
        "name": "台式计算机",
        "unit": "YC-SW",
        "cost": "4800.50",
        "category": "A02010105",
        "acquired_on": "2024-03-05",
        "secret": True,
    }
    register = "/api/actions/ledger.register_asset"
    jsonschema.validate(body, described["paths"][register]["post"]["requestBody"]["content"]["application/json"]["schema"])
    assert held(described, register, "post", clerk.post("actions/ledger.register_asset", body)) == 200
    assert held(described, register, "post", clerk.post("actions/ledger.register_asset", [body, {}])) == 422
    assert held(described, register, "post", stranger.post("actions/ledger.register_asset", body)) == 403
    held(described, "/api/ledger/asset", "get", clerk.get("ledger/asset", columns=",".join(resources["ledger.asset"].by_name)))
    assert held(described, "/api/ledger/asset", "get", clerk.get("ledger/asset", sort="x")) == 400
    assert held(described, "/api/ledger/asset/{pk}", "get", clerk.get(f"ledger/asset/{Asset.objects.get().pk}")) == 200
    assert held(described, "/api/ledger/asset/{pk}", "get", clerk.get("ledger/asset/99999")) == 404


def test_the_description_speaks_both_languages(clerk: Program, described: dict[str, Any]) -> None:
    clerk.client.cookies["django_language"] = "en"
    english = clerk.get("openapi.json").json()
    assert described["paths"]["/api/jobs/{pk}"]["get"]["summary"] == "任务"
    assert english["paths"].keys() == described["paths"].keys()


def test_the_page_that_lists_the_door_loads_nothing_foreign(town: Town, client: Client) -> None:
    client.force_login(town.clerk)
    page = client.get("/api/").content.decode()
    assert "/api/actions/ledger.register_asset" in page
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert "https://" not in page
