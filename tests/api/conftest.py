"""Callers of the JSON door: a program with a token, and what it gets back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec
import pytest
from django.test import Client

from gongjia.api.services import issue
from tests.people import Town


@dataclass
class Program:
    """Calls the door with one user's token."""

    secret: str
    client: Client

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(f"/api/{path}", query, headers={"Authorization": f"Bearer {self.secret}"})

    def post(self, path: str, data: Any, query: str = "") -> Any:
        body = data if isinstance(data, bytes) else msgspec.json.encode(data, enc_hook=str)
        headers = {"Authorization": f"Bearer {self.secret}"}
        return self.client.post(f"/api/{path}{query}", body, content_type="application/json", headers=headers)


def program(user: Any) -> Program:
    """Return a program that acts for `user`."""
    return Program(issue(user, "test", user)[1], Client())


@pytest.fixture
def clerk(town: Town) -> Program:
    return program(town.clerk)


@pytest.fixture
def stranger(town: Town) -> Program:
    return program(town.stranger)
