"""The demo accounts sign in by links alone, and only in the demo."""

from __future__ import annotations

import pytest
from django.test import Client

from gongjia.core.access import access
from gongjia.demo.accounts import SEATS, demo_links
from gongjia.org.access import roles
from tests.city import City


def test_every_role_has_a_link_that_signs_in_once(demo_city: City, client: Client, settings: object):
    settings.GONGJIA_DEMO = True
    links = demo_links()
    assert len(links) == len(SEATS)
    assert client.get(links[0][2]).status_code == 302
    assert Client().get(links[0][2]).status_code == 404


def test_the_sign_in_page_says_that_the_city_is_invented_and_under_which_real_code(demo_city: City, client: Client, settings: object):
    settings.GONGJIA_DEMO = True
    page = client.get("/sign-in/").content.decode()
    assert demo_city.unit("YC").division in page
    assert "虚构" in page


def test_no_link_exists_outside_the_demo(demo_city: City, settings: object):
    settings.GONGJIA_DEMO = False
    with pytest.raises(PermissionError):
        demo_links()


def test_every_role_has_its_seat():
    assert {role for _name, role, _over, _works in SEATS} == set(roles())


def test_the_county_clerk_sees_the_county_only(demo_city: City):
    rights = access(demo_city.user("county"))
    assert rights.can("ledger.edit_asset", demo_city.unit("SQ-JY").pk)
    assert not rights.can("ledger.edit_asset", demo_city.unit("YC-JG").pk)


def test_nobody_signs_in_as_the_account_that_recorded_the_city(demo_city: City):
    setup = demo_city.user("setup")
    assert not setup.is_active
    assert not setup.has_usable_password()
