"""The planted vacancies of the demo city: the gate finds them, and every page of leasing and publishing opens there."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from gongjia.core.action import actions, context_for
from gongjia.core.gate import Case, Judgement
from gongjia.domains.leasing.expiring import ending_between, endings
from gongjia.domains.leasing.gates.own_first import judge_lease
from gongjia.domains.offices.models import Building, Lease
from tests.city import City

PAGES = (
    "/leasing/expiring/", "/leasing/gaps/", "/leasing/gaps/?gap=not_unified", "/publishing/office-return/", "/publishing/ledgers/",
    "/leasing/letting/", "/leasing/provision/", "/leasing/idle_space/", "/leasing/disposal/", "/leasing/title/", "/leasing/filing/",
)  # fmt: skip


def judged(city: City, lease: Lease) -> Judgement:
    assert lease.ends_on is not None
    first = lease.ends_on + dt.timedelta(days=1)
    raw = {"id": lease.pk, "starts_on": first, "ends_on": first, "annual_rent": "1", "reason": "续租"}
    context = context_for(city.user("space"), "request", request_key="SQ-1", on=city.today)
    return judge_lease(Case(actions["leasing.renew_lease"], context, actions["leasing.renew_lease"].prepare(context, [raw]).rows))


def test_the_empty_house_for_retired_cadres_is_offered_first_to_every_lease_that_it_could_hold(demo_city: City) -> None:
    planted = Building.objects.get(place__code="YC-LGB")
    rows = list(ending_between(Lease.objects.all(), demo_city.today, demo_city.today + dt.timedelta(days=365)))
    held = [one.lease for one in endings(rows, demo_city.today) if one.spaces and one.spaces[0].fits]
    assert held
    for lease in held:
        word = judged(demo_city, lease)
        assert (word.verdict, word.data["lines"][0]["known"][0]["pk"]) == ("question", planted.pk)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens(demo_city: City, client: Client, page: str) -> None:
    client.force_login(demo_city.user("space"))
    assert client.get(page).status_code == 200
