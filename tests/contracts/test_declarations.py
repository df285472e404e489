"""Every declaration points at something that is there: a misspelt key fails here, not on a page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import get_template
from django.urls import reverse

from gongjia.core.action import actions
from gongjia.core.check import checks
from gongjia.core.facts import facts
from gongjia.core.indicator import indicators
from gongjia.core.inputs import describe
from gongjia.core.jobs import job_kinds
from gongjia.core.nav import GROUPS, desk_cards, nav
from gongjia.core.panel import panels
from gongjia.core.permissions import all_permissions
from gongjia.core.resource import resources
from gongjia.domains import DOMAINS
from gongjia.standards.rulebook.loading import load

GONGJIA = Path(__file__).resolve().parents[2] / "gongjia"
ASKED = re.compile(r"""(?:\.can\(|\bmay\(request, |allowed\(|\.units\()["']([a-z_]+\.[a-z_]+)["']""")


@pytest.mark.parametrize("resource", resources, ids=lambda made: made.key)
def test_a_resource_names_actions_columns_and_paths_that_exist(resource: Any):
    named = {key for key in (resource.create, resource.edit, *resource.actions, *resource.bulk_actions) if key}
    assert named <= set(actions.keys())
    assert all(column.link in resources for column in resource.by_name.values() if column.link)
    paths = [*resource.search, *resource.lookup, *([resource.scope] if resource.scope else []), resource.order.lstrip("-")]
    str(resource.all_rows().values(*{"pk", *paths, *(column.path for column in resource.by_name.values())}).query)


@pytest.mark.parametrize("resource", [made for made in resources if made.natural_key], ids=lambda made: made.key)
def test_what_is_imported_by_a_natural_key_can_be_registered_and_edited(resource: Any):
    assert resource.create in actions
    assert resource.edit in actions
    assert set(resource.natural_key) <= {field.name for field in describe(actions[resource.create].input_type)}
    assert actions[resource.edit].is_edit


@pytest.mark.parametrize("action", actions, ids=lambda made: made.key)
def test_an_action_names_a_subject_and_references_that_exist(action: Any):
    fields = {field.name: field for field in describe(action.input_type)}
    assert action.subject in resources
    assert all(field.ref in resources for field in fields.values() if field.ref)
    assert not action.unit or fields[action.unit].ref
    assert str(action.label)
    assert not [field.name for field in fields.values() if field.kind == "choice" and not field.choices]


@pytest.mark.parametrize("action", [made for made in actions if resources[made.subject].scope], ids=lambda made: made.key)
def test_an_action_on_units_property_says_whose_it_is(action: Any):
    assert action.unit or action.is_edit, "nobody could tell in which unit the permission must be held"


@pytest.mark.parametrize("check", checks, ids=lambda made: made.key)
def test_a_check_names_facts_and_a_table_that_exist(check: Any):
    assert check.facts in facts
    assert facts[check.facts].subject in resources
    book = load()
    for term in check.all_terms:
        assert book.value(term.table, term.limit)


@pytest.mark.parametrize("indicator", indicators, ids=lambda made: made.key)
def test_an_indicator_counts_the_rows_of_a_resource(indicator: Any):
    assert indicator.resource in resources


@pytest.mark.parametrize("drawn", [*panels, *desk_cards], ids=lambda made: made.key)
def test_a_panel_and_a_desk_card_have_their_template(drawn: Any):
    assert get_template(drawn.template)
    assert getattr(drawn, "resource", "*") in ("*", *resources.keys())


@pytest.mark.parametrize("item", nav, ids=lambda made: made.key)
def test_a_menu_entry_leads_somewhere(item: Any):
    assert item.group in GROUPS
    assert reverse(item.url_name, args=item.url_args)


def test_keys_begin_with_the_package_that_declares_them():
    packages = {
        "core",
        "org",
        "web",
        "api",
        "importer",
        "ledger",
        "standards",
        "approvals",
        "journal",
        "dashboards",
        "publishing",
        *DOMAINS,
    }
    keys = [*resources.keys(), *actions.keys(), *checks.keys(), *facts.keys(), *indicators.keys(), *job_kinds.keys()]
    assert {key for key in keys if key.split(".")[0] not in packages} == set()


def test_every_permission_that_code_asks_for_is_declared():
    asked = {found for path in GONGJIA.rglob("*.py") for found in ASKED.findall(path.read_text(encoding="utf-8"))}
    assert asked - set(all_permissions()) == set()
