"""Every address of the house, for every role, answers in words: whatever it says, it never breaks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from gongjia.core.action import actions
from gongjia.core.check import checks
from gongjia.core.resource import resources
from gongjia.demo.accounts import SEATS
from tests.city import City

ROLES = list({seat[1]: seat[0] for seat in reversed(SEATS)}.values())
"""One person for each role: the first that sits in it."""
PART = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")
NOT_WALKED = ("sign-out/", "language/")


def addresses(patterns: Any, prefix: str = "") -> Iterator[str]:
    """Yield every route of the urlconf, as written."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route


ROUTES = sorted(set(addresses(get_resolver().url_patterns)))
OF_TABLES = [route for route in ROUTES if route.startswith("<slug:app>/<slug:name>/")]
OTHERS = [route for route in ROUTES if route not in OF_TABLES and route not in NOT_WALKED]


def filled(route: str, pk: int = 1, key: str = "ledger.asset") -> str:
    """Return a path of a route with something in each of its places."""
    values = {"int": str(pk), "uuid": "00000000-0000-0000-0000-000000000000"}
    return "/" + PART.sub(lambda part: values.get(part["kind"] or "", key), route.replace("^", "").replace("$", ""))


def answers(client: Client, paths: Iterable[str]) -> dict[str, int]:
    return {path: client.get(path).status_code for path in paths}


def broken(found: dict[str, int]) -> dict[str, int]:
    return {path: status for path, status in found.items() if status >= 500}


@pytest.mark.parametrize("role", [*ROLES, ""])
def test_every_address_answers(city: City, client: Client, role: str):
    if role:
        client.force_login(city.user(role))
    keys = ["ledger.asset", "nothing", actions.keys()[0], *checks.keys()[:1]]
    found = answers(client, sorted({filled(route, pk, key) for route in OTHERS for pk in (1, 999_999) for key in keys}))
    assert not broken(found)
    assert {200, 404} <= set(found.values()) or not role


@pytest.mark.parametrize("role", ROLES)
def test_every_address_of_every_table_answers(city: City, client: Client, role: str):
    user = city.user(role)
    client.force_login(user)
    paths = []
    for resource in resources:
        app, name = resource.key.split(".")
        pk = resource.queryset(user).values_list("pk", flat=True).first() or 1
        for route in OF_TABLES:
            here = route.replace("<slug:app>", app).replace("<slug:name>", name)
            keys = [resource.create, resource.edit, *resource.actions] if "<str:key>" in here else [""]
            paths += [filled(here, pk, key) for key in keys if key or "<str:key>" not in here]
    assert not broken(answers(client, paths))
